import { Body, Column, Container, Head, Heading, Html, Link, Preview, Row, Section, Text } from 'react-email'
import type { ReactNode } from 'react'

const INK = '#1a1a1a'
const SUB = '#4d4d4d'
const LINE = '1px solid #b3b3b3'
const FONT = "'Hiragino Sans','Yu Gothic UI','Noto Sans JP','Noto Sans CJK JP',sans-serif"
const text = { color: INK, fontSize: 16, lineHeight: 1.7, margin: '0 0 16px' }

/** The letter paper of every mail (look.md §7): whose it is, what it is about, one link to the front door, whom to ask. */
export function Frame({ preview, site, heading, to, children, foot }: { preview: string; site: string; heading: string; to: string; children: ReactNode; foot: string }) {
  return (
    <Html lang="ja">
      <Head><meta name="color-scheme" content="light" /></Head>
      <Body lang="ja" style={{ margin: 0, background: '#ffffff', color: INK, fontFamily: FONT, fontSize: 16, lineHeight: 1.7 }}>
        <Preview>{preview}</Preview>
        <Container style={{ width: '100%', maxWidth: 560, padding: '24px 16px' }}>
          <Section style={{ borderBottom: `3px solid ${INK}` }}>
            <Text style={{ ...text, margin: '0 0 12px' }}><b style={{ letterSpacing: '.15em' }}>守秘</b><span style={{ fontSize: 14, color: SUB }}>　{site}</span></Text>
          </Section>
          <Section style={{ padding: '24px 0' }}>
            <Heading as="h1" style={{ fontSize: 22, lineHeight: 1.5, margin: '0 0 16px' }}>{heading}</Heading>
            <Text style={text}>{to}</Text>
            {children}
          </Section>
          <Section style={{ borderTop: LINE }}>
            <Text style={{ ...text, fontSize: 14, color: SUB, margin: '16px 0 0' }}>{foot}</Text>
          </Section>
        </Container>
      </Body>
    </Html>
  )
}

export const Paragraph = ({ small = false, children }: { small?: boolean; children: ReactNode }) => <Text style={small ? { ...text, fontSize: 14, margin: '16px 0 0' } : text}>{children}</Text>

/** Facts in rows, label left and value right. */
export function Rows({ rows }: { rows: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <Section style={{ borderTop: LINE }}>
      {rows.map(([label, value]) => (
        <Row key={label}>
          <Column style={{ padding: '8px 16px 8px 0', borderBottom: LINE, fontSize: 14, color: SUB, whiteSpace: 'nowrap', verticalAlign: 'top', width: 96 }}>{label}</Column>
          <Column style={{ padding: '8px 0', borderBottom: LINE }}>{value}</Column>
        </Row>
      ))}
    </Section>
  )
}

/** A code to type, in large letters, with its groups apart. */
export const Code = ({ children }: { children: string }) => (
  <Text style={{ ...text, margin: '0 0 16px', padding: '12px 16px', border: LINE, fontSize: 26, fontWeight: 700, letterSpacing: '.12em', fontFamily: "'Consolas','Menlo','Noto Sans Mono',monospace" }}>{children}</Text>
)

/** The one link of a mail; it leads to the front door and carries no token. */
export const Door = ({ href, children }: { href: string; children: string }) => (
  <Section style={{ marginTop: 24 }}>
    <Link href={href} style={{ display: 'inline-block', padding: '14px 28px', background: '#0017c1', borderRadius: 8, color: '#ffffff', fontWeight: 700, textDecoration: 'none' }}>{children}</Link>
  </Section>
)

export const noToken = (contact: string) => `このメールに、サインインできるリンクはありません。心当たりがないときは、${contact}へお知らせください。`

/** The same in やさしい日本語. */
export const noTokenEasy = (contact: string) => `このメールには、サインインできるリンクはありません。分(わ)からないメールが来(き)たときは、${contact}に聞(き)いてください。`
