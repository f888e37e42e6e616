import { sql, type RawBuilder } from 'kysely'
import type { Day } from '../app/domain/calendar'

/** Whether the row of an alias holds on a day; of a fact, ask beside it whether it still is what is known (superseded_at). */
export const inForce = (alias: string, day: Day): RawBuilder<boolean> => sql<boolean>`${sql.ref(`${alias}.valid_from`)} <= ${day} and ${sql.ref(`${alias}.valid_to`)} > ${day}`
