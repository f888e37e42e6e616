import type { FunctionComponent } from 'react'
import { render } from 'react-email'
import type { MailTemplate, Rendered } from '../app/domain/mail'
import AccessAlarm, { subject as accessAlarmSubject } from './access-alarm'
import AddressChanged, { subject as addressChangedSubject } from './address-changed'
import Answer, { subject as answerSubject } from './answer'
import ChecksReturned, { subject as checksReturnedSubject } from './checks-returned'
import ApprovalAsked, { subject as approvalAskedSubject } from './approval-asked'
import ApprovalDecided, { subject as approvalDecidedSubject } from './approval-decided'
import CompanyDigest, { subject as companyDigestSubject } from './company-digest'
import CompanyRequest, { subject as companyRequestSubject } from './company-request'
import Completion, { subject as completionSubject } from './completion'
import Departure, { subject as departureSubject } from './departure'
import Invitation, { subject as invitationSubject } from './invitation'
import Leavers, { subject as leaversSubject } from './leavers'
import ManagerDigest, { subject as managerDigestSubject } from './manager-digest'
import Receipt, { subject as receiptSubject } from './receipt'
import Request, { subject as requestSubject } from './request'
import Reset, { subject as resetSubject } from './reset'

const LETTERS: { [T in MailTemplate]: { Letter: FunctionComponent<Rendered<T>>; subject: (props: Rendered<T>) => string } } = {
  accessAlarm: { Letter: AccessAlarm, subject: accessAlarmSubject },
  invitation: { Letter: Invitation, subject: invitationSubject },
  reset: { Letter: Reset, subject: resetSubject },
  receipt: { Letter: Receipt, subject: receiptSubject },
  addressChanged: { Letter: AddressChanged, subject: addressChangedSubject },
  completion: { Letter: Completion, subject: completionSubject },
  answer: { Letter: Answer, subject: answerSubject },
  checksReturned: { Letter: ChecksReturned, subject: checksReturnedSubject },
  approvalAsked: { Letter: ApprovalAsked, subject: approvalAskedSubject },
  approvalDecided: { Letter: ApprovalDecided, subject: approvalDecidedSubject },
  leavers: { Letter: Leavers, subject: leaversSubject },
  departure: { Letter: Departure, subject: departureSubject },
  request: { Letter: Request, subject: requestSubject },
  companyRequest: { Letter: CompanyRequest, subject: companyRequestSubject },
  managerDigest: { Letter: ManagerDigest, subject: managerDigestSubject },
  companyDigest: { Letter: CompanyDigest, subject: companyDigestSubject },
}

/** A mail as it leaves: subject, HTML and the same in plain text. */
export async function writeLetter<T extends MailTemplate>(template: T, props: Rendered<T>): Promise<{ subject: string; html: string; text: string }> {
  const { Letter, subject } = LETTERS[template]
  const letter = <Letter {...(props as Rendered<T> & object)} />
  return { subject: subject(props), html: await render(letter), text: await render(letter, { plainText: true }) }
}
