import type { tokens as fluentTokens } from '@fluentui/react-components'

/**
 * Fluent's design tokens by name. Each is a custom property that the theme sets, so the names alone
 * say all: Fluent's own table of them would be 30 KB more before the first paint.
 */
export const tokens = new Proxy({}, { get: (_, name) => `var(--${String(name)})` }) as typeof fluentTokens
