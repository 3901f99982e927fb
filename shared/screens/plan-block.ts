import type { Plan, Refused } from '../change-plan'
import type { ActionRef, Block, Env, PlanGroup, Row } from './vocabulary'

const SHOWN = 20

const refusedRow = (refused: Refused, env: Env): Row => ({ id: refused.id, title: refused.label, sub: env.t.code(refused.code, refused.params), ...(refused.code === 'user.restorable' ? { open: { screen: 'users', params: { status: 'removed', q: refused.label } } } : {}) })

const groupsOf = (plan: Plan, env: Env): PlanGroup[] => {
  const targets: PlanGroup = { label: env.t('plan.will_change'), tone: 'success', count: plan.count, rows: plan.targets.slice(0, SHOWN).map((t) => ({ id: t.id, title: t.label })), folded: plan.count > 3 }
  const refused: PlanGroup = { label: env.t('plan.left_out'), tone: 'warning', count: plan.refusedCount, rows: plan.refused.slice(0, SHOWN).map((r) => refusedRow(r, env)) }
  return [...(plan.count > 1 || (plan.count > 0 && plan.refusedCount > 0) ? [targets] : []), ...(plan.refusedCount > 0 ? [refused] : [])]
}

const seatText = (plan: Plan, env: Env): string[] =>
  plan.seats.map((seat) => env.t(seat.takes >= 0 ? 'plan.seats_taken' : 'plan.seats_freed', { count: Math.abs(seat.takes), plan: env.t.code(`plan_name.${seat.plan}`), available: seat.available }))

/** Seats tell of a freed license together with how many are left: said once. */
const isToldBySeats = (plan: Plan, { code, params }: Plan['consequences'][number]): boolean =>
  code === 'plan.license_freed' && plan.seats.some((seat) => seat.plan === params['plan'] && seat.takes === -Number(params['count']))

/** The only one whom a change reaches stands in its title, so that nobody confirms it for the wrong one. */
const titleOf = (plan: Plan, env: Env): string => {
  const [only] = plan.targets
  if (plan.count === 0) return env.t('plan.nothing_left')
  return plan.count === 1 && plan.refusedCount === 0 && only !== undefined && only.label !== '' ? env.t('plan.title_for', { name: only.label }) : env.t('plan.title')
}

/** Any plan of any change, drawn the same way: what it touches, what it leaves out and why, what it costs. */
export const planBlock = (plan: Plan, digest: string, apply: ActionRef | null, env: Env): Block => ({
  is: 'plan',
  digest,
  title: titleOf(plan, env),
  groups: groupsOf(plan, env),
  costs: [...plan.consequences.filter((consequence) => !isToldBySeats(plan, consequence)).map((c) => env.t.code(c.code, c.params)), ...seatText(plan, env)],
  apply,
})
