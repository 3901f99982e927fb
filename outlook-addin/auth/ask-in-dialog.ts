import type { Config } from '../config'
import type { Host } from '../host/host'
import { dialogAddress } from './addresses'
import { parseAttempt, type Attempt } from './attempt'

/** Asks in the client's own window, for where no popup can open. */
export const askInDialog = async (config: Config, host: Pick<Host, 'dialog'>, window: Window): Promise<Attempt> => {
  const outcome = await host.dialog(dialogAddress(config, window))
  if (outcome.ended === 'closed') return { ok: false, miss: 'auth.cancelled' }
  if (outcome.ended !== 'message') return { ok: false, miss: 'auth.popup_blocked' }
  return parseAttempt(outcome.text)
}
