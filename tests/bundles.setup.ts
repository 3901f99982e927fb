import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { findBrowser } from './doubles/chromium'

/** Before tests that run on built bundles: builds those whose sources changed, and unpacks the browser while nobody else does; a run that needs none says so. */
const buildBundles = async () => {
  if (process.env['ORGDESK_TEST_BUNDLES'] === 'as they are') return
  const root = join(__dirname, '..')
  execFileSync(process.execPath, ['tooling/build.mjs', 'outlook', 'gmail', 'server', 'preview'], { cwd: root, stdio: 'inherit' })
  await findBrowser()
}

export default buildBundles
