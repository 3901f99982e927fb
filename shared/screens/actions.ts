import { accountActions } from './account/account.actions'
import { activationActions } from './activation/activation.actions'
import type { AnyAction } from './define'
import type { ActionId } from './ids'
import { importsActions } from './imports/imports.actions'
import { licensesActions } from './licenses/licenses.actions'
import { navActions } from './nav.actions'
import { sessionActions } from './session.actions'

/** All actions: one exhaustive table, driven by `actionStep` in both hosts. */
export const ACTIONS: Record<ActionId, AnyAction> = {
  ...sessionActions,
  ...navActions,
  ...accountActions,
  ...importsActions,
  ...licensesActions,
  ...activationActions,
}
