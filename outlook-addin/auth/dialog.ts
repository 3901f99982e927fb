import { readConfig } from '../config'
import type { Config } from '../config'
import { tellPane } from '../host/dialog-page'
import { restoreHistory } from '../host/history'
import type { Attempt } from './attempt'

/**
 * The page that the mail client shows in a window of its own where no popup can open. It goes to the
 * identity provider, comes back, and tells the pane what came of it.
 */
const signIn = async (config: Config): Promise<Attempt | null> => {
  // The pane's own chunk: it is in the cache already.
  const { connect } = await import(/* webpackChunkName: "msal" */ './client')
  const client = await connect(config, null, window, false)
  return client.redirect()
}

const run = async (): Promise<void> => {
  restoreHistory(window.history)
  const config = readConfig(document)
  const outcome = config && (await signIn(config).catch((): Attempt => ({ ok: false, miss: 'network.unreachable' })))
  if (outcome) await tellPane(window.location.origin, JSON.stringify(outcome))
}

void run()
