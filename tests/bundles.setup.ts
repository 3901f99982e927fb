import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** Before tests that run on built bundles: builds those whose sources changed. */
const buildBundles = () => {
  const root = join(__dirname, '..')
  execFileSync(process.execPath, ['tooling/build.mjs', 'outlook', 'gmail', 'server', 'preview'], { cwd: root, stdio: 'inherit' })
}

export default buildBundles
