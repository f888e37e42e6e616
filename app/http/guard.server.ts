import { data, redirect, type ActionFunctionArgs, type AppLoadContext, type LoaderFunctionArgs } from '@remix-run/node'
import type { z } from 'zod'
import type { App, Context, SignedInContext } from '../context'
import { failureOf } from '../../db/dialect.server'
import { DamagedBytes } from '../../db/ledger.server'
import { may, type Act, type Viewer } from '../domain/access'
import { originIsOurs } from '../domain/host'
import { dropBody, readForm, type FormResult } from './form.server'
import { findViewer } from './session.server'

/**
 * Every loader and action is made here (house.md §2): a door names the act it needs, the shape of its parameters, query and
 * form. A door that does not open answers the same whether the thing is missing or not yours.
 */
export interface Door<P extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType> {
  /** The act of `domain/access.ts`, or 'anyone' where no sign-in is needed. */
  act: Act | 'anyone'
  params?: P
  query?: Q
  /** Open also before the notice of purposes was shown and while a password must be changed. */
  beforeNotice?: boolean
  /** How many bytes its form may have where files come with it; a form without files has the common limit. */
  mostBytes?: number
  /** What stands around every page, the page of a refused form included. */
  around?: true
}

type ContextOf<D extends Door> = D['act'] extends 'anyone' ? Context : SignedInContext
type Parsed<T> = T extends z.ZodType ? z.infer<T> : Record<string, never>

export interface Opened<D extends Door> {
  context: ContextOf<D>
  params: Parsed<D['params']>
  query: Parsed<D['query']>
  request: Request
  /** Resolves when the receiver has taken what was sent so far; false when nobody receives any more. For long answers. */
  ready: () => Promise<boolean>
}

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
  interface AppLoadContext {
    app: App
    nonce: string
    address: string
    /** See `Opened.ready`. */
    ready?: () => Promise<boolean>
    /** The viewer of this request, looked up once for all its loaders. */
    viewer?: Promise<Viewer | null>
    now?: number
    /** Whether a whole page is drawn, not only its data sent or a file. */
    drawsPage?: boolean
    /** What an action threw, for the page's loader to throw again. */
    refused?: unknown
  }
}

/** Not there, or not yours: one answer. */
export const notFound = () => new Response('not found', { status: 404 })

/** The same for a kept preview, which is gone after a day: whoever opens it late is told that in words, and nobody whether it ever was. */
export const gone = (what: 'draftGone' | 'editGone') => new Response(what, { status: 404 })

async function open<D extends Door>(door: D, { request, params, context: load }: LoaderFunctionArgs): Promise<Opened<D>> {
  const { app } = load
  const now = (load.now ??= app.clock())
  const viewer = await (load.viewer ??= findViewer(app, request, now))
  const url = new URL(request.url)
  const here = url.pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/') + withoutSingleFetch(url)
  if (door.act !== 'anyone') {
    if (!viewer) throw redirect(request.method === 'GET' ? `/sign-in?next=${encodeURIComponent(here)}` : `/sign-in?next=${encodeURIComponent(pageOf(request))}&unsent=1`)
    if (!may(viewer, door.act)) throw notFound()
    if (!door.beforeNotice && viewer.mustChangePassword) throw redirect('/password')
    if (!door.beforeNotice && viewer.noticeVersion !== app.library.notice.version) throw redirect(`/notice?next=${encodeURIComponent(request.method === 'GET' ? here : '/')}`)
  }
  const context: Context = { ...app, now, viewer, from: { address: load.address, agent: request.headers.get('User-Agent') ?? '' } }
  return { context: context as ContextOf<D>, params: parseOr404(door.params, params) as never, query: parseOr404(door.query, Object.fromEntries(url.searchParams)) as never, request, ready: load.ready ?? (async () => !request.signal.aborted) }
}

