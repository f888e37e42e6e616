import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { gatherOwnRecord } from '../../../db/own-record.server'
import { listAnswersOf } from '../../../db/records.server'
import { recordAccess } from '../../commands/record-access.server'
import { ownDocument } from '../../content/own-document.server'
import { dayOf } from '../../domain/calendar'
import { download } from '../../http/download.server'
import { guardAction, guardLoader } from '../../http/guard.server'

/** More than anybody has; what is cut off would be said in the document. */
const MOST = 20_000

/** Taking records away is a write: it is recorded, so it is never a link. */
export const loader = guardLoader({ act: 'learn' }, async () => redirect('/records'))

export const action = guardAction({ act: 'learn', form: z.object({}) }, async ({ context }) => {
  const { db, viewer, now } = context
  const record = await gatherOwnRecord(db, viewer, dayOf(now), MOST)
  const answers = await listAnswersOf(db, record.attempts.map(({ id }) => id), MOST)
  const bytes = new TextEncoder().encode(`${JSON.stringify(ownDocument(context.library, viewer, record, answers, now), null, 2)}\n`)
  await recordAccess(context, { act: 'download', subjectKind: 'ownRecord', subjectId: viewer.personId, reason: '本人が受け取りました', bytes })
  const number = viewer.engagements[0]?.number ?? 'record'
  return download(bytes, { name: `わたしの記録_${number}_${dayOf(now)}.json`, plainName: `my-record_${number}_${dayOf(now)}.json`, type: 'application/json; charset=utf-8' })
})
