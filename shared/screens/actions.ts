import type { AnyAction } from './define'
import type { ActionId } from './ids'
import { sessionActions } from './session.actions'

/** All actions: one exhaustive table, driven by `actionStep` in both hosts. */
export const ACTIONS: Record<ActionId, AnyAction> = {
  ...sessionActions,
}
