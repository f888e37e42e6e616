import { addDays, OPEN_DAY, type Day } from '../domain/calendar'
import { ENGAGEMENT_KINDS, type EngagementKind, type Relation } from '../domain/people'
import { slashDay } from './format'

/** 雇用形態, with the employer where that is another company. */
export const employedAs = ({ kind, relation, companyName }: { kind: EngagementKind; relation: Relation; companyName: string }): string =>
  relation === 'own' ? ENGAGEMENT_KINDS[kind] : `${ENGAGEMENT_KINDS[kind]}(${companyName})`

/** When somebody is here, in one line: from, until the last day, or gone. `validTo` is exclusive. */
export function serviceWords({ validFrom, validTo, relation }: { validFrom: Day; validTo: Day; relation: Relation }, today: Day): string {
  const end = relation === 'own' ? '退職' : '終了'
  if (validFrom > today) return `${slashDay(validFrom)} ${relation === 'own' ? '入社予定' : '受入予定'}`
  if (validTo === OPEN_DAY) return `${slashDay(validFrom)} から`
  const last = slashDay(addDays(validTo, -1))
  return validTo <= today ? `${last} ${end}` : `${slashDay(validFrom)} から ${last} ${end}予定`
}
