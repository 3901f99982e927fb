import { CacheLookupPolicy, createNestablePublicClientApplication, createStandardPublicClientApplication } from '@azure/msal-browser'
import type { AccountInfo, AuthenticationResult, IPublicClientApplication } from '@azure/msal-browser'
import type { Config } from '../config'
import { attempt, attemptReturned } from './attempt'
import type { Attempt } from './attempt'
import { watchPopup } from './popup'
import { isPlainOpenId, settingsFor } from './settings'

/** MSAL, reduced to what signing in needs. Nothing here rejects. */
export type Client = {
  silent(fresh: boolean): Promise<Attempt>
  /** `another`: let the person choose who they are. */
  popup(another: boolean): Promise<Attempt>
  /** For a page of its own: what came back with it, or null once it leaves for the provider. */
  redirect(): Promise<Attempt | null>
  /** Drops every account and token of this browser; the client is of no use after it. */
  forget(): Promise<void>
}

/** How long the mail client may take to answer without showing anything, in milliseconds. */
const BRIDGE_TIMEOUT_MS = 5_000
const SILENT_TIMEOUT_MS = 15_000

const within = <T>(window: Window, timeoutMs: number, work: Promise<T>, otherwise: T): Promise<T> => {
  let silence = 0
  const late = new Promise<T>((settle) => { silence = window.setTimeout(() => settle(otherwise), timeoutMs) })
  return Promise.race([work, late]).finally(() => window.clearTimeout(silence))
}

/** The account of the mailbox before the one last used, which may be of another mailbox in the same browser; else the only one. */
export const accountFor = (accounts: AccountInfo[], address: string | null, lastUsed: AccountInfo | null): AccountInfo | undefined => {
  const own = accounts.find(({ username }) => address !== null && username.toLowerCase() === address.toLowerCase())
  return own ?? lastUsed ?? (accounts.length === 1 ? accounts[0] : undefined)
}

/** Removes what MSAL keeps in the storage of our own origin. */
const dropStored = (window: Window): void => {
  try {
    for (const storage of [window.localStorage, window.sessionStorage]) {
      const own = Object.keys(storage).filter((key) => key.startsWith('msal.'))
      for (const key of own) storage.removeItem(key)
    }
  } catch {
    // A page that may keep nothing has nothing stored.
  }
}

/** The client's own sign-in where `nested` and it answers, otherwise that of the browser. */
const applicationFor = async (config: Config, window: Window, nested: boolean): Promise<IPublicClientApplication> => {
  const settings = settingsFor(config, window)
  const own = nested ? await within(window, BRIDGE_TIMEOUT_MS, createNestablePublicClientApplication(settings), null) : null
  return own ?? createStandardPublicClientApplication(settings)
}

/** Connects MSAL. `nested`: try the mail client's own sign-in first. Rejects only where the browser can do no cryptography. */
export const connect = async (config: Config, address: string | null, window: Window, nested: boolean): Promise<Client> => {
  const application = await applicationFor(config, window, nested)
  const scopes = [config.scope]
  const own = () => accountFor(application.getAllAccounts(), address, application.getActiveAccount())
  const remember = (result: AuthenticationResult) => {
    application.setActiveAccount(result.account)
    return result
  }
  return {
    silent: (fresh) => within<Attempt>(window, SILENT_TIMEOUT_MS, attempt(application.acquireTokenSilent({
      scopes,
      account: own(),
      forceRefresh: fresh,
      // Not through a hidden frame: browsers keep the provider's cookie from it, and it costs seconds.
      cacheLookupPolicy: fresh ? CacheLookupPolicy.RefreshToken : CacheLookupPolicy.AccessTokenAndRefreshToken,
    })), { ok: false, miss: 'network.timeout' }),
    popup: async (another) => {
      const watch = watchPopup(application, window)
      const request = {
        scopes,
        overrideInteractionInProgress: true,
        ...(another ? { prompt: isPlainOpenId(config) ? 'login' : 'select_account' } : { loginHint: address ?? undefined }),
      }
      const closed = watch.closed.then((): Attempt => ({ ok: false, miss: 'auth.cancelled' }))
      return Promise.race([attempt(application.acquireTokenPopup(request).then(remember)), closed]).finally(watch.stop)
    },
    redirect: async () => {
      const returned = await attemptReturned(application.handleRedirectPromise())
      if (!returned) await application.acquireTokenRedirect({ scopes })
      return returned
    },
    // The mail client's own sign-in keeps copies of its tokens in our storage, and has no way of its own to drop them.
    forget: async () => {
      await application.clearCache().catch(() => undefined)
      dropStored(window)
    },
  }
}
