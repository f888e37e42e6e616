import { redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { findDraft } from '../../../db/drafts.server'
import { listCompanyChoices, listUnitChoices } from '../../../db/roster-choices.server'
import { importDraft } from '../../commands/import-roster.server'
import { targetTitles } from '../../content/target-titles'
import { dayOf } from '../../domain/calendar'
import { percentWords } from '../../domain/percent'
import { isRefusal } from '../../domain/refusal'
import { FILE_NAMES } from '../../domain/roster-columns'
import { effectWith, LEAVING_LIMIT, leavingOfDraft, leavingWith } from '../../domain/roster-leaving'
import { isHidden } from '../../domain/roster-names'
import type { RosterReport } from '../../domain/roster-report'
import { UNDO_DAYS } from '../../domain/undo'
import { gone, guardAction, guardLoader } from '../../http/guard.server'
import { BadCells } from '../../ui/bad-cells'
import { Sums } from '../../ui/facts'
import { Field } from '../../ui/field'
import { fullInstant } from '../../ui/format'
import { ChangedTable, EffectTable, MissingTable, NewTable, PartPager, titlesIn, type TitleOf } from '../../ui/import-preview'
import { words } from '../../ui/messages'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { ShortNumbers } from '../../ui/short-numbers'
import { StructureChanges } from '../../ui/structure-changes'

const PAGE = 50
const params = z.object({ draftId: z.uuid() })
const from = z.coerce.number().int().min(0).catch(0).default(0)

export const meta: MetaFunction = () => [{ title: '名簿の取込 — 内容の確認｜守秘' }]

/** What applying the files would do; or every row that must be mended first. Nothing has changed yet. */
export const loader = guardLoader({ act: 'manageRoster', params, query: z.object({ changed: from, fresh: from, missing: from, bad: from }) }, async ({ context: { db, library, now, viewer }, params: { draftId }, query }) => {
  const draft = await findDraft(db, draftId, viewer.accountId, now)
  if (!draft || draft.kind !== 'roster') throw gone('draftGone')
  const today = dayOf(now)
  const [companies, units] = await Promise.all([listCompanyChoices(db, today), listUnitChoices(db, today)])
  const report = JSON.parse(draft.report) as RosterReport
  const { people } = report
  const leaving = leavingOfDraft(draft.leaving)
  const lastDays = new Map(leaving.people.map(({ number, lastDay }) => [number, lastDay]))
  const effect = effectWith(report.effect, leaving)
  const named = new Set(companies.filter((one) => one.named).map(({ code }) => code))
  const missing = report.missing.map((one) => ({ ...one, lastDay: lastDays.get(one.number) ?? ('' as const), name: isHidden(one.kind, named.has(one.companyCode)) ? null : one.name }))
  const changed = people.filter(({ outcome }) => outcome !== 'new')
  const fresh = people.filter(({ outcome }) => outcome === 'new')
  const part = <T,>(list: readonly T[], at: number) => ({ at, count: list.length, rows: list.slice(at, at + PAGE) })
  const renamed = (list: RosterReport['companies'], column: string) => list.flatMap(({ code, fields }) => fields.filter((one) => one.column === column).map(({ is }) => ({ code, name: is })))
  return {
    draftId, today, fileName: report.fileName, encoding: report.encoding, lines: report.lines, columns: report.columns, readAt: report.readAt, counts: report.counts, effect,
    /** Whether applying would change nothing: neither the file nor those chosen to leave. */
    nothing: people.length + report.units.length + report.companies.length + report.appointments.length + leaving.people.length === 0,
    leaving: { registered: report.counts.registered, ...leavingWith(report, leaving) },
    bad: part(report.bad, query.bad), changed: part(changed, query.changed), fresh: part(fresh, query.fresh), missing: part(missing, query.missing),
    structure: { units: report.units, companies: report.companies, appointments: report.appointments },
    companyNames: Object.fromEntries([...companies, ...renamed(report.companies, '会社名')].map(({ code, name }) => [code, name])),
    unitNames: Object.fromEntries([...units, ...renamed(report.units, '所属名')].map(({ code, name }) => [code, name])),
    titles: targetTitles(library, [...report.targets, ...effect.byTarget]), targets: report.targets, part: report.part, shortNumbers: report.shortNumbers, wrongFiles: (report.wrongRows ?? []).map(({ file }) => file),
    keep: new URLSearchParams(Object.entries(query).filter(([, at]) => at > 0).map(([name, at]) => [name, String(at)])).toString(),
  }
})

/** Applies everything as one change set. */
export const action = guardAction(
  { act: 'manageRoster', params, form: z.object({ note: z.string().trim().max(180).default(''), over: z.string().optional() }) },
  async ({ context, params: { draftId }, form }) => {
    if (!form.ok) return { title: '入力を確かめてください。まだ何も変わっていません', body: '取込の説明は、180文字までにしてください。', next: undefined }
    const { note, over } = form.value
    const imported = await importDraft(context, draftId, { note, confirmLeaving: over !== undefined })
    if (isRefusal(imported)) return words(imported.refused, imported.facts)
    return redirect(`/people/changes/${imported.changeSetId}?done=1`)
  },
)

export default function ImportPreview() {
  const data = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()
  const busy = useNavigation().formMethod === 'POST'
  const { counts, changed, fresh, missing, bad, leaving } = data
  const isBad = counts.bad > 0
  const companyName = (code: string) => data.companyNames[code] ?? code
  const unitName = (code: string) => data.unitNames[code] ?? code
  const titleOf: TitleOf = (kind, slug) => data.titles[`${kind} ${slug}`] ?? slug
  const titlesOf = titlesIn(data.targets, titleOf)
  const changing = counts.changed + counts.rehired + counts.moved
  // nothing was read at all: a file of another kind, without rows, or with a wrong header
  const unread = isBad && bad.rows.every(({ line }) => line <= 1) && counts.new + changing + counts.unchanged + data.structure.units.length + data.structure.companies.length === 0
  const badRows = data.lines - counts.new - changing - counts.unchanged
  return (
    <Page>
      {refusal && <Notice kind="no" title={refusal.title}><p>{refusal.body}</p>{refusal.next && <div className="acts"><Link className="btn btn-sm" to={refusal.next.to}>{refusal.next.label}</Link></div>}</Notice>}
      <PageHead
        back={{ to: '/people/import', label: 'ファイルを選び直す' }}
        title={isBad ? 'このファイルは、まだ反映できません' : '取り込む前に確かめる'}
        lead={isBad ? <>{unread ? 'ファイルを読めませんでした。' : `不備が${counts.badLines}行、${counts.bad}か所あります。`}直したファイルを読み込み直してください。<b>まだ何も変わっていません。</b></> : <><b>まだ何も変わっていません。</b>{data.nothing ? 'このファイルで変わるものはありません。' : 'いちばん下のボタンで、すべてをまとめて反映します。'}</>}
        asOf={<>{data.fileName}　{data.lines > 0 && <><span className="nw">{data.lines}行・{data.columns}列</span>　</>}{data.encoding && <span className="nw">文字コード：{data.encoding === 'cp932' ? 'CP932' : 'UTF-8'}(自動判別)</span>}　<span className="nw">{fullInstant(data.readAt)}に読み込み</span></>}
      />
      {isBad && (
        <>
          <div className="acts mt-0 mb-8">
            <Link className="btn btn-main" to="/people/import">直したファイルを読み込む</Link>
            {data.wrongFiles.map((file) => (
              <Form key={file} method="post" action={`/people/import/${data.draftId}/errors`} reloadDocument><button className="btn" name="file" value={file}>{data.wrongFiles.length > 1 && `${FILE_NAMES[file]}の`}不備の行だけを受け取る(CSV)</button></Form>
            ))}
          </div>
          {data.wrongFiles.length > 0 && <p className="sml mut mb-8">CSVは、もとの行に「もとの行」(行の番号)と「不備の理由」の列を足したものです。直したら、もとのファイルの同じ行と入れ替えて、読み込み直してください。足した2つの列は、残したままでも読み込めます。</p>}
          <section className="sec" id="bad">
            <h2>{unread ? `読めない理由 ${counts.bad}つ` : `不備 ${counts.badLines}行・${counts.bad}か所`}</h2>
            {bad.count > PAGE && <p className="sml mut">{bad.count}か所のうち{bad.at + 1}–{bad.at + bad.rows.length}か所目。すべてはCSVで受け取れます。</p>}
            <BadCells cells={bad.rows} />
            <PartPager at={bad.at} size={PAGE} count={bad.count} name="bad" keep={data.keep} />
          </section>
        </>
      )}
      {!unread && (
        <>
          {data.shortNumbers && <ShortNumbers short={data.shortNumbers} mend="Excelで開くと、先頭の0が消えます。消えていたら、反映せずに、もとの人事システムから書き出し直してください。" />}
          <section className="sec">
            <h2>名簿の変化</h2>
            <Sums sums={[['新しい人', counts.new, '人'], ['変わる人', changing, '人'], ...(data.part ? [] : [['ファイルにいない人', counts.missing, '人'] as const]), ['変わらない人', counts.unchanged, '人'], ...(isBad ? [['不備', counts.badLines, '行'] as const] : [])]} />
            <p className="sml mut mt-2">
              {data.lines > 0 && <>ファイルの{data.lines}行 ＝ 新しい{counts.new} ＋ 変わる{changing} ＋ 変わらない{counts.unchanged}{badRows > 0 && ` ＋ 不備のある${badRows}`}。</>}
              {counts.rehired > 0 && `変わる人のうち${counts.rehired}人は再入社です。`}{counts.moved > 0 && `変わる人のうち${counts.moved}人は会社が変わります。`}
              {data.part && '一部だけの名簿として読み込みました。ファイルにいない人は、調べていません。'}
              {counts.missing > 0 && `ファイルにいない${counts.missing}人は、登録されている${counts.registered}人の${percentWords(counts.missing, counts.registered)}です。`}
            </p>
          </section>
          <section className="sec">
            <h2>反映すると起きること</h2>
            {isBad && <p className="sml mut">不備の行を除いて計算した見込みです。</p>}
            <EffectTable effect={data.effect} titleOf={titleOf} />
          </section>
        </>
      )}
      <StructureChanges {...data.structure} companyName={companyName} unitName={unitName} />
      {changed.count + fresh.count > 0 && (
        <section className="sec" id="changed">
          <h2>{changed.count > 0 ? `変わる人 ${changed.count}人` : `新しい人 ${fresh.count}人`}</h2>
          {changed.count > 0 && <ChangedTable people={changed.rows} caption={`${changed.count}人中${changed.at + 1}–${changed.at + changed.rows.length}人目`} today={data.today} companyName={companyName} unitName={unitName} titlesOf={titlesOf} />}
          <PartPager at={changed.at} size={PAGE} count={changed.count} name="changed" keep={data.keep} />
          {fresh.count > 0 && (
            <details className="more" id="fresh" open={fresh.at > 0 || undefined}>
              <summary>新しい人 {fresh.count}人を見る</summary>
              <NewTable people={fresh.rows} caption={`${fresh.count}人中${fresh.at + 1}–${fresh.at + fresh.rows.length}人目`} companyName={companyName} unitName={unitName} titlesOf={titlesOf} />
              <PartPager at={fresh.at} size={PAGE} count={fresh.count} name="fresh" keep={data.keep} />
            </details>
          )}
        </section>
      )}
      {missing.count > 0 && !unread && (
        <section className="sec">
          <h2>ファイルにいない人 {missing.count}人</h2>
          <p>ファイルにいないだけでは、退職にも削除にもなりません。何もしなければ、在籍のまま残ります。</p>
          {!isBad && (
            <>
              <div className="mt-4"><Sums sums={[['在籍を終える人', leaving.byHand, '人'], ['在籍のまま残る人', missing.count - leaving.byHand, '人']]} /></div>
              <div className="acts"><Link className="btn" to={`/people/import/${data.draftId}/missing`}>{leaving.byHand > 0 ? '在籍を終える人を見直す' : '在籍を終える人を選ぶ'}</Link></div>
            </>
          )}
          <details className="more mt-2" id="missing" open={missing.at > 0 || undefined}>
            <summary>ファイルにいない人の名前を見る</summary>
            <MissingTable people={missing.rows} caption={`${missing.count}人中${missing.at + 1}–${missing.at + missing.rows.length}人目`} companyName={companyName} unitName={unitName} />
            <PartPager at={missing.at} size={PAGE} count={missing.count} name="missing" keep={data.keep} />
          </details>
        </section>
      )}
      {!isBad && data.nothing && (
        <section className="sec" id="apply">
          <h2>反映することはありません</h2>
          <p>名簿は、すでにこのファイルと同じです。</p>
          <div className="acts"><Link className="btn btn-main" to="/people">人をさがす</Link><Link className="btn btn-text" to="/people/import">ほかのファイルを読み込む</Link></div>
        </section>
      )}
      {!isBad && !data.nothing && (
        <Form method="post" id="apply">
          <section className="sec">
            <h2>反映する</h2>
            {leaving.needed && (
              <fieldset className="choices mb-6">
                <legend className="sr-only">確認</legend>
                <label className="pick max-w-176" htmlFor="over">
                  <input id="over" type="checkbox" name="over" required />
                  <span className="font-bold">いなくなる人が{LEAVING_LIMIT}を超えることを確かめました<br /><span className="sml font-normal">在籍が終わる人は、登録されている{leaving.registered}人のうち{leaving.leaving}人({percentWords(leaving.leaving, leaving.registered)})です。{!data.part && '部署の一部だけのファイルではありませんか。'}</span></span>
                </label>
              </fieldset>
            )}
            <Field name="note" label="この取込の説明" optional="あとで見分けるために"><input className="in" maxLength={180} /></Field>
            <div className="acts"><button className="btn btn-main" aria-disabled={busy || undefined}>{busy ? '反映しています…' : 'この内容で反映する'}</button><Link className="btn btn-text" to="/people/import">やめる</Link></div>
            {busy && <progress className="mt-3" aria-label="反映の進み" />}
            <p className="src">1つの変更セットとして記録します。反映のあと{UNDO_DAYS}日以内なら、まとめて元に戻せます。</p>
          </section>
        </Form>
      )}
    </Page>
  )
}
