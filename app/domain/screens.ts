import { may, type Act, type Viewer } from './access'

/** The screens to which the menu and the manual lead and which not everybody may open, each with the act of its door. */
export const SCREENS = {
  '/team': 'leadTeam',
  '/company': 'runCompany',
  '/approvals': 'readApprovals',
  '/approvals/unit': 'deferUnits',
  '/people/class': 'enterRecords',
  '/people/pledge-papers': 'enterRecords',
  '/people/agreements': 'enterRecords',
  '/company/import': 'runCompany',
  '/company/headcount': 'runCompany',
  '/people': 'readPeople',
  '/people/new': 'manageRoster',
  '/people/import': 'manageRoster',
  '/people/export': 'manageRoster',
  '/people/changes': 'readChanges',
  '/people/questions': 'answerLearners',
  '/people/hiring': 'manageRoster',
  '/people/departures': 'enterRecords',
  '/people/slips': 'issueSlips',
  '/people/without-template': 'readProgram',
  '/people/appointments': 'readRoles',
  '/program': 'readProgram',
  '/program/requirements': 'readProgram',
  '/checks': 'answerChecks',
  '/checks/findings': 'readChecks',
  '/program/checks': 'readProgram',
  '/program/library': 'readProgram',
  '/program/library/notes': 'editContent',
  '/program/laws': 'readProgram',
  '/program/understanding': 'readProgram',
  '/program/sources': 'readProgram',
  '/audit': 'readAudit',
  '/audit/records': 'readAudit',
  '/audit/changes': 'readAudit',
  '/audit/roles': 'readAudit',
  '/system': 'runSystem',
  '/system/outbox': 'readOutbox',
  '/team/papers': 'leadTeam',
  '/company/papers': 'runCompany',
} as const satisfies Record<string, Act>

/** Whether a link to this address leads this viewer anywhere. Who has not signed in may follow it to the door. */
export const opensTo = (viewer: Pick<Viewer, 'roles'> | null, path: string): boolean =>
  viewer === null || !(path in SCREENS) || may(viewer, SCREENS[path as keyof typeof SCREENS])
