import type { MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { guardAction, guardLoader } from '../../http/guard.server'
import { PapersPage } from '../../ui/papers'
import { form, handPaper, papersView, query } from '../team/papers-view.server'

export const meta: MetaFunction = () => [{ title: 'お知らせの紙｜守秘' }]

/** The papers that wait to be handed over. */
export const loader = guardLoader({ act: 'runCompany', query }, ({ context, query }) => papersView(context, query, 'employer'))

export const action = guardAction({ act: 'runCompany', form }, ({ context, form }) => handPaper(context, form, 'employer', '/company/papers'))

export default function CompanyPapers() {
  return <PapersPage page={useLoaderData<typeof loader>()} tried={useActionData<typeof action>()} action="/company/papers" back={{ to: '/company', label: '自社の名簿' }} />
}
