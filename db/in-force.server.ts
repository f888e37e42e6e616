import { sql, type RawBuilder } from 'kysely'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'

/** Whether the row of an alias holds on a day: valid time only, for engagement_current. */
export const inForce = (alias: string, day: Day | RawBuilder<Day>): RawBuilder<boolean> => sql<boolean>`${sql.ref(`${alias}.valid_from`)} <= ${day} and ${sql.ref(`${alias}.valid_to`)} > ${day}`

/** Whether the fact of an alias holds on a day as known now: not superseded, and in force. */
export const knownOn = (alias: string, day: Day | RawBuilder<Day>): RawBuilder<boolean> => sql<boolean>`${sql.ref(`${alias}.superseded_at`)} = ${OPEN_INSTANT} and ${inForce(alias, day)}`
