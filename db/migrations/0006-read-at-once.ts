import { sql, type Kysely } from 'kysely'
import { dayOf, type Instant } from '../../app/domain/calendar'
import { addColumns } from './table'

/** How a duty was completed stands on the duty too, and what somebody is called in the row that lists read: a file of everybody reads one table from end to end instead of looking each row up in others. */
export async function up(db: Kysely<never>, now: Instant): Promise<void> {
  await addColumns(db, 'assignment', { settled_version: 'word?', settled_route: 'word?' })
  await addColumns(db, 'engagement_current', { display_name: 'code' })

  const completion = sql`from completion c where c.assignment_id = assignment.id and c.settle_slot = 1`
  const act = sql`from pledge_act p where p.assignment_id = assignment.id and p.settle_slot = 1 and p.addressee_company_id = (select own.id from company own where own.code = '')`
  const certificate = sql`from pledge_certificate_line l join pledge_certificate t on t.id = l.certificate_id where l.engagement_id = assignment.engagement_id and l.assignment_id = assignment.id`
  await sql`update assignment set
      settled_version = coalesce((select c.content_version ${completion}), (select p.version ${act}), (select t.version ${certificate})),
      settled_route = coalesce((select c.route ${completion}), (select case when p.evidence_grade = 'paper' then 'paper' else 'screen' end ${act}), (select t.route ${certificate}))
    where settled_as = 'completed'`.execute(db)

  const today = dayOf(now)
  await sql`update engagement_current set display_name = coalesce((select v.display_name from engagement_version v where v.engagement_id = engagement_current.engagement_id and v.superseded_at = 253402300799999
    order by case when v.valid_from <= ${today} then 0 else 1 end, case when v.valid_from <= ${today} then v.valid_to else '' end desc, v.valid_from limit 1), '')`.execute(db)
}
