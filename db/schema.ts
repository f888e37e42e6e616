import type { ApprovalKind, ApprovalOutcome, AskedAs } from '../app/domain/approval'
import type { Answer, FilingActKind } from '../app/domain/filing'
import type { FindingActKind } from '../app/domain/finding'
import type { Bucket } from '../app/domain/line'
import type { CoverageRow } from '../app/domain/coverage'
import type { ExitState } from '../app/domain/exit-coverage'
import type { Category, CompanyKind, EngagementKind, Relation, Role } from '../app/domain/people'
import type { TargetKind } from '../app/domain/planning'
import type { LeavesIn } from '../app/domain/request-hours'
import type { Gives, Impact } from '../app/domain/revision'
import type { TrackName } from '../app/domain/tracks'

/** One interface per table. Conventions: ids are UUIDv7 text, days are Japanese `YYYY-MM-DD`, instants are milliseconds, flags are 0/1. */
type Flag = 0 | 1
type Bytes = Uint8Array

/** A fact with two times: when it is true (days, half-open) and when it was known (instants). Only superseded_* ever changes. */
interface Fact {
  id: string
  valid_from: string
  valid_to: string
  recorded_at: number
  superseded_at: number
  recorded_by: string
  superseded_by: string | null
}

export interface ChangeSetTable { id: string; kind: 'import' | 'edit' | 'undo' | 'plan'; actor_account_id: string | null; at: number; source_sha256: string | null; undoes: string | null; note: string; summary: string }
export interface ImportDraftTable { id: string; actor_account_id: string; kind: 'roster' | 'edit'; at: number; expires_at: number; roster: Bytes; companies: Bytes | null; units: Bytes | null; scope: string; file_name: string; base_sha256: string; report: string; leaving: string }
export interface LedgerEntryTable { id: string; type: string; at: number; actor_kind: 'person' | 'system'; commitment: string; subject_engagement_id: string | null; actor_account_id: string | null; command_key: string | null; seq: number | null; leaf_hash: string | null }
export interface LedgerPayloadTable { entry_id: string; salt: Bytes; bytes: Bytes }
export interface BlobTable { sha256: string; media_type: string; size: number; bytes: Bytes }
export interface CommandKeyTable { command_key: string; command: string; at: number; result: string }

export interface PersonTable { id: string; created_at: number; merged_into: string | null }
export interface EngagementTable { id: string; person_id: string; number: string; sequence: number; employer_company_id: string; created_at: number }
export interface EngagementVersionTable extends Fact { engagement_id: string; kind: EngagementKind; display_name: string; kana: string; name_folded: string; mail: string; unit_id: string | null; supervisor_number: string; under18_until: string }
export interface CompanyTable { id: string; code: string }
export interface CompanyVersionTable extends Fact { company_id: string; name: string; kind: CompanyKind; parent_company_id: string | null }
export interface EntrustmentTable { id: string; contract_number: string; company_id: string; parent_entrustment_id: string | null }
export interface EntrustmentVersionTable extends Fact { entrustment_id: string; status: 'pending' | 'approved' | 'ended'; names_allowed: Flag; contact_number: string; terms: string }
export interface OrgUnitTable { id: string; code: string }
export interface OrgUnitVersionTable extends Fact { unit_id: string; parent_unit_id: string | null; name: string; kind: string; head_number: string }
export interface AppointmentTable extends Fact { engagement_id: string; role: Role; scope_kind: 'all' | 'unit' | 'company'; scope_id: string; delegated_from: string | null }
export interface HandlingScopeTable extends Fact { engagement_id: string; category: Category; system: string; purpose: string; access_level: string }
export interface LeavePeriodTable extends Fact { engagement_id: string; reason_code: string }
export interface AccommodationTable { id: string; engagement_id: string; kind: string; target_slug: string; extra_minutes: number | null; note: Bytes; decided_by: string; at: number; voided_at: number | null; voided_by: string | null; open_slot: 1 | null }
export interface EngagementCurrentTable { engagement_id: string; person_id: string; number: string; kind: EngagementKind; relation: Relation; company_id: string; unit_id: string | null; unit_path: string; supervisor_engagement_id: string | null; sort_key: string; on_leave: Flag; valid_from: string; valid_to: string; display_name: string }
export interface UnitClosureTable { ancestor_id: string; unit_id: string; depth: number }
export interface SearchTokenTable { token: string; engagement_id: string }

