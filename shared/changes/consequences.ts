import type { Consequence } from '../change-plan'

type Params = readonly string[]
type Entry = { params: Params; tone: Consequence['tone'] }

/**
 * Every consequence that a plan can state: its parameters and how much it weighs. The code is the
 * phrase's key. `plan`, `role`, `from` and `to` are ids, or the name of a custom role; `cents` with `currency` is an amount,
 * `on` is a day.
 */
export const CONSEQUENCES = {
  'plan.user_invited': { params: ['email'], tone: 'neutral' },
  'plan.role_granted': { params: ['role'], tone: 'neutral' },
  'plan.role_changed': { params: ['from', 'to'], tone: 'neutral' },
  'plan.role_changes': { params: ['count', 'role'], tone: 'neutral' },
  'plan.workspaces_joined': { params: ['count'], tone: 'neutral' },
  'plan.access_suspended': { params: ['count'], tone: 'warning' },
  'plan.license_kept': { params: ['count', 'plan'], tone: 'neutral' },
  'plan.access_restored': { params: ['count'], tone: 'neutral' },
  'plan.invitation_kept': { params: ['count'], tone: 'neutral' },
  'plan.still_suspended': { params: ['count'], tone: 'warning' },
  'plan.license_restored': { params: ['count', 'plan'], tone: 'neutral' },
  'plan.license_lost': { params: ['count', 'plan'], tone: 'warning' },
  'plan.workspaces_restored': { params: ['count'], tone: 'neutral' },
  'plan.workspaces_lost': { params: ['count'], tone: 'warning' },
  'plan.contacts_not_returned': { params: ['count'], tone: 'warning' },
  'plan.license_freed': { params: ['count', 'plan'], tone: 'warning' },
  'plan.license_still_billed': { params: ['count', 'plan'], tone: 'warning' },
  'plan.workspaces_left': { params: ['count'], tone: 'warning' },
  'plan.contacts_unassigned': { params: ['count'], tone: 'warning' },
  'plan.contacts_reassigned': { params: ['count', 'name'], tone: 'neutral' },
  'plan.messages_live': { params: ['count'], tone: 'warning' },
  'plan.restorable_until': { params: ['days'], tone: 'neutral' },
  'plan.license_assigned': { params: ['count', 'plan'], tone: 'neutral' },
  'plan.license_changed': { params: ['count', 'from', 'to'], tone: 'neutral' },
  'plan.license_transferred': { params: ['plan', 'name'], tone: 'warning' },
  'plan.activation_sent': { params: ['count'], tone: 'neutral' },
  'plan.link_replaced': { params: ['count'], tone: 'neutral' },
  'plan.log_exported': { params: [], tone: 'neutral' },
  'plan.domain_users_kept': { params: ['count'], tone: 'warning' },
  'plan.domain_users_stay': { params: ['count'], tone: 'neutral' },
  'plan.domain_released': { params: ['domain'], tone: 'warning' },
  'plan.domain_covered': { params: ['domain'], tone: 'neutral' },
  'plan.domain_record_ends': { params: [], tone: 'neutral' },
  'plan.members_leave': { params: ['count'], tone: 'warning' },
  'plan.contacts_removed': { params: ['count'], tone: 'danger' },
  'plan.access_lost': { params: ['count'], tone: 'danger' },
  'plan.licenses_ended': { params: ['count'], tone: 'warning' },
  'plan.domains_released': { params: ['count'], tone: 'warning' },
  'plan.workspaces_closed': { params: ['count'], tone: 'warning' },
  'plan.message_closed': { params: ['count'], tone: 'warning' },
  'plan.message_opened_before': { params: ['count'], tone: 'warning' },
  'plan.licenses_bought': { params: ['count', 'plan', 'quantity'], tone: 'neutral' },
  'plan.licenses_given_up': { params: ['count', 'plan', 'quantity'], tone: 'warning' },
  'plan.licenses_exchanged': { params: ['count', 'from', 'to'], tone: 'neutral' },
  'plan.licenses_set_aside': { params: ['count', 'plan'], tone: 'warning' },
  'plan.licenses_renewed': { params: ['count', 'plan', 'on'], tone: 'neutral' },
  'plan.renews_by_itself': { params: ['on'], tone: 'neutral' },
  'plan.paid_until': { params: ['on'], tone: 'neutral' },
  'plan.costs': { params: ['cents', 'currency'], tone: 'neutral' },
  'plan.costs_nothing': { params: [], tone: 'neutral' },
  'plan.payment_first': { params: [], tone: 'warning' },
  'plan.nothing_refunded': { params: [], tone: 'warning' },
  'plan.log_lines_purged': { params: ['count', 'from', 'to'], tone: 'danger' },
  'plan.log_gone': { params: [], tone: 'danger' },
  'plan.pdf_gaps': { params: ['count'], tone: 'warning' },
  'plan.export_mailed': { params: ['count', 'email', 'days'], tone: 'warning' },
  'plan.log_seals_left': { params: ['count'], tone: 'neutral' },
  'plan.not_restorable': { params: [], tone: 'danger' },
} as const satisfies Record<string, Entry>

export type ConsequenceCode = keyof typeof CONSEQUENCES
type ParamsOf<C extends ConsequenceCode> = Record<(typeof CONSEQUENCES)[C]['params'][number], string | number>

/** One consequence with all of its parameters. */
export const consequence = <C extends ConsequenceCode>(code: C, params: ParamsOf<C>): Consequence => ({ code, params, tone: CONSEQUENCES[code].tone })

type Counted = { [C in ConsequenceCode]: 'count' extends (typeof CONSEQUENCES)[C]['params'][number] ? C : never }[ConsequenceCode]

/** As `consequence`, and nothing where there is nothing to count. */
export const counted = <C extends Counted>(code: C, params: ParamsOf<C> & { count: number }): Consequence[] => (params.count > 0 ? [consequence(code, params)] : [])

const sameKind = ({ code, params }: Consequence): string => JSON.stringify([code, { ...params, count: 0 }])

/** Consequences of many changes as those of one: the same ones are counted together. */
export const mergeConsequences = (all: readonly Consequence[]): Consequence[] => {
  const merged = new Map<string, Consequence>()
  for (const one of all) {
    const key = sameKind(one)
    const known = merged.get(key)
    if (known === undefined) merged.set(key, one)
    else if (typeof known.params.count === 'number' && typeof one.params.count === 'number') merged.set(key, { ...known, params: { ...known.params, count: known.params.count + one.params.count } })
  }
  return [...merged.values()]
}
