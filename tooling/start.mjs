import { join } from 'node:path'
import { build } from './build.mjs'
import { BUNDLES, PRODUCTION_BUNDLES, ROOT } from './bundles.mjs'

/**
 * `npm start`: builds what changed, then becomes the server. The server runs in
 * this very process, so signals and the exit code are its own.
 */
process.chdir(ROOT)
process.env.MODE ??= 'demo'
try {
  const only = process.env.MODE === 'demo' ? BUNDLES : PRODUCTION_BUNDLES
  await build({ only, publicUrl: process.env.PUBLIC_URL, log: console.log })
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
await import(join(ROOT, 'dist/server/main.js'))