export interface AccountTable { id: string; person_id: string; password_hash: string | null; must_change: Flag; disabled_at: number | null; notice_version: string | null; notice_at: number | null; furigana: Flag; track: TrackName; created_at: number }
export interface LoginIdentifierTable { folded: string; account_id: string; kind: 'number' | 'mail' }
export interface AuthenticatorTable { id: string; account_id: string; kind: string; public: string; created_at: number; revoked_at: number | null }
export interface SignInCodeTable { hash: string; account_id: string; purpose: 'invite' | 'reset' | 'slip'; issued_by: string | null; created_at: number; expires_at: number; used_at: number | null; revoked_at: number | null }
export interface SessionTable { id_hash: string; account_id: string; created_at: number; last_seen_at: number; expires_at: number; shared_terminal: Flag; address: string; agent: string; auth_method: string }
export interface ThrottleTable { bucket: string; failures: number; refilled_at: number }
export interface AccessLogTable { id: string; at: number; actor_account_id: string | null; actor_system: string; act: 'view' | 'download' | 'search' | 'export'; subject_kind: string; subject_id: string; reason: string; sha256: string | null }

export type ContentKind = 'module' | 'pledge' | 'checklist' | 'notice'
export interface ContentVersionTable { kind: ContentKind; slug: string; version: string; track: string; sha256: string; status_at_publish: string; published_at: number; bytes: Bytes }
export interface ContentReviewTable { id: string; kind: ContentKind; slug: string; version: string; status: string; by_whom: string; on_day: string; note: string; recorded_at: number; /** '' for a line of reviews.yaml, else the id of what was entered in the product. */ entered: string }
/** A version that was published in the product: by whom, why, and what those who completed an earlier one are to do. */
export interface ContentReleaseTable { id: string; kind: ContentKind; slug: string; version: string; impact: string; gives: string; unit_slug: string; reason: string; by_account: string; at: number }
export interface BankVersionTable { slug: string; version: string; track: string; sha256: string; published_at: number; bytes: Bytes }
export interface ErratumTable { id: string; slug: string; question_id: string; corrected: string; reason: string; at: number }
export interface RequirementVersionTable { requirement_id: string; version: number; sha256: string; json: string; valid_from: string; published_at: number }

/** What a new version changes for those who finished an older one, and what they are given (A20). */
export interface ContentRevisionTable { id: string; slug: string; version: string; impact: Impact; gives: Gives; unit_slug: string; reason: string; on_day: string; at: number; announced_by: string | null }

export interface AssignmentTable { id: string; engagement_id: string; target_kind: TargetKind; target_slug: string; period: string; opens_on: string; due_on: string; created_at: number; created_by: string; settled_at: number; settled_as: 'completed' | 'declined' | 'ended' | 'exempted' | 'withdrawn' | null; settled_version: string | null; settled_route: string | null }
export interface AssignmentCauseTable { assignment_id: string; requirement_id: string; requirement_version: number; since: string; until: string }
export interface PlanningTable { id: string; change_set_id: string; at: number; total: number; done: number; last_engagement_id: string; counts: string; finished_at: number | null }
export interface AssignmentEventTable { id: string; assignment_id: string; kind: 'exempt' | 'defer' | 'suspend' | 'resume' | 'grant' | 'void' | 'credit'; new_due_on: string | null; reason_code: string; note: string; requested_by: string | null; approved_by: string | null; at: number; refs: string }
export interface PageShownTable { assignment_id: string; version: string; track: string; page: string; rendered_sha256: string; first_at: number; last_at: number; seconds: number }
export interface StudySessionTable { id: string; assignment_id: string; started_at: number; ended_at: number; counted_seconds: number; idle_seconds: number; measured: 'events' | 'capped' }
export interface AttemptTable { id: string; assignment_id: string; ordinal: number; module_version: string; bank_version: string; seed: string; /** How many questions it has. */ asked: number; extra_minutes: number; opened_at: number; closes_at: number | null; finished_at: number | null; open_slot: 1 | null; score: number | null; passed: Flag | null }
export interface AttemptItemTable { attempt_id: string; position: number; question_id: string; option_order: string; answer: string | null; saved_at: number | null; revision: number; correct: Flag | null }
/** What settled a duty. Voided by another approver it keeps everything but its slot (assignment_event 'void'); readers ask for slot 1. */
export interface CompletionTable { id: string; assignment_id: string; attempt_id: string | null; content_version: string; bank_version: string | null; rendered_sha256: string; completed_at: number; minutes: number; route: 'screen' | 'paper' | 'class' | 'equivalent'; scan_sha256: string | null; entered_by: string | null; approved_by: string | null; settle_slot: 1 | null }

