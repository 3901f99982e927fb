import type { Failure } from '../errors'
import type { ActionRef, Block, Env, Link, Screen } from './vocabulary'

/** Failures after which the same request may well work. */
const RETRYABLE: readonly string[] = ['network.unreachable', 'network.timeout', 'server.busy', 'server.failed', 'limit.reached', 'reply.unreadable', 'idempotency.in_flight', 'screen.broken']
const SIGN_IN: readonly string[] = ['auth.required', 'auth.expired', 'auth.invalid', 'auth.cancelled', 'auth.popup_blocked']

/** Whether a failure is mended by signing in. */
export const needsSignIn = (failure: Failure): boolean => SIGN_IN.includes(failure.code)
/** Whether the same request, with the same key, may be sent again. */
export const isRetryable = (failure: Failure): boolean => RETRYABLE.includes(failure.code)

const sentence = (failure: Failure, env: Env): string => {
  const wait = failure.retryAfterS === undefined ? [] : [env.t('failure.retry_after', { count: failure.retryAfterS })]
  const issues = failure.issues.map((issue) => env.t.code(issue.code, issue.params))
  return [env.t.code(failure.code), ...issues, ...wait].join(' ')
}

/** The same screen once more. */
export const retryRef = (env: Env): ActionRef => ({ action: 'screen.retry', args: {}, label: env.t('common.retry'), enabled: true })

const retryAction = (failure: Failure, env: Env): ActionRef | undefined => {
  if (needsSignIn(failure)) return { action: 'session.sign_in', args: {}, label: env.t('common.sign_in'), tone: 'primary', enabled: true }
  if (isRetryable(failure)) return { ...retryRef(env), tone: 'primary' }
  return undefined
}

/** Out of a failure: where another file can be chosen if this one was no good, else home, unless this is home. */
const wayOut = ({ code }: Failure, env: Env, here?: Link): { label: string; open: Link } | undefined => {
  if (code.startsWith('file.') && here?.screen === 'import') return { label: env.t('import.choose_other'), open: { screen: 'imports', params: {} } }
  return here?.screen === 'home' ? undefined : { label: env.t('common.home'), open: { screen: 'home', params: {} } }
}

/** What went wrong and what to do next, as one block on the screen `here`. */
export const failureBlock = (failure: Failure, env: Env, here?: Link) => ({
  is: 'failure' as const,
  failure,
  title: env.t(needsSignIn(failure) ? 'failure.sign_in_title' : 'failure.title'),
  text: sentence(failure, env),
  retry: retryAction(failure, env),
  way: needsSignIn(failure) ? undefined : wayOut(failure, env, here),
  support: env.supportUrl,
}) satisfies Block

/** A whole screen that failed: it is called so, and its block does not say so again. */
export const failureScreen = (failure: Failure, env: Env, here?: Link): Screen => {
  const { title, ...block } = failureBlock(failure, env, here)
  return { title, blocks: [block] }
}
