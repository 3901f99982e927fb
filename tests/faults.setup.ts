import buildBundles from './bundles.setup'
import startPostgres from './postgres.setup'

/** Before fault tests: what is built is what is shot at, and the store's tests have a PostgreSQL of the run. */
export default async function setup(): Promise<void> {
  await buildBundles()
  await startPostgres()
}