export interface PledgeActTable { id: string; assignment_id: string; outcome: 'signed' | 'declined' | 'question' | 'later' | 'explainedDeclined' | 'unreachable'; template: string; version: string; track: string; addressee_company_id: string; statement_sha256: string; pages_shown: string; clauses_ticked: string; name_typed: string; name_registered: string; auth_method: string; credential_origin: string; evidence_grade: string; signed_at: number; signed_at_text: string; address: string; agent: string; note: string; receipt: string; settle_slot: 1 | null }
export interface PledgePdfTable { act_id: string; sha256: string; made_at: number }
export interface PledgeCertificateTable { id: string; company_id: string; template: string; version: string; declared_by: string; statement_sha256: string; at: number; route: string; receipt: string; name_typed: string }
export interface PledgeCertificateLineTable { certificate_id: string; engagement_id: string; assignment_id: string; taken_on: string }

/** That a 派遣元 agreed in writing to its people confirming towards the operator (PL2 mode B); ended it stays, without its slot. */
export interface AgencyAgreementTable { id: string; company_id: string; agreed_on: string; scan_sha256: string; entered_by: string; at: number; voided_at: number | null; voided_by: string | null; open_slot: 1 | null }

export interface CorrectionRequestTable { id: string; person_id: string; engagement_id: string | null; subject: 'minutes' | 'record' | 'registered'; assignment_id: string | null; body: string; at: number; answered_at: number | null; answered_by: string | null; answer: string }
export interface ReaderNoteTable { id: string; account_id: string; kind: ContentKind; slug: string; version: string; section: string; body: string; at: number; status: 'open' | 'fixed' | 'planned' | 'asIs'; answered_at: number | null; answered_by: string | null; answer: string }
export interface ReminderTable { id: string; assignment_id: string; sent_by: string | null; recipient_kind: 'person' | 'manager' | 'companyContact'; recipient_id: string; channel: 'mail' | 'slip' | 'screen' | 'paper'; reason_code: string; requested_at: number; mail_id: string | null; leaves_at: number | null; leaves_in: LeavesIn | null; result: string; result_at: number | null; note: string }
export interface OpportunityGrantTable { id: string; assignment_id: string; granted_by: string; starts_at: number; ends_at: number; at: number }
export interface MailTable { id: string; day: string; class: 'request' | 'receipt' | 'code' | 'digest'; template: string; recipient_id: string; dedupe_key: string; to_address: string; props: string; state: 'waiting' | 'sending' | 'sent' | 'givenUp' | 'needless' | 'fictional'; tries: number; next_try_at: number; leased_until: number; lease_owner: string; sent_at: number | null; message_id: string; error: string }
export interface ExportRecordTable { id: string; actor_account_id: string | null; actor_system: string; at: number; reason: string; kind: string; subjects: string; sha256: string }
export interface JobLeaseTable { name: string; owner: string; leased_until: number; token: number; succeeded_at: number | null; trying_since: number | null; failure: string }
export interface JobRunTable { id: string; name: string; slot: string; started_at: number; finished_at: number | null; counts: string }

