import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { TrackName } from '../domain/tracks'
import { Foot } from './masthead'
import { Printed } from './printed'

/** The frame of a page: main, width, footer; `printed` is what its paper says it is of, where the title alone does not, and `track` in which words. */
export function Page({ width = '', printed, track, children }: { width?: '' | 'wrap-narrow' | 'wrap-mid'; printed?: string; track?: TrackName; children: ReactNode }) {
  return (
    <>
      <main id="main">
        <div className={`wrap ${width}`.trim()}>
          <Printed what={printed} track={track} />
          {children}
        </div>
      </main>
      <Foot />
    </>
  )
}

/** Back link, the one h1, the lead and the lines under it. */
export function PageHead({ back, title, lead, asOf }: { back?: { to: string; label: string }; title: ReactNode; lead?: ReactNode; asOf?: ReactNode }) {
  return (
    <>
      {back && <Link className="back" to={back.to}>← {back.label}</Link>}
      <div className="head">
        <h1>{title}</h1>
        {lead !== undefined && <p className="lead">{lead}</p>}
        {asOf !== undefined && <p className="asof">{asOf}</p>}
      </div>
    </>
  )
}