/** The page a form was sent from, as far as the browser tells. */
function pageOf(request: Request): string {
  const referer = request.headers.get('Referer') ?? ''
  return new URL(URL.canParse(referer) ? referer : request.url).pathname
}

function withoutSingleFetch(url: URL): string {
  const kept = new URLSearchParams(url.searchParams)
  kept.delete('_routes')
  return kept.size > 0 ? `?${kept}` : ''
}

function parseOr404(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return {}
  if (Object.values(value as object).some((text: unknown) => typeof text === 'string' && text.includes('\0'))) throw notFound()
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw notFound()
  return parsed.data
}

/** Makes a loader. It reads; all that it may cause to be written is that somebody was read (http/noted.server.ts). */
export function guardLoader<const D extends Door, R>(door: D, answer: (opened: Opened<D>) => Promise<R>) {
  return Object.assign(
    async (args: LoaderFunctionArgs) => {
      if ('refused' in args.context && !door.around) throw args.context.refused
      return tellingDamage(args, async () => answer(await open(door, args)))
    },
    { door },
  )
}

/** The answer of a loader at an address that only a form reaches: whoever asks for it otherwise comes to the page above it, where the form is. */
export const toItsForm = async ({ request }: { request: Request }): Promise<Response> => redirect(new URL(request.url).pathname.replace(/\/[^/]+$/, ''))

/** Makes an action. The write must come from our own pages; the form is read by its schema, once. */
export function guardAction<const D extends Door & { form: z.ZodType }, R>(door: D, answer: (opened: Opened<D> & { form: FormResult<z.infer<D['form']>> }) => Promise<R>) {
  return Object.assign(
    async (args: ActionFunctionArgs): Promise<R> => {
      try {
        const opened = await openForWriting(door, args)
        return await tellingDamage(args, async () => answer({ ...opened, form: (await readForm(args.request, door.form, door.mostBytes)) as FormResult<z.infer<D['form']>> }))
      } catch (thrown) {
        return leftToThePage(args.context, thrown) as never
      }
    },
    { door },
  )
}

/**
 * After an action that threw, Remix runs no loader of what stands around the page: a form refused without script would answer a page
 * that does not know who is signed in and has no menu. So the page's loader throws it instead.
 */
function leftToThePage(load: AppLoadContext, thrown: unknown) {
  const status = thrown instanceof Response ? thrown.status : 500
  if (!load.drawsPage || status < 400) throw thrown
  load.refused = thrown
  return data(null, { status })
}

async function openForWriting<D extends Door>(door: D, args: ActionFunctionArgs): Promise<Opened<D>> {
  try {
    refuseForeignOrigin(args)
    return await open(door, args)
  } catch (closed) {
    await dropBody(args.request)
    throw closed
  }
}

/**
 * Kept bytes whose hash no longer fits are never shown: the page says so, and the log says which. An address or a form that asks for
 * an identifier in other letters than any has asks for what is not there.
 */
async function tellingDamage<R>({ request, context: { app } }: Pick<LoaderFunctionArgs, 'request' | 'context'>, answer: () => Promise<R>): Promise<R> {
  try {
    return await answer()
  } catch (error) {
    if (failureOf(error) === 'noSuchText') throw notFound()
    if (!(error instanceof DamagedBytes)) throw error
    app.log('error', '保存した記録の指紋が合いません。表示しませんでした', { sha256: error.sha256, path: new URL(request.url).pathname })
    throw new Response('damaged', { status: 500 })
  }
}

/** Origin check on every write: browsers send Origin with each POST; `null` and other hosts are refused. */
function refuseForeignOrigin({ request, context: { app } }: ActionFunctionArgs): void {
  const origin = request.headers.get('Origin')
  const ours = origin !== null ? originIsOurs(origin, request.headers.get('Host'), app.settings.baseUrl) : request.headers.get('Sec-Fetch-Site') === 'same-origin'
  if (!ours) throw new Response('foreign origin', { status: 403 })
}
