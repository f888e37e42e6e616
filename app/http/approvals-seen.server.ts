import type { Seen } from '../../db/approval-list.server'
import { companiesOf } from '../commands/ask-approval.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'

/** Whose requests the viewer sees: all for those who decide, else one's own and those of the own company. */
export async function approvalsSeenBy(context: SignedInContext): Promise<Seen> {
  return may(context.viewer, 'decideApprovals') ? { all: true } : { all: false, accountId: context.viewer.accountId, companyIds: await companiesOf(context) }
}
