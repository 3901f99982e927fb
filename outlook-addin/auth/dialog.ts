import { createStandardPublicClientApplication } from '@azure/msal-browser'
import { readConfig } from '../config'
import type { Config } from '../config'
import { tellPane } from '../host/dialog-page'
import { restoreHistory } from '../host/history'
import { attempt } from './attempt'
import type { Attempt } from './attempt'
import { settingsFor } from './settings'

/**
 * The page that the mail client shows in a window of its own where no popup can open. It goes to the
 * identity provider, comes back, and tells the pane what came of it.
 */
const signIn = async (config: Config): Promise<Attempt | null> => {
  const application = await createStandardPublicClientApplication(settingsFor(config, window))
  const answered = application.handleRedirectPromise()
  if ((await answered.catch(() => true)) !== null) return attempt(answered.then((answer) => answer ?? Promise.reject(new Error('no answer'))))
  await application.acquireTokenRedirect({ scopes: [config.scope] })
  return null
}

const run = async (): Promise<void> => {
  restoreHistory(window.history)
  const config = readConfig(document)
  const outcome = config && (await signIn(config).catch((): Attempt => ({ ok: false, miss: 'network.unreachable' })))
  if (outcome) await tellPane(window.location.origin, JSON.stringify(outcome))
}

void run()
