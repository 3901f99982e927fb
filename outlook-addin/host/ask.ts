import { failure } from '../../shared/errors'
import type { Failure } from '../../shared/errors'
import { arrived, failed } from '../../shared/kit/result'
import type { Result } from '../../shared/kit/result'

/** The clock of the pane, so that tests need not wait. */
export type Timer = { set(run: () => void, ms: number): number; clear(handle: number): void }

/** Puts one question to office.js and waits for its answer at most `timeoutMs`. */
export type Ask = <T>(question: (answer: (result: Office.AsyncResult<T>) => void) => void, timeoutMs?: number) => Promise<Result<T, Failure>>

/** How long the host may think about a quick question, in milliseconds. */
export const ANSWER_TIMEOUT_MS = 3_000

const SUCCEEDED = 'succeeded'

/**
 * The only promisifier. Anything but success is `host.refused`: a failed status, a question that
 * throws, a status nobody knows. Silence is `network.timeout`; a late answer is dropped.
 */
export const createAsk = (timer: Timer): Ask => (question, timeoutMs = ANSWER_TIMEOUT_MS) =>
  new Promise((settle) => {
    const silence = timer.set(() => settle(failed(failure('network.timeout'))), timeoutMs)
    const answer = (result: Office.AsyncResult<never> | undefined) => {
      timer.clear(silence)
      settle(String(result?.status) === SUCCEEDED && result ? arrived(result.value) : failed(failure('host.refused')))
    }
    try {
      question((result) => answer(result as Office.AsyncResult<never>))
    } catch {
      answer(undefined)
    }
  })
