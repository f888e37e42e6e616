import { z } from 'zod'
import { findLineHead } from '../../../db/line-head.server'
import { lineKeyOf } from '../../../db/line-list.server'
import { listTeamDuties, listTeamPage } from '../../../db/team.server'
import { recordAccess } from '../../commands/record-access.server'
import { breathe } from '../../commands/paced.server'
import { teamRows } from '../../content/team-rows.server'
import { lineOf } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { KIND_GROUPS, TABS, type KindGroup } from '../../domain/line'
import { foldName } from '../../domain/name'
import { download } from '../../http/download.server'
import { guardAction, guardLoader, notFound, toItsForm } from '../../http/guard.server'
import { TAB_WORDS } from '../../ui/team'
import { teamCsvHead, teamCsvLine } from './team-csv.server'

const PORTION = 500

const form = z.object({
  tab: z.enum(TABS).catch('open').default('open'), kind: z.enum(Object.keys(KIND_GROUPS) as [KindGroup, ...KindGroup[]]).optional().catch(undefined), q: z.string().max(100).default(''), sort: z.enum(['due', 'name']).catch('due').default('due'), unit: z.string().max(64).optional(),
})

export const loader = guardLoader({ act: 'leadTeam' }, toItsForm)

/** The list that is on the screen as a file: a POST, because who took it and when is recorded with its hash before it leaves (domain.md §5.4). */
export const action = guardAction({ act: 'leadTeam', form }, async ({ context, form: sent }) => {
  if (!sent.ok) throw notFound()
  const { db, library, now, viewer } = context
  const { tab, kind, q, sort, unit } = sent.value
  const today = dayOf(now)
  const scope = lineOf(viewer)
  const line = await findLineHead(db, scope, unit || null, { mostUnits: 1, today })
  if (!line) throw notFound()
  const filter = { tab, kinds: kind ? KIND_GROUPS[kind].kinds : null, prefix: foldName(q), order: sort }
  const lines = [teamCsvHead()]
  for (let after: string | null = null; ; ) {
    const listed = await listTeamPage(db, scope, line, filter, { after, limit: PORTION, today, names: 'all' })
    const duties = await listTeamDuties(db, listed.map(({ engagementId }) => engagementId), 'open')
    for (const { row, person } of teamRows(library, listed, duties, today)) lines.push(teamCsvLine({ ...row, unitName: person.unitName }, today))
    if (listed.length < PORTION) break
    after = lineKeyOf(listed.at(-1)!)
    await breathe()
  }
  const bytes = new TextEncoder().encode(`\uFEFF${lines.join('')}`)
  const compact = today.replaceAll('-', '')
  await recordAccess(context, { act: 'export', subjectKind: 'team', subjectId: unit || (scope.unitIds[0] ?? scope.supervisorIds[0] ?? ''), reason: `わたしのチーム(${[TAB_WORDS[tab][0], q.trim() && `「${q.trim()}」`].filter(Boolean).join('、')})`, bytes, subjects: { rows: lines.length - 1, tab } })
  return download(bytes, { name: `わたしのチーム_${compact}.csv`, plainName: `team_${compact}.csv`, type: 'text/csv; charset=utf-8' })
})