/** 申請: what somebody asks and another person decides. One open a duty. */
export interface ApprovalRequestTable { id: string; kind: ApprovalKind; assignment_id: string; engagement_id: string; reason_code: string; note: string; wished_due_on: string | null; proposal: string; scan_sha256: string | null; asked_by: string; asked_as: AskedAs; asked_at: number; decided_by: string | null; decided_at: number | null; outcome: ApprovalOutcome | null; answer: string; open_slot: 1 | null }
/** A try to reach somebody who leaves (A16): two make 連絡不能. */
export interface ContactTryTable { id: string; assignment_id: string; on_day: string; channel: 'mail' | 'phone' | 'letter' | 'inPerson'; note: string; entered_by: string; at: number }
/** What is to be given back, erased or stopped at the end (domain.md C37). */
export interface ReturnItemTable { id: string; engagement_id: string; kind: 'thing' | 'data' | 'access'; words: string; entered_by: string | null; at: number; done_on: string | null; done_by: string | null; noted_at: number | null; voided_at: number | null; voided_by: string | null }
/** That somebody has died (A32); taken back it stays, without its slot. */
export interface DeathNoteTable { id: string; person_id: string; noted_by: string; at: number; voided_at: number | null; voided_by: string | null; open_slot: 1 | null }
/** A due day that was moved: which day had been in force until then (A39). */
export interface DueChangeTable { id: string; assignment_id: string; at: number; due_before: string }
/** How many people a company says it has at work for us; the last one speaks. */
export interface CompanyHeadcountTable { id: string; company_id: string; people: number; on_day: string; declared_by: string; at: number }
/** 点検の提出: one version of a checklist for one subject and period; whose it is stands beside, for the doors. */
export interface FilingTable { id: string; slug: string; version: string; subject_kind: 'company' | 'entrustment' | 'unit'; subject_id: string; company_id: string | null; unit_id: string | null; period: string; opens_on: string; due_on: string; opened_by: string; opened_at: number }
/** What is answered so far; while a filing waits or is accepted it is what was signed. */
export interface FilingAnswerTable { filing_id: string; item_id: string; answer: Answer | null; remark: string; improve_by: string; saved_by: string; saved_at: number }
export interface FilingAttachmentTable { id: string; filing_id: string; item_id: string; sha256: string; name: string; added_by: string; added_at: number; removed_at: number | null; removed_by: string | null }
/** What was done with a filing as a whole, with the counts of its answers then; the last ordinal speaks. */
export interface FilingActTable { id: string; filing_id: string; ordinal: number; kind: FilingActKind; by_account: string; at: number; statement_sha256: string | null; receipt: string; name_typed: string; note: string; done: number; partly: number; not_done: number; not_applicable: number }
/** Why an item came back. */
export interface FilingRemarkTable { act_id: string; item_id: string; words: string }
/** 直すこと: an item that a complete filing left 一部 or 未実施, by the act that signed it; settled once it is mended, or answered by another filing. */
export interface FindingTable { id: string; filing_id: string; act_id: string; item_id: string; position: number; answer: 'partly' | 'notDone'; improve_by: string; raised_at: number; settled_at: number }
/** What was said and decided about one; the last ordinal speaks, nothing is written over. */
export interface FindingActTable { id: string; finding_id: string; ordinal: number; kind: FindingActKind; by_account: string; at: number; mended_on: string; words: string }
export interface FindingFileTable { id: string; act_id: string; sha256: string; name: string }
/** Somebody looked at more people's records in a day than usual. */
export interface AccessAlarmTable { id: string; actor_account_id: string; day: string; people: number; at: number }
/** Derived: who stands in whose line (a unit with those below, or a 上長), and where as a whole. Of the passing of days only leave, beginnings and opening days change it, each night. */
export interface LineMemberTable { line_key: string; engagement_id: string; bucket: Bucket; next_due: string; kind: EngagementKind; sort_key: string; valid_to: string }
/** Derived: the people of a large line, counted. */
export interface LineCountTable { line_key: string; bucket: Bucket; next_due: string; kind: EngagementKind; people: number; at: number }

