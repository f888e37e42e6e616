import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countTaughtOld, type PeopleThere } from '../../../db/library.server'
import { hangings, taughtBefore } from '../../content/law-register.server'
import { dayOf } from '../../domain/calendar'
import { isWorkforce } from '../../domain/people'
import { outOf } from '../../domain/percent'
import { guardLoader, notFound } from '../../http/guard.server'
import { Facts } from '../../ui/facts'
import { fullDay, fullDayWithWeekday } from '../../ui/format'
import { editionPath, TEXT_KINDS } from '../../ui/library-words'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.law.title ?? '法令'}｜守秘` }]

const PARTS = { section: '節', question: '問題', whole: '書面' } as const

/** One law: its changes, who learned what was before them, and everything that hangs on it. */
export const loader = guardLoader({ act: 'readProgram', params: z.object({ lawId: z.string().max(64) }) }, async ({ context: { db, library, now }, params: { lawId } }) => {
  const law = library.laws.get(lawId)
  if (!law) throw notFound()
  const today = dayOf(now)
  const hanging = (await hangings(library)).filter(({ laws }) => laws.includes(lawId))
  const changes = []
  for (const change of law.changes) {
    const { old, since } = taughtBefore(hanging, change)
    const counted = await countTaughtOld(db, old, since, today)
    changes.push({ on: change.on, what: change.what, old: old.map(({ slug, version }) => `${slug} 第${version}版`), ...sidesOf(counted) })
  }
  return { law: { id: law.id, title: law.title, validFrom: law.validFrom, isUnverified: law.status === 'unverified' }, today, changes, hanging: hanging.map(({ laws: _laws, ...one }) => one) }
})

/** The workforce and the people of companies, never added up (domain.md §5.10). */
function sidesOf(counted: readonly PeopleThere[]) {
  const sum = (rows: readonly PeopleThere[]) => ({ people: rows.reduce((all, { people }) => all + people, 0), of: rows.reduce((all, { of }) => all + of, 0) })
  return { workforce: sum(counted.filter(({ kind }) => isWorkforce(kind))), companies: sum(counted.filter(({ kind }) => !isWorkforce(kind))) }
}

export default function OneLaw() {
  const { law, changes, hanging, today } = useLoaderData<typeof loader>()
  const versions = [...new Map(hanging.map((one) => [editionPath(one), one])).values()]
  return (
    <Page>
      <PageHead back={{ to: '/program/laws', label: '法令と、それに根拠を置く教材' }} title={law.title} lead={versions.length === 0 ? 'この法令に根拠を置く教材・書面はありません。' : `${versions.length}つの版が、この法令に根拠を置いています。`} asOf={`基準日 ${fullDayWithWeekday(today)}`} />
      {law.isUnverified && <Notice kind="warn" title="要確認の法令です"><p>条文か番号を、まだ確かめ終えていません。教材の出典には「条文は要確認」と示します。</p></Notice>}
      <Facts facts={[['いまの文の施行日', `${fullDay(law.validFrom)}${law.validFrom > today ? 'から(まだ始まっていません)' : ''}`], ['教材での名前', law.id]]} />
      <section className="sec">
        <h2>改正と、前の文で学んだ人</h2>
        {changes.length === 0 ? <p>記録した改正はありません。</p> : (
          <Table>
            <caption>改正の日より前の時点で書かれた版を終え、そのあとの文をまだ終えていない人です。分母は、在籍中とこれから加わる従業者の全員です。</caption>
            <Head><Row><ColumnHead>改正の日</ColumnHead><ColumnHead>変わること</ColumnHead><ColumnHead>前の文の版</ColumnHead><ColumnHead>前の文で学んだ人</ColumnHead></Row></Head>
            <Body>
              {changes.map(({ on, what, old, workforce, companies }) => (
                <Row key={on + what}>
                  <RowHead>{fullDay(on)}{on > today && <><br /><Status mark="todo">これから</Status></>}</RowHead>
                  <Cell label="変わること">{what}</Cell>
                  <Cell label="前の文の版">{old.length === 0 ? 'なし' : old.join('、')}</Cell>
                  <Cell label="学んだ人">{old.length === 0 ? '―' : <>{workforce.people + companies.people === 0 ? outOf(0, workforce.of) : <Link to={`/program/laws/${law.id}/people?on=${on}`}>{outOf(workforce.people, workforce.of)}</Link>}{companies.people > 0 && <><br /><span className="mut nw">委託先(報告ベース) {outOf(companies.people, companies.of)}</span></>}</>}</Cell>
                </Row>
              ))}
            </Body>
          </Table>
        )}
      </section>
      {versions.length > 0 && (
        <section className="sec">
          <h2>根拠を置いているもの</h2>
          <Table>
            <caption className="sr-only">根拠を置いているもの</caption>
            <Head><Row><ColumnHead>場所</ColumnHead><ColumnHead>種類</ColumnHead><ColumnHead>時点</ColumnHead></Row></Head>
            {versions.map((version) => (
              <Body key={editionPath(version)}>
                <Row className="grp"><RowHead group colSpan={3}><Link to={editionPath(version)}>{version.title}</Link> {version.slug} 第{version.version}版　<Status mark={version.isCurrent ? 'done' : 'none'}>{version.isCurrent ? 'いま使う版' : '前の版'}</Status></RowHead></Row>
                {hanging.filter((one) => editionPath(one) === editionPath(version)).map((one) => (
                  <Row key={`${one.part} ${one.id}`}>
                    <RowHead><Link to={one.part === 'question' ? `${editionPath(one)}/preview?page=questions#${one.id}` : one.part === 'section' ? `${editionPath(one)}/preview?page=${one.id}` : `${editionPath(one)}/preview`}>{one.part === 'question' ? `${one.id} ${shortened(one.words)}` : one.words}</Link></RowHead>
                    <Cell label="種類">{one.part === 'whole' ? TEXT_KINDS[one.kind] : PARTS[one.part]}</Cell>
                    <Cell label="時点">{fullDay(one.asOf)}</Cell>
                  </Row>
                ))}
              </Body>
            ))}
          </Table>
        </section>
      )}
    </Page>
  )
}

/** The beginning of a question: enough to know it again. */
const shortened = (words: string): string => ([...words].length > 60 ? `${[...words].slice(0, 60).join('')}…` : words)
