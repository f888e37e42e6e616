import type { FunctionComponent } from 'react'
import { render } from 'react-email'
import type { MailTemplate, Rendered } from '../app/domain/mail'
import AddressChanged, { subject as addressChangedSubject } from './address-changed'
import Answer, { subject as answerSubject } from './answer'
import Completion, { subject as completionSubject } from './completion'
import Invitation, { subject as invitationSubject } from './invitation'
import Receipt, { subject as receiptSubject } from './receipt'
import Reset, { subject as resetSubject } from './reset'

const LETTERS: { [T in MailTemplate]: { Letter: FunctionComponent<Rendered<T>>; subject: (props: Rendered<T>) => string } } = {
  invitation: { Letter: Invitation, subject: invitationSubject },
  reset: { Letter: Reset, subject: resetSubject },
  receipt: { Letter: Receipt, subject: receiptSubject },
  addressChanged: { Letter: AddressChanged, subject: addressChangedSubject },
  completion: { Letter: Completion, subject: completionSubject },
  answer: { Letter: Answer, subject: answerSubject },
}

/** A mail as it leaves: subject, HTML and the same in plain text. */
export async function writeLetter<T extends MailTemplate>(template: T, props: Rendered<T>): Promise<{ subject: string; html: string; text: string }> {
  const { Letter, subject } = LETTERS[template]
  const letter = <Letter {...(props as Rendered<T> & object)} />
  return { subject: subject(props), html: await render(letter), text: await render(letter, { plainText: true }) }
}
