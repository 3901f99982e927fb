import type { Configuration } from '@azure/msal-browser'
import type { Config } from '../config'
import { blankAddress, isInForeignFrame, redirectAddress } from './addresses'

/** A person may need this long for a password and a second factor, in milliseconds. */
export const POPUP_TIMEOUT_MS = 300_000

const keepsStorage = (window: Window): boolean => {
  const key = 'orgdesk.probe'
  try {
    window.localStorage.setItem(key, key)
    window.localStorage.removeItem(key)
    return true
  } catch {
    return false
  }
}

/** Whether the provider is another than Microsoft's own, which needs plain OpenID. */
export const isPlainOpenId = (config: Config): boolean => Boolean(config.authorityMetadata ?? config.knownAuthorities)

/** The settings of MSAL for this page. */
export const settingsFor = (config: Config, window: Window): Configuration => {
  const foreign = isInForeignFrame(window)
  return {
    auth: {
      clientId: config.clientId,
      authority: config.authority,
      knownAuthorities: config.knownAuthorities ?? (config.authorityMetadata ? [new URL(config.authority).host] : []),
      ...(config.authorityMetadata !== undefined && {
        authorityMetadata: config.authorityMetadata,
        // A provider without consent to be asked for drops `offline_access`; it renews without.
        OIDCOptions: { defaultScopes: ['openid', 'profile'] },
      }),
      redirectUri: foreign ? blankAddress(config, window) : redirectAddress(config, window),
    },
    cache: { cacheLocation: keepsStorage(window) ? 'localStorage' : 'memoryStorage' },
    system: {
      enableLegacyPolling: foreign,
      popupBridgeTimeout: POPUP_TIMEOUT_MS,
      ...(isPlainOpenId(config) && { protocolMode: 'OIDC' }),
      // Its messages can name people; what matters comes back as a code.
      loggerOptions: { loggerCallback: () => undefined, piiLoggingEnabled: false },
    },
  }
}
