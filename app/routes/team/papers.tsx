import type { MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guardAction, guardLoader } from '../../http/guard.server'
import { PapersPage } from '../../ui/papers'
import { form, handPaper, papersView, query } from './papers-view.server'

export const meta: MetaFunction = () => [{ title: 'お知らせの紙｜守秘' }]

/** The papers that wait to be handed over. */
export const loader = guardLoader({ act: 'leadTeam', query }, ({ context, query }) => papersView(context, query, 'operator'))

export const action = guardAction({ act: 'leadTeam', form }, ({ context, form }) => handPaper(context, form, 'operator', '/team/papers'))

export default function TeamPapers() {
  return <PapersPage page={useLoaderData<typeof loader>()} tried={useActionData<typeof action>()} action="/team/papers" back={{ to: '/team', label: 'わたしのチーム' }} />
}
