import { redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listRosterCompanies } from '../../../db/company-roster.server'
import { listCodesOfCompanies } from '../../../db/company-register.server'
import { findDraft } from '../../../db/drafts.server'
import { companiesOf } from '../../commands/ask-approval.server'
import type { DraftScope } from '../../commands/draft-import.server'
import { importDraft } from '../../commands/import-roster.server'
import { targetTitles } from '../../content/target-titles'
import { dayOf } from '../../domain/calendar'
import { isRefusal } from '../../domain/refusal'
import type { RosterReport } from '../../domain/roster-report'
import { gone, guardAction, guardLoader } from '../../http/guard.server'
import { BadCells } from '../../ui/bad-cells'
import { Sums } from '../../ui/facts'
import { fullInstant } from '../../ui/format'
import { ChangedTable, EffectTable, NewTable, PartPager, titlesIn, type TitleOf } from '../../ui/import-preview'
import { words } from '../../ui/messages'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { ShortNumbers } from '../../ui/short-numbers'

const PAGE = 50
const params = z.object({ draftId: z.uuid() })
const from = z.coerce.number().int().min(0).catch(0).default(0)

export const meta: MetaFunction = () => [{ title: '名簿をまとめて直す — 内容の確認｜守秘' }]

/** What applying one's own file would do, or every row that must be mended first. Nothing has changed yet. */
export const loader = guardLoader({ act: 'runCompany', params, query: z.object({ changed: from, fresh: from, bad: from }) }, async ({ context, params: { draftId }, query }) => {
  const { db, library, now, viewer } = context
  const draft = await findDraft(db, draftId, viewer.accountId, now)
  if (!draft || draft.kind !== 'roster' || (JSON.parse(draft.scope) as DraftScope).asCompany !== true) throw gone('draftGone')
  const companies = await companiesOf(context)
  const names = new Map((await listRosterCompanies(db, companies, dayOf(now))).map((one) => [one.companyId, one.name]))
  const codes = await Promise.all(companies.map(async (id) => [(await listCodesOfCompanies(db, [id]))[0] ?? '', names.get(id) ?? ''] as const))
  const report = JSON.parse(draft.report) as RosterReport
  const part = <T,>(list: readonly T[], at: number) => ({ at, count: list.length, rows: list.slice(at, at + PAGE) })
  return {
    draftId, today: dayOf(now), fileName: report.fileName, lines: report.lines, readAt: report.readAt, counts: report.counts, effect: report.effect, nothing: report.people.length === 0, operator: library.words.operator,
    bad: part(report.bad, query.bad), changed: part(report.people.filter(({ outcome }) => outcome !== 'new'), query.changed), fresh: part(report.people.filter(({ outcome }) => outcome === 'new'), query.fresh),
    companyNames: Object.fromEntries(codes), titles: targetTitles(library, [...report.targets, ...report.effect.byTarget]), targets: report.targets, shortNumbers: report.shortNumbers, hasWrongRows: (report.wrongRows ?? []).length > 0,
    leaving: report.people.filter(({ ends }) => ends).length, keep: new URLSearchParams(Object.entries(query).filter(([, at]) => at > 0).map(([name, at]) => [name, String(at)])).toString(),
  }
})

/** Applies everything as one change set; HR finds it in the history. */
export const action = guardAction({ act: 'runCompany', params, form: z.object({ over: z.string().optional() }) }, async ({ context, params: { draftId }, form }) => {
  const imported = await importDraft(context, draftId, { note: '会社側担当者による名簿の更新', confirmLeaving: form.ok && form.value.over !== undefined }, true)
  if (isRefusal(imported)) {
    const { title, body } = words(imported.refused, imported.facts)
    return { title, body, confirm: imported.refused === 'leavingNotConfirmed' }
  }
  return redirect('/company?show=all&done=imported', 303)
})

