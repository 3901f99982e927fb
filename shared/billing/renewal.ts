import { holds, type Viewer } from '../access/access.policy'
import type { Ability } from '../access/abilities'

/** A calendar day in UTC, `2026-03-02`. */
export type Day = string

/** A pool as far as its term is concerned; `told` is the last stage that people have been told of in this term. */
export type PoolTerm = { quantity: number; renewsOn: Day | null; told: number }

/** From this many days before its end a term can be paid for anew, and people are told of it. */
export const RENEWAL_OPENS_DAYS = 30
/** They are told again this many days before, on the day itself, and this many days after, while it is not paid. */
const TOLD_AGAIN_DAYS = 7
const OVERDUE_AGAIN_DAYS = 14

/** The first stage of a term that is over. */
export const OVERDUE_STAGE = 3

const DAY_MS = 86_400_000

/** How many days lie between two days. */
const daysUntil = (day: Day, today: Day): number => Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS)

/** The same day a year later; the 29th of February becomes the 28th. */
export const yearAfter = (day: Day): Day => {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${Number(year) + 1}-${month}-${month === '02' && date === '29' ? '28' : date}`
}

/** How far a term has come: 0 as long as there is nothing to tell, 3 once it is over, 4 once it has been over for long. */
export const renewalStage = (renewsOn: Day, today: Day): 0 | 1 | 2 | 3 | 4 => {
  const left = daysUntil(renewsOn, today)
  if (left > RENEWAL_OPENS_DAYS) return 0
  if (left > TOLD_AGAIN_DAYS) return 1
  if (left > 0) return 2
  return left > -OVERDUE_AGAIN_DAYS ? 3 : 4
}

/** What the end of a term asks for on a day; `byItself`: it renews without anybody paying first. Stages that were missed are not made up for. */
export const renewalStep = ({ quantity, renewsOn, told }: PoolTerm, today: Day, byItself: boolean): { do: 'nothing' | 'renew' } | { do: 'tell'; stage: number } => {
  if (renewsOn === null || quantity === 0) return { do: 'nothing' }
  if (byItself && renewsOn <= today) return { do: 'renew' }
  const stage = renewalStage(renewsOn, today)
  return stage > told ? { do: 'tell', stage } : { do: 'nothing' }
}

/** What can be said of a pool's renewal beside its term; `waits`: such an order is there, and not paid yet. */
export type Renewing = { byItself: boolean; waits: boolean }

/** Whether the viewer may renew a pool now: what renews by itself needs nobody, and a term is paid for when it nears its end. */
export const renewAbility = ({ quantity, renewsOn }: Omit<PoolTerm, 'told'>, { byItself, waits }: Renewing, viewer: Viewer, today: Day): Ability => {
  if (!holds(viewer, 'subscription.manage')) return 'access.denied'
  if (renewsOn === null || quantity === 0 || byItself || renewalStage(renewsOn, today) === 0) return 'order.renewal_not_due'
  return waits ? 'order.renewal_waits' : true
}
