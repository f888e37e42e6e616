import { index, route, type RouteConfig } from '@remix-run/route-config'

/** The map: every URL, grouped by who uses it. */
export default [
  // the learner
  index('routes/learn/home.tsx'),
  route('learn/:assignmentId/pages/:page', 'routes/learn/page.tsx'),
  route('learn/:assignmentId/test', 'routes/learn/test.tsx'),
  route('attempts/:attemptId/questions/:position', 'routes/learn/question.tsx'),
  route('attempts/:attemptId/review', 'routes/learn/review.tsx'),
  route('attempts/:attemptId', 'routes/learn/result.tsx'),
  route('pledges/:assignmentId/pages/:page', 'routes/learn/pledge-page.tsx'),
  route('pledges/:assignmentId/sign', 'routes/learn/pledge-sign.tsx'),
  route('pledges/:assignmentId/decline', 'routes/learn/pledge-decline.tsx'),
  route('pledges/:assignmentId/text', 'routes/learn/pledge-text.tsx'),
  route('pledges/:assignmentId/receipt', 'routes/learn/pledge-receipt.tsx'),
  route('pledges/:assignmentId/pdf', 'routes/learn/pledge-pdf.tsx'),
  route('records', 'routes/learn/records.tsx'),
  route('records/all', 'routes/learn/records-all.tsx'),
  route('records/looks', 'routes/learn/looks.tsx'),
  route('records/download', 'routes/learn/records-download.tsx'),
  route('records/correction', 'routes/learn/correction.tsx'),
  route('furigana', 'routes/learn/furigana.tsx'),
  route('notes-to-editor', 'routes/learn/note-to-editor.tsx'),

  // everyone at the door
  route('sign-in', 'routes/account/sign-in.tsx'),
  route('sign-out', 'routes/account/sign-out.tsx'),
  route('start', 'routes/account/start.tsx'),
  route('forgot', 'routes/account/forgot.tsx'),
  route('notice', 'routes/account/notice.tsx'),
  route('password', 'routes/account/password.tsx'),
  route('sessions', 'routes/account/sessions.tsx'),
  route('still-here', 'routes/account/still-here.tsx'),

  // the 会社側担当者
  route('company', 'routes/contractor/roster.tsx'),
  route('company/import', 'routes/contractor/import.tsx'),
  route('company/import/:draftId', 'routes/contractor/import-preview.tsx'),
  route('company/import/:draftId/errors', 'routes/contractor/import-errors.tsx'),
  route('company/export', 'routes/contractor/export.tsx'),
  route('company/headcount', 'routes/contractor/headcount.tsx'),
  route('company/people/:engagementId', 'routes/contractor/person.tsx'),
  route('company/certificate', 'routes/contractor/certificate.tsx'),
  route('company/pledge-pdf', 'routes/contractor/pledge-pdf.tsx'),
  route('company/certificates/:certificateId', 'routes/contractor/certificate-receipt.tsx'),

  // the manager
  route('team', 'routes/team/team.tsx'),
  route('team/csv', 'routes/team/csv.tsx'),
  route('team/units', 'routes/team/units.tsx'),
  route('team/grants', 'routes/team/grants.tsx'),
  route('team/:engagementId', 'routes/team/person.tsx'),

  // asking: managers, and the 会社側担当者 in the own company's name
  route('team/chase', 'routes/team/chase.tsx'),
  route('team/papers', 'routes/team/papers.tsx'),
  route('company/chase', 'routes/contractor/chase.tsx'),
  route('company/papers', 'routes/contractor/papers.tsx'),

  // who asks and who decides
  route('approvals', 'routes/approvals/list.tsx'),
  route('approvals/unit', 'routes/approvals/unit.tsx'),
  route('approvals/:requestId', 'routes/approvals/request.tsx'),
  route('approvals/:requestId/scan', 'routes/approvals/scan.tsx'),

  // HR
  route('people', 'routes/people/search.tsx'),
  route('people/new', 'routes/people/new.tsx'),
  route('people/import', 'routes/people/import.tsx'),
  route('people/import/:draftId', 'routes/people/import-preview.tsx'),
  route('people/import/:draftId/missing', 'routes/people/import-missing.tsx'),
  route('people/import/:draftId/errors', 'routes/people/import-errors.tsx'),
  route('people/export', 'routes/people/export.tsx'),
  route('people/export/file', 'routes/people/export-file.tsx'),
  route('people/templates/:file', 'routes/people/template.tsx'),
  route('people/changes', 'routes/people/changes.tsx'),
  route('people/changes/:changeSetId', 'routes/people/change.tsx'),
  route('people/without-template', 'routes/people/without-template.tsx'),
  route('people/questions', 'routes/people/questions.tsx'),
  route('people/appointments', 'routes/people/appointments.tsx'),
  route('people/class', 'routes/people/class.tsx'),
  route('people/slips', 'routes/people/slips.tsx'),
  route('people/hiring', 'routes/people/hiring.tsx'),
  route('people/hiring/intake', 'routes/people/intake.tsx'),
  route('people/departures', 'routes/people/departures.tsx'),
  route('people/dossiers', 'routes/people/dossiers.tsx'),
  route('people/dossiers/file', 'routes/people/dossiers-file.tsx'),
  route('people/:engagementId', 'routes/people/person.tsx'),
  route('people/:engagementId/open', 'routes/people/open.tsx'),
  route('people/:engagementId/edit', 'routes/people/edit.tsx'),
  route('people/:engagementId/pledge-pdf', 'routes/people/pledge-pdf.tsx'),
  route('people/:engagementId/accommodation', 'routes/people/accommodation.tsx'),
  route('people/:engagementId/entries', 'routes/people/entries.tsx'),
  route('people/:engagementId/leave', 'routes/people/leave.tsx'),
  route('people/:engagementId/dossier', 'routes/people/dossier.tsx'),
  route('people/:engagementId/departure', 'routes/people/departure.tsx'),
  route('people/:engagementId/departure/list', 'routes/people/departure-list.tsx'),
  route('people/:engagementId/departure/letter', 'routes/people/departure-letter.tsx'),

  // the 統括管理者
  route('program', 'routes/program/overview.tsx'),
  route('program/people', 'routes/program/people.tsx'),
  route('program/units', 'routes/program/units.tsx'),
  route('program/companies', 'routes/program/companies.tsx'),
  route('program/requirements', 'routes/program/requirements.tsx'),
  route('program/why/:engagementId', 'routes/program/why.tsx'),
  route('program/figures', 'routes/program/figures.tsx'),
  route('program/csv', 'routes/program/csv.tsx'),
  route('program/csv/file', 'routes/program/csv-file.tsx'),

  // the auditor
  route('audit', 'routes/audit/hub.tsx'),
  route('audit/records', 'routes/audit/records.tsx'),
  route('audit/access', 'routes/audit/access.tsx'),
  route('audit/exports', 'routes/audit/exports.tsx'),
  route('audit/settings', 'routes/audit/settings.tsx'),

  // the administrator
  route('system', 'routes/program/system.tsx'),
  route('system/outbox', 'routes/program/outbox.tsx'),
  route('system/sessions', 'routes/system/sessions.tsx'),
  route('system/first-sign-ins', 'routes/system/first-sign-ins.tsx'),
  route('system/settings', 'routes/system/settings.tsx'),

  // everyone
  route('help', 'routes/help.tsx'),
  route('help/:page', 'routes/help-page.tsx'),
  route('yardstick', 'routes/yardstick.tsx'),
  route('*', 'routes/missing.tsx'),
] satisfies RouteConfig