/** Derived: so many people are alike in all that 「全体の状況」 counts of one scope; `place_id` is the unit, or the company of a contractor's people. */
export interface CoverageCountTable { scope: string; bucket: string; side: 'workforce' | 'company'; place_id: string | null; kind: EngagementKind; begins_on: string; ends_on: string; away_from: string; away_to: string; duty: CoverageRow['duty']; due_on: string; pledged: Flag; hold: CoverageRow['hold']; people: number }
/** Derived: who finished on which day; `counted` are those who are among today's 対象. */
export interface CoverageDoneTable { scope: string; done_on: string; counted: Flag; people: number }
/** Derived: when somebody of a unit was last asked for the duty of a scope. */
export interface CoverageAskedTable { scope: string; place_id: string; asked_at: number }
/** Derived: how many of the workforce left on a day with which answer to the pledge at the end. */
export interface ExitCountTable { left_on: string; outcome: ExitState; people: number }
/** When a scope was counted, and from what. */
export interface CoverageBuildTable { scope: string; at: number; signature: string; assigned: number; gap: number }
/** Derived: how many of each thing that asks to be looked at. */
export interface ProgramHealthTable { item: string; count: number; at: number }

export interface Schema {
  change_set: ChangeSetTable
  import_draft: ImportDraftTable
  ledger_entry: LedgerEntryTable
  ledger_payload: LedgerPayloadTable
  blob: BlobTable
  command_key: CommandKeyTable
  person: PersonTable
  engagement: EngagementTable
  engagement_version: EngagementVersionTable
  company: CompanyTable
  company_version: CompanyVersionTable
  entrustment: EntrustmentTable
  entrustment_version: EntrustmentVersionTable
  org_unit: OrgUnitTable
  org_unit_version: OrgUnitVersionTable
  appointment: AppointmentTable
  handling_scope: HandlingScopeTable
  leave_period: LeavePeriodTable
  accommodation: AccommodationTable
  engagement_current: EngagementCurrentTable
  unit_closure: UnitClosureTable
  search_token: SearchTokenTable
  account: AccountTable
  login_identifier: LoginIdentifierTable
  authenticator: AuthenticatorTable
  sign_in_code: SignInCodeTable
  session: SessionTable
  throttle: ThrottleTable
  access_log: AccessLogTable
  content_version: ContentVersionTable
  content_review: ContentReviewTable
  content_release: ContentReleaseTable
  bank_version: BankVersionTable
  erratum: ErratumTable
  requirement_version: RequirementVersionTable
  content_revision: ContentRevisionTable
  assignment: AssignmentTable
  assignment_cause: AssignmentCauseTable
  planning: PlanningTable
  assignment_event: AssignmentEventTable
  page_shown: PageShownTable
  study_session: StudySessionTable
  attempt: AttemptTable
  attempt_item: AttemptItemTable
  completion: CompletionTable
  pledge_act: PledgeActTable
  pledge_pdf: PledgePdfTable
  pledge_certificate: PledgeCertificateTable
  pledge_certificate_line: PledgeCertificateLineTable
  agency_agreement: AgencyAgreementTable
  correction_request: CorrectionRequestTable
  reader_note: ReaderNoteTable
  reminder: ReminderTable
  opportunity_grant: OpportunityGrantTable
  mail: MailTable
  export_record: ExportRecordTable
  approval_request: ApprovalRequestTable
  contact_try: ContactTryTable
  return_item: ReturnItemTable
  death_note: DeathNoteTable
  due_change: DueChangeTable
  company_headcount: CompanyHeadcountTable
  filing: FilingTable
  filing_answer: FilingAnswerTable
  filing_attachment: FilingAttachmentTable
  filing_act: FilingActTable
  filing_remark: FilingRemarkTable
  finding: FindingTable
  finding_act: FindingActTable
  finding_file: FindingFileTable
  access_alarm: AccessAlarmTable
  line_member: LineMemberTable
  line_count: LineCountTable
  coverage_count: CoverageCountTable
  coverage_done: CoverageDoneTable
  coverage_asked: CoverageAskedTable
  exit_count: ExitCountTable
  coverage_build: CoverageBuildTable
  program_health: ProgramHealthTable
  job_lease: JobLeaseTable
  job_run: JobRunTable
}