export default function CompanyImportPreview() {
  const data = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  const busy = useNavigation().formMethod === 'POST'
  const { counts, bad, changed, fresh } = data
  const isBad = counts.bad > 0
  const companyName = (code: string) => data.companyNames[code] ?? code
  const unitName = (code: string) => code
  const titleOf: TitleOf = (kind, slug) => data.titles[`${kind} ${slug}`] ?? slug
  const titlesOf = titlesIn(data.targets, titleOf)
  return (
    <Page>
      {refusal && <Notice kind="no" title={refusal.title} trouble={refusal}><p>{refusal.body}</p></Notice>}
      <PageHead back={{ to: '/company/import', label: 'ファイルを選び直す' }} title={isBad ? 'このファイルは、まだ反映できません' : '反映する前に確かめる'}
        lead={<><b>まだ何も変わっていません。</b>{isBad ? `不備が${counts.bad}か所あります。直したファイルを読み込み直してください。` : data.nothing ? 'このファイルで変わるものはありません。' : 'いちばん下のボタンで、すべてをまとめて反映します。'}</>}
        asOf={<>{data.fileName}　<span className="nw">{data.lines}行</span>　<span className="nw">{fullInstant(data.readAt)}に読み込み</span></>} />
      {isBad && (
        <section className="sec" id="bad">
          <h2>不備 {counts.bad}か所</h2>
          <BadCells cells={bad.rows} />
          <PartPager at={bad.at} size={PAGE} count={bad.count} name="bad" keep={data.keep} />
          <div className="acts">
            <Link className="btn btn-main" to="/company/import">直したファイルを読み込む</Link>
            {data.hasWrongRows && <Form method="post" action={`/company/import/${data.draftId}/errors`} reloadDocument><button className="btn">不備の行だけを受け取る(CSV)</button></Form>}
          </div>
        </section>
      )}
      {data.shortNumbers && <ShortNumbers short={data.shortNumbers} mend="Excelで開くと、先頭の0が消えます。消えていたら、反映せずに、もとのファイルから直してください。" />}
      {!isBad && (
        <>
          <section className="sec"><h2>名簿の変化</h2><Sums sums={[['新しい方', counts.new, '人'], ['変わる方', counts.changed + counts.rehired + counts.moved, '人'], ['変わらない方', counts.unchanged, '人']]} /><p className="sml mut mt-2">ファイルにいない方は、そのまま残ります。{data.leaving > 0 && `変わる方のうち${data.leaving}人は、在籍が終わります。`}</p></section>
          <section className="sec"><h2>反映すると起きること</h2><EffectTable effect={data.effect} titleOf={titleOf} /></section>
          {changed.count > 0 && <section className="sec" id="changed"><h2>変わる方 {changed.count}人</h2><ChangedTable people={changed.rows} caption={`${changed.count}人中${changed.at + 1}–${changed.at + changed.rows.length}人目`} today={data.today} companyName={companyName} unitName={unitName} titlesOf={titlesOf} /><PartPager at={changed.at} size={PAGE} count={changed.count} name="changed" keep={data.keep} /></section>}
          {fresh.count > 0 && <section className="sec" id="fresh"><h2>新しい方 {fresh.count}人</h2><NewTable people={fresh.rows} caption={`${fresh.count}人中${fresh.at + 1}–${fresh.at + fresh.rows.length}人目`} companyName={companyName} unitName={unitName} titlesOf={titlesOf} /><PartPager at={fresh.at} size={PAGE} count={fresh.count} name="fresh" keep={data.keep} /></section>}
          {data.nothing ? <div className="acts"><Link className="btn btn-main" to="/company">自社の名簿へ</Link></div> : (
            <Form method="post" className="sec" id="apply">
              {refusal?.confirm && <label className="pick max-w-176" htmlFor="over"><input id="over" type="checkbox" name="over" required /><span className="font-bold">多くの方の在籍が終わることを確かめました</span></label>}
              <div className="acts"><button className="btn btn-main" aria-disabled={busy || undefined}>{busy ? '反映しています…' : 'この内容で反映する'}</button><Link className="btn btn-text" to="/company/import">やめる</Link></div>
              <p className="src">あなたの名前で1つの変更として記録し、{data.operator}の人事が「変更の履歴」で見られます。間違えたときは、人事に元に戻すよう頼めます。</p>
            </Form>
          )}
        </>
      )}
    </Page>
  )
}
