import * as v from 'valibot'
import { planReplySchema } from '../api/wire'
import { REFUSALS, type Failure } from '../errors'
import { isRetryable, needsSignIn } from './failure.screen'
import type { Effect, Env } from './vocabulary'

const ISSUES: readonly string[] = ['request.invalid', 'file.unreadable', 'file.no_email_column', 'file.empty', 'file.too_many_rows', 'request.too_large', 'activation.code_wrong']

/**
 * The only place that says what a failed action leads to: bad input → beside its fields, a stale
 * version → the choice, a changed plan → the new plan, a lost session → sign-in, a refusal → told
 * and refreshed, no answer → a failure that keeps the key for the retry.
 */
export const settle = (lost: Failure, env: Env): Effect[] => {
  if (needsSignIn(lost)) return [{ do: 'signIn' }]
  if (lost.code === 'version.conflict') return [{ do: 'conflict', theirs: lost.extra }]
  if (lost.code === 'plan.changed' || lost.code === 'plan.refused') {
    const plan = v.safeParse(planReplySchema, lost.extra)
    if (plan.success) return [{ do: 'plan', plan: plan.output.plan, digest: plan.output.digest }]
  }
  if (lost.issues.length > 0) return [{ do: 'issues', issues: lost.issues }]
  if (ISSUES.includes(lost.code)) return [{ do: 'notify', tone: 'danger', text: env.t.code(lost.code) }]
  if (isRetryable(lost)) return [{ do: 'failure', failure: lost }]
  const tone = (REFUSALS as readonly string[]).includes(lost.code) ? 'warning' : 'danger'
  return [{ do: 'notify', tone, text: env.t.code(lost.code) }, { do: 'refresh', tags: ['me', 'users', 'licenses', 'mail'] }]
}
