import type { Day, Instant } from './calendar'
import type { Category, EngagementKind, Role } from './people'
import type { TargetKind } from './planning'
import type { LeavesIn } from './request-hours'

/** A fact with two times, as it is stored. */
export interface Known {
  recorded_at: Instant
  superseded_at: Instant
  valid_from: Day
  valid_to: Day
}

/** Everything that a dossier can be made of, whenever it became known: rows as they are stored, the order that of the query. */
export interface DossierFacts {
  engagements: readonly { id: string; number: string; sequence: number; created_at: Instant; employer_company_id: string; code: string }[]
  versions: readonly (Known & { id: string; engagement_id: string; kind: EngagementKind; display_name: string; kana: string; unit_id: string | null; unit_code: string | null; supervisor_number: string })[]
  scopes: readonly (Known & { engagement_id: string; category: Category; system: string; purpose: string })[]
  /** Without why: that may tell of an illness (domain.md L28). */
  leaves: readonly (Known & { engagement_id: string })[]
  roles: readonly (Known & { engagement_id: string; role: Role; scope_kind: string })[]
  /** Of the employers: whether a contract lets the operator see names (氏名表示). */
  entrustments: readonly (Known & { company_id: string; names_allowed: 0 | 1 })[]
  companies: readonly (Known & { company_id: string; name: string })[]
  units: readonly (Known & { unit_id: string; name: string })[]
  assignments: readonly { id: string; engagement_id: string; target_kind: TargetKind; target_slug: string; period: string; opens_on: Day; due_on: Day; created_at: Instant; settled_at: Instant; settled_as: string | null }[]
  dueChanges: readonly { assignment_id: string; at: Instant; due_before: Day }[]
  completions: readonly { id: string; assignment_id: string; content_version: string; bank_version: string | null; rendered_sha256: string; completed_at: Instant; minutes: number; route: string; scan_sha256: string | null }[]
  attempts: readonly { assignment_id: string; ordinal: number; module_version: string; bank_version: string; opened_at: Instant; finished_at: Instant | null; passed: 0 | 1 | null }[]
  sittings: readonly { assignment_id: string; started_at: Instant; ended_at: Instant; counted_seconds: number; measured: string }[]
  acts: readonly { id: string; assignment_id: string; outcome: string; template: string; version: string; statement_sha256: string; name_typed: string; name_registered: string; auth_method: string; evidence_grade: string; signed_at: Instant; signed_at_text: string; note: string; receipt: string }[]
  /** The ends that an employer noted of its own people. */
  noted: readonly { assignment_id: string; outcome: string; signed_at: Instant }[]
  certificates: readonly { assignment_id: string; engagement_id: string; taken_on: Day; template: string; version: string; at: Instant; receipt: string; statement_sha256: string; statement: Uint8Array | null }[]
  events: readonly { id: string; assignment_id: string; kind: string; new_due_on: Day | null; reason_code: string; note: string; requested_by: string | null; approved_by: string | null; at: Instant; refs: string }[]
  approvals: readonly { id: string; assignment_id: string; engagement_id: string; kind: string; reason_code: string; note: string; wished_due_on: Day | null; asked_by: string; asked_as: string; asked_at: Instant; decided_by: string | null; decided_at: Instant | null; outcome: string | null; answer: string; scan_sha256: string | null }[]
  /** `leaves_at` and `leaves_in` are as it was placed when asked, and stay; `result_at` is when the result was written, null before. */
  reminders: readonly { assignment_id: string; sent_by: string | null; recipient_kind: string; channel: string; reason_code: string; requested_at: Instant; leaves_at: Instant | null; leaves_in: LeavesIn | null; result: string; result_at: Instant | null; mail_id: string | null; sent_at: Instant | null }[]
  tries: readonly { assignment_id: string; on_day: Day; channel: string; note: string; entered_by: string; at: Instant }[]
  returns: readonly { engagement_id: string; kind: string; words: string; at: Instant; done_on: Day | null; noted_at: Instant | null; voided_at: Instant | null }[]
  /** That a person died, as noted and taken back (A32). */
  deaths: readonly { engagement_id: string; at: Instant; voided_at: Instant | null }[]
  /** The first 従事者番号 of whoever acted, by account. */
  numbers: Readonly<Record<string, string>>
  published: readonly { kind: string; slug: string; version: string; published_at: Instant | string }[]
}
