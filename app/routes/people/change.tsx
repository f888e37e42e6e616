import { redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countTouchedPeople, findChangeHistory, listTouchedFacts, listTouchedPeople } from '../../../db/change-history.server'
import { findPlanningOf } from '../../../db/planning.server'
import { previewUndo, undoChangeSet } from '../../commands/undo-change-set.server'
import { may } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { storyOf } from '../../domain/change-story'
import { isRefusal } from '../../domain/refusal'
import { isHidden, isHiddenColumn } from '../../domain/roster-names'
import { UNDO_DAYS } from '../../domain/undo'
import { whoWords } from '../../domain/people'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { ChangeStory } from '../../ui/change-story'
import { changeName, summaryWords } from '../../ui/change-words'
import { Field } from '../../ui/field'
import { fullInstant } from '../../ui/format'
import { UNSHOWN } from '../../ui/import-preview'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { PlanningProgress } from '../../ui/planning-progress'
import { Refused } from '../../ui/refused'
import { LEAVE_REASONS, type LeaveReason } from '../../ui/roster-words'
import { UndoSection } from '../../ui/undo-section'

const PAGE = 50
/** More than so many restored or left-out items are counted, not listed. */
const LISTED = 100
const params = z.object({ changeSetId: z.uuid() })

export const meta: MetaFunction = () => [{ title: '変更セット｜守秘' }]

/** What one change set did to whom, and what undoing it would restore. */
export const loader = guardLoader(
  { act: 'readChanges', params, query: z.object({ after: z.string().max(100).nullable().default(null), done: z.string().nullable().default(null), undo: z.string().nullable().default(null) }) },
  async ({ context, params: { changeSetId }, query }) => {
    const { db, now, viewer } = context
    const mayManage = may(viewer, 'manageRoster')
    const today = dayOf(now)
    const change = await findChangeHistory(db, changeSetId, today)
    if (!change) throw notFound()
    const [, number = '', sequence = ''] = /^(.*)~(\d+)$/.exec(query.after ?? '') ?? []
    const [listed, count, planning, undo] = await Promise.all([
      listTouchedPeople(db, changeSetId, { after: query.after === null ? null : { number, sequence: Number(sequence) || 0 }, limit: PAGE + 1, today }),
      countTouchedPeople(db, changeSetId),
      findPlanningOf(db, changeSetId),
      query.undo === null || !mayManage ? null : previewUndo(context, changeSetId),
    ])
    const page = listed.slice(0, PAGE)
    const { versions, facts } = await listTouchedFacts(db, [changeSetId], page.map(({ engagementId }) => engagementId), today)
    const mine = <T extends { engagementId: string }>(rows: readonly T[], id: string) => rows.filter(({ engagementId }) => engagementId === id)
    const last = page.at(-1)
    return {
      change, today, count, planning: planning && planning.finished_at === null ? { total: Math.max(planning.total, planning.done), done: planning.done } : null, done: query.done !== null,
      people: page.map((person) => {
        const { outcome, fields } = storyOf(mine(versions, person.engagementId), mine(facts, person.engagementId), (code) => LEAVE_REASONS[code as LeaveReason] ?? '休職')
        const gone = person.isGone ? versions.find(({ engagementId }) => engagementId === person.engagementId) : undefined
        if (gone) return { ...person, kind: gone.kind, name: isHidden(gone.kind, false) ? null : gone.name, outcome, fields: isHidden(gone.kind, false) ? [] : fields }
        return { ...person, outcome, fields: person.name === null ? fields.map((field) => (isHiddenColumn(field.label) ? { ...field, was: '', is: UNSHOWN } : field)) : fields }
      }),
      mayUndo: mayManage && change.undoneBy === null && (change.kind === 'import' || change.kind === 'edit'),
      undo: undo === null ? null : isRefusal(undo) ? { refused: undo, preview: null } : { refused: null, preview: { restored: undo.restored.slice(0, LISTED), restoredCount: undo.restored.length, gonePeople: undo.restored.filter(({ kind, gone }) => gone && kind === 'person').length, goneOthers: undo.restored.filter(({ kind, gone }) => gone && kind !== 'person').length, leftOut: undo.leftOut.slice(0, LISTED), leftOutCount: undo.leftOut.length, until: undo.until, baseSha256: undo.baseSha256 } },
      next: listed.length > PAGE && last ? `/people/changes/${changeSetId}?after=${encodeURIComponent(`${last.number}~${last.sequence}`)}` : null, first: query.after === null ? null : `/people/changes/${changeSetId}`,
    }
  },
)

/** Undoes the change set as it was previewed, by a new one. */
export const action = guardAction({ act: 'manageRoster', params, form: z.object({ base: z.string().max(64), note: z.string().trim().max(180).default('') }) }, async ({ context, params: { changeSetId }, form }) => {
  if (!form.ok) throw notFound()
  const undone = await undoChangeSet(context, changeSetId, { note: form.value.note, baseSha256: form.value.base })
  return isRefusal(undone) ? { refusal: undone } : redirect(`/people/changes/${undone.changeSetId}?done=1`)
})

export default function Change() {
  const { change, today, count, planning, done, people, mayUndo, undo, next, first } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refused = answer?.refusal ?? undo?.refused
  return (
    <Page>
      {done && !refused && (
        <Notice kind="ok" title={change.kind === 'undo' ? '元に戻しました' : change.kind === 'import' ? '取込を反映しました' : '登録を反映しました'}>
          <p>{summaryWords(change.summary)}。{mayUndo && `${UNDO_DAYS}日以内なら、まとめて元に戻せます。`}</p>
        </Notice>
      )}
      {planning && <PlanningProgress {...planning} here={`/people/changes/${change.id}`} />}
      <Refused refused={refused} />
      <PageHead
        back={{ to: '/people/changes', label: '名簿の変更の履歴' }}
        title={changeName(change)}
        lead={summaryWords(change.summary)}
        asOf={<>{fullInstant(change.at)}　{change.actor === null ? 'しくみによる変更' : `${whoWords(change.actor)}による変更`}</>}
      />
      {change.undoneBy !== null && <Notice kind="info" title="この変更は、元に戻しています"><p>{change.undoneAt !== null && `${fullInstant(change.undoneAt)}に元に戻しました。`}</p><div className="acts"><Link className="btn btn-sm" to={`/people/changes/${change.undoneBy}`}>元に戻した内容を見る</Link></div></Notice>}
      {change.undoes !== null && <p><Link to={`/people/changes/${change.undoes}`}>元に戻した変更を見る</Link></p>}
      {undo?.preview && <UndoSection preview={undo.preview} changeSetId={change.id} today={today}><Field name="note" label="元に戻す理由" optional="あとで見分けるために"><input className="in" maxLength={180} /></Field></UndoSection>}
      <section className="sec">
        <h2>この変更に入っている人 {count}人</h2>
        {people.length > 0 ? <ChangeStory people={people} /> : <p>この変更で登録が変わった人はいません。会社、所属、役割だけの変更です。</p>}
        <Pager next={next} first={first} label={`${PAGE}人`} />
      </section>
      {mayUndo && !undo && (
        <section className="sec">
          <h2>元に戻す</h2>
          <p>何が戻り、何が戻らないかを、先に確かめられます。元に戻したことも、変更として残ります。</p>
          <div className="acts"><Link className="btn" to={`/people/changes/${change.id}?undo=1`}>元に戻すと、どうなるかを確かめる</Link></div>
        </section>
      )}
    </Page>
  )
}
