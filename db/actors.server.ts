import type { Day } from '../app/domain/calendar'
import type { EngagementKind } from '../app/domain/people'
import type { Db } from './database.server'
import { nameIsShown, speaksOn } from './people-search.server'

/** Whoever acted, as the person concerned reads it: name, number and 雇用形態 of the engagement that lasts longest. */
export interface ActorFacts {
  account: string
  personId: string
  name: string
  /** As the operator's people read it: without the name where 氏名表示 is 不可 (domain.md L25). */
  shownName: string
  number: string
  kind: EngagementKind
}

/** The people behind accounts; one that never had an engagement is left out. */
export async function listActors(db: Db, accounts: readonly (string | null)[], today: Day): Promise<Map<string, ActorFacts>> {
  const wanted = [...new Set(accounts.filter((one) => one !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await db
    .selectFrom('account as a')
    .innerJoin('engagement_current as ec', 'ec.person_id', 'a.person_id')
    .innerJoin('engagement_version as v', (join) => join.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(today)))
    .select(['a.id as account', 'a.person_id as personId', 'v.display_name as name', 'ec.number', 'v.kind', nameIsShown(today).as('named')])
    .where('a.id', 'in', wanted)
    .orderBy('ec.valid_to').orderBy('ec.valid_from')
    .execute()
  return new Map(rows.map(({ named, ...row }) => [row.account, { ...row, shownName: Number(named) === 1 ? row.name : '従事者' }]))
}
