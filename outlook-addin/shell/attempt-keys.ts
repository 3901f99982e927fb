import type { Failure } from '../../shared/errors'
import { isRetryable } from '../../shared/screens/failure.screen'
import type { ActionRef, Draft } from '../../shared/screens/vocabulary'
import { actionKey } from '../blocks/pane'

/** What is asked of the server, so that the same request has the same key. */
export const fingerprint = (ref: ActionRef, screen: string, { values, selected, files }: Draft): string => JSON.stringify([actionKey(ref), screen, values, selected, files])

/** Idempotency keys by what is asked. */
export type AttemptKeys = { of(what: string): string; settle(what: string): void }

/** A key lives until the server has decided: a click after a lost answer is then known to be the same one. */
export const createKeys = (newId: () => string): AttemptKeys => {
  const keys = new Map<string, string>()
  return {
    of: (what) => {
      const key = keys.get(what) ?? newId()
      keys.set(what, key)
      return key
    },
    settle: (what) => { keys.delete(what) },
  }
}

/** Whether the server may or may not have done it, or has not looked at it yet. */
export const isUndecided = (failure: Failure): boolean => isRetryable(failure) || failure.code.startsWith('auth.')
