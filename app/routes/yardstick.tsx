import { guardLoader, notFound } from '../http/guard.server'

/** The empty route that `npm run bench` measures the others against: same guard, same layout, nothing else. */
export const loader = guardLoader({ act: 'learn' }, async ({ context }) => {
  if (!context.settings.bench) throw notFound()
  return null
})

export default function Yardstick() {
  return <main id="main" />
}
