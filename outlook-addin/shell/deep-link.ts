import type { Params } from '../../shared/screens/vocabulary'

const MAX_LENGTH = 1_500
const SCREEN = 'screen'
/** Parameters that clients add to the address of every pane. */
const FOREIGN = /^(_host_Info|et|wdpid|isSpa)$/i

/** The screen and parameters that an address asks for (`?screen=users&status=pending`); null where it asks for none. */
export const deepLinkOf = (search: string): { screen: string; params: Params } | null => {
  if (search.length > MAX_LENGTH) return null
  const query = new URLSearchParams(search)
  const screen = query.get(SCREEN)
  if (screen === null || screen === '') return null
  return { screen, params: Object.fromEntries([...query].filter(([name]) => name !== SCREEN && !FOREIGN.test(name))) }
}
