import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { findBrowser } from './doubles/chromium'

/** Before tests that run on built bundles: builds those whose sources changed, and unpacks the browser while nobody else does. */
const buildBundles = async () => {
  const root = join(__dirname, '..')
  execFileSync(process.execPath, ['tooling/build.mjs', 'outlook', 'gmail', 'server', 'preview'], { cwd: root, stdio: 'inherit' })
  await findBrowser()
}

export default buildBundles
