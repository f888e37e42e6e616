import { guardLoader, notFound } from '../http/guard.server'

/** Every address that is not on the map: the refusal comes in the frame of the site, for whoever is here. */
export const loader = guardLoader({ act: 'anyone', beforeNotice: true }, async () => {
  throw notFound()
})

export default function Missing() {
  return null
}
