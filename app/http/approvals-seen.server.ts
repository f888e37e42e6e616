import type { ActorFacts } from '../../db/actors.server'
import type { Seen } from '../../db/approval-list.server'
import { companiesOf } from '../commands/ask-approval.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { whoWords } from '../domain/people'

/** With whose requests the viewer may do something: all for those who decide, else one's own and those of the own company. */
export async function approvalsInHandOf(context: SignedInContext): Promise<Seen> {
  return may(context.viewer, 'decideApprovals') ? { all: true } : { all: false, accountId: context.viewer.accountId, companyIds: await companiesOf(context) }
}

/** Whose requests the viewer reads: the 監査責任者 reads all, and does nothing with them. */
export async function approvalsSeenBy(context: SignedInContext): Promise<Seen> {
  return may(context.viewer, 'readAudit') ? { all: true } : approvalsInHandOf(context)
}

/** Who asked or decided, for who reads it: a company reads its own people by name, the operator a contractor's only where the contract allows it. */
export const actorWords = (actor: ActorFacts, seen: Seen): string => whoWords(seen.all ? { ...actor, name: actor.shownName } : actor)
