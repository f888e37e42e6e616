import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

const underTest = process.env.VITEST !== undefined

/** What takes longest begins first, so that no process is left alone at the end: a fresh clone remembers no times of its own. */
async function longestFirst() {
  const { BaseSequencer } = await import('vitest/node')
  const rank = ({ moduleId }) => [/\/journeys\/pages/, /\/demo\/any-day/, /\/journeys\//, /\/(access-table|ledger-words|dossier|request-mail|product|own-content)\.test/, /./].findIndex((kind) => kind.test(moduleId))
  return class extends BaseSequencer {
    async sort(files) {
      return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
    }
  }
}

/**
 * Few requests matter more to a phone in a shop than small ones: what a learner's pages share comes in two files, and what only
 * offices use in a third that no learner loads.
 */
function fewFiles(id, { getModuleInfo }) {
  if (/node_modules/.test(id)) return 'frame'
  if (!/\/app\/(ui|domain)\//.test(id)) return undefined
  const seen = new Set([id])
  for (const one of seen) {
    if (/\/app\/(root|entry\.client|routes\/(learn|account)\/)/.test(one)) return 'page'
    for (const importer of getModuleInfo(one)?.importers ?? []) seen.add(importer)
  }
  return 'office'
}

export default defineConfig(async ({ isSsrBuild }) => ({
  plugins: [
    tailwindcss(),
    !underTest &&
      remix({
        appDirectory: 'app',
        ignoredRouteFiles: ['**/*'],
        serverModuleFormat: 'esm',
        future: {
          v3_fetcherPersist: true,
          // each click would ask for a piece of the route manifest first: one request more per page for a map of 3 KB
          v3_lazyRouteDiscovery: false,
          v3_relativeSplatPath: true,
          v3_routeConfig: true,
          v3_singleFetch: true,
          v3_throwAbortReason: true,
        },
      }),
  ],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // A route without a page leaves an empty piece in the browser's half: that is meant, every other warning is shown.
    rollupOptions: {
      onwarn: (warning, warn) => void (warning.code !== 'EMPTY_BUNDLE' && warn(warning)),
      ...(isSsrBuild ? {} : { output: { manualChunks: fewFiles } }),
    },
  },
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    globalSetup: ['tests/support/engines.ts'],
    setupFiles: ['tests/support/quiet.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    ...(underTest && { sequence: { sequencer: await longestFirst() } }),
  },
}))
