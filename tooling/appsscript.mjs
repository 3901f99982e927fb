import { PLACEHOLDER_URL } from './bundles.mjs'

/** The Apps Script manifest with the placeholder host replaced by `publicUrl` (an https origin, no trailing slash). */
export const completeAppsScript = (manifest, publicUrl) =>
  JSON.parse(JSON.stringify(manifest).replaceAll(PLACEHOLDER_URL, publicUrl))
