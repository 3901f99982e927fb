import { PLACEHOLDER_URL } from './bundles.mjs'

/**
 * The addresses besides the public URL that a Gmail bundle is built with, from the same settings that the
 * server reads: the origin of message links and the support page; empty where there is none.
 */
export const gmailAddresses = (env = process.env) => ({
  messageOrigin: (env.MESSAGE_ORIGIN ?? '').replace(/\/+$/, ''),
  supportUrl: env.SUPPORT_URL ?? '',
})

/** Gmail opens links below these addresses only: https, a full host, a path. */
const linkPrefixOf = (url) => (url.startsWith('https://') ? [`${new URL(url).origin}/`] : [])

/**
 * The Apps Script manifest with the placeholder host replaced by `publicUrl` (an https origin, no trailing
 * slash), and with leave to open the support page.
 */
export const completeAppsScript = (manifest, publicUrl, { supportUrl } = gmailAddresses()) => {
  const completed = JSON.parse(JSON.stringify(manifest).replaceAll(PLACEHOLDER_URL, publicUrl))
  const { common } = completed.addOns
  return {
    ...completed,
    addOns: { ...completed.addOns, common: { ...common, openLinkUrlPrefixes: [...new Set([...common.openLinkUrlPrefixes, ...linkPrefixOf(supportUrl)])] } },
  }
}
