/**
 * Every command and the type of its ledger entry, or null where it records nothing (drafts, progress, sessions).
 * `tests/architecture.test.ts` walks the folder and this table.
 */
export const COMMANDS = {
  'import-roster': 'roster.imported',
  'undo-change-set': 'roster.undone',
  'edit-person': 'roster.edited',
  'draft-import': null,
  'set-last-days': null,
  'rebuild-derived': null,
  'plan-assignments': 'assignments.planned',
  'publish-content': 'content.published',
  'appoint': 'appointment.given',
  'sign-in': null,
  'sign-out': null,
  'issue-code': 'account.codeIssued',
  'redeem-code': 'account.passwordSet',
  'change-password': 'account.passwordSet',
  'acknowledge-notice': 'account.noticeShown',
  'set-preference': null,
  'show-page': null,
  'open-attempt': null,
  'save-answer': null,
  'decide-accommodation': 'accommodation.decided',
  'submit-test': 'test.finished',
  'show-pledge-page': null,
  'sign-pledge': 'pledge.signed',
  'decline-pledge': 'pledge.notSigned',
  'reopen-pledge': 'pledge.reopened',
  'make-pledge-pdf': null,
  'submit-certificate': 'certificate.submitted',
  'request-correction': 'record.correctionRequested',
  'answer-learner': 'learner.answered',
  'note-to-editor': null,
  'open-record': 'record.opened',
  'record-access': 'record.taken',
  'queue-mail': null,
  'tell-old-address': null,
  'tell-of-answer': null,
  'send-mail': null,
  'touch-session': null,
  'claim-job': null,
  'sweep': null,
  'open-demo': 'appointment.given',
} as const satisfies Record<string, string | null>

export type CommandName = keyof typeof COMMANDS
export type LedgerType = Exclude<(typeof COMMANDS)[CommandName], null>
