import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { listPublished } from '../../../db/audit.server'
import { dayOf } from '../../domain/calendar'
import { settingLines } from '../../domain/effective-settings'
import { guardLoader } from '../../http/guard.server'
import { fullDay, fullInstant } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { SettingTable } from '../../ui/setting-table'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '設定と版｜守秘' }]

const KINDS = { module: '研修', pledge: '誓約書', checklist: '点検表', notice: '利用目的' } as const
const REVIEWS: Readonly<Record<string, string>> = { draft: '下書き', internal: '社内で確認済み', counsel: '法務が確認済み', needsUpdate: '見直しが必要', superseded: '新しい版に替わりました' }

/** The settings in force without secrets, and every version that was ever published. */
export const loader = guardLoader({ act: 'readAudit' }, async ({ context: { db, library, settings, now } }) => {
  const { versions, requirements } = await listPublished(db)
  const current = (kind: keyof typeof KINDS, slug: string) => (kind === 'module' ? library.current('module', slug)?.meta.version : kind === 'pledge' ? library.current('pledge', slug)?.meta.version : kind === 'checklist' ? library.current('checklist', slug)?.meta.version : library.notice.version)
  const titleOf = (kind: keyof typeof KINDS, slug: string, version: string) => {
    const found = kind === 'notice' ? undefined : kind === 'module' ? library.find('module', slug, version) : kind === 'pledge' ? library.find('pledge', slug, version) : library.find('checklist', slug, version)
    return found?.meta.title ?? (kind === 'notice' ? KINDS.notice : slug)
  }
  return {
    at: now, today: dayOf(now), settings: settingLines(settings, library.words), requirements: requirements.map((one) => ({ id: one.requirement_id, version: one.version, from: one.valid_from, publishedAt: one.published_at, sha256: one.sha256 })),
    versions: versions.map(({ kind, slug, version, published_at: publishedAt }) => ({ kind, slug, version, publishedAt, title: titleOf(kind, slug, version), isCurrent: current(kind, slug) === version, review: REVIEWS[library.reviewStatus(kind, slug, version)] ?? '―' })),
  }
})

export default function Settings() {
  const { at, settings, versions, requirements } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: '/audit', label: '監査' }} title="設定と版" lead="合言葉やパスワードは、ここにも記録にも出ません。" asOf={`${fullInstant(at)} 現在`} />
      <section className="sec"><h2>いま効いている設定</h2><SettingTable lines={settings} /></section>
      <section className="sec">
        <h2>公開された教材・誓約書の版</h2>
        <Table>
          <caption className="sr-only">公開された版</caption>
          <Head><Row><ColumnHead>版</ColumnHead><ColumnHead>種類</ColumnHead><ColumnHead>公開</ColumnHead><ColumnHead>確認</ColumnHead><ColumnHead>状態</ColumnHead></Row></Head>
          <Body>
            {versions.map((one) => <Row key={`${one.kind} ${one.slug} ${one.version}`}><RowHead><b>{one.title}</b><br /><span className="who-no">{one.kind === 'notice' ? '' : `${one.slug} `}第{one.version}版</span></RowHead><Cell label="種類">{KINDS[one.kind]}</Cell><Cell label="公開">{fullInstant(one.publishedAt)}</Cell><Cell label="確認">{one.review}</Cell><Cell label="状態"><Status mark={one.isCurrent ? 'done' : 'none'}>{one.isCurrent ? 'いま使う版' : '前の版'}</Status></Cell></Row>)}
          </Body>
        </Table>
      </section>
      <section className="sec">
        <h2>受講の決まりの版</h2>
        <p className="sml"><Link to="/program/requirements">言葉で読む</Link></p>
        <Table>
          <caption className="sr-only">受講の決まりの版</caption>
          <Head><Row><ColumnHead>決まり</ColumnHead><ColumnHead>効く日</ColumnHead><ColumnHead>公開</ColumnHead><ColumnHead>SHA-256</ColumnHead></Row></Head>
          <Body>{requirements.map((one) => <Row key={`${one.id} ${one.version}`}><RowHead><b>{one.id}</b> 第{one.version}版</RowHead><Cell label="効く日">{fullDay(one.from)}から</Cell><Cell label="公開">{fullInstant(one.publishedAt)}</Cell><Cell label="SHA-256"><span className="hash">{one.sha256}</span></Cell></Row>)}</Body>
        </Table>
      </section>
    </Page>
  )
}
