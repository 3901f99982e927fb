import { join } from 'node:path'
import { build } from './build.mjs'
import { ROOT } from './bundles.mjs'

/** `npm run orgdesk -- <command>`: the operator's command line, built first if its sources changed. */
process.chdir(ROOT)
try {
  await build({ only: ['server'], publicUrl: process.env.PUBLIC_URL, log: console.error })
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
await import(join(ROOT, 'dist/server/orgdesk.js'))
