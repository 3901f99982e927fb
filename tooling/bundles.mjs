import { existsSync, readdirSync } from 'node:fs'
import { basename, join, relative } from 'node:path'

/** The project root: every path below is relative to it. */
export const ROOT = join(import.meta.dirname, '..')

/** Where the add-ins are served when nobody said otherwise; never a real host. */
export const PLACEHOLDER_URL = 'https://orgdesk.example'

/** Every bundle that the build knows, in the order in which it reports them. */
export const BUNDLES = ['outlook', 'gmail', 'server', 'preview']

/** What is installed for customers; the preview belongs to the demo. */
export const PRODUCTION_BUNDLES = ['outlook', 'gmail', 'server']

const ENTRIES = {
  outlook: {
    taskpane: 'outlook-addin/index.tsx',
    activate: 'outlook-addin/activate.tsx',
    redirect: 'outlook-addin/auth/redirect.ts',
    dialog: 'outlook-addin/auth/dialog.ts',
  },
  gmail: { code: 'gmail-addon/index.ts' },
  server: { main: 'server/main.ts', orgdesk: 'server/cli/orgdesk.ts' },
  preview: { index: 'preview/index.tsx', gmail: 'preview/gmail.tsx', office: 'preview/office.ts' },
}

/** Files and folders whose content decides whether a bundle is built again. */
export const INPUTS = {
  outlook: ['shared', 'outlook-addin', 'manifest.xml'],
  gmail: ['shared', 'gmail-addon', 'appsscript.json'],
  server: ['shared', 'server', 'gmail-addon/cards'],
  preview: ['shared', 'preview', 'outlook-addin', 'gmail-addon', 'tests/doubles'],
}

/** Inputs of every bundle. */
export const COMMON_INPUTS = ['webpack.config.js', 'tooling', 'package-lock.json']

/** Files below a folder of the project, as paths relative to the root; none when it does not exist. */
export function filesBelow(folder) {
  const absolute = join(ROOT, folder)
  if (!existsSync(absolute)) return []
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)))
}

/**
 * The entries of a bundle that exist, as `{ name: './path' }`. Workers of the
 * server (`*.worker.ts`) are entries too: a thread starts from a file of its own.
 */
export function entriesOf(bundle) {
  const workers = bundle === 'server'
    ? filesBelow('server').filter((path) => path.endsWith('.worker.ts')).map((path) => [basename(path, '.ts'), path])
    : []
  return Object.fromEntries(
    [...Object.entries(ENTRIES[bundle]), ...workers]
      .filter(([, path]) => existsSync(join(ROOT, path)))
      .map(([name, path]) => [name, `./${path}`]),
  )
}
