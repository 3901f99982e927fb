/**
 * What a change will do, as data: computed by a pure function on a snapshot, shown by the fronts,
 * recomputed by the server under the lock. Codes with parameters; `shared/screens` words them.
 */

/** One consequence, counted from real data. `code` is a phrase key below `plan.` (`plan.license_freed`). */
export type Consequence = { code: string; params: Record<string, string | number>; tone: 'neutral' | 'warning' | 'danger' }

/** One thing that the change leaves out, and why (`code` is a refusal or issue code). */
export type Refused = { id: string; label: string; code: string; params?: Record<string, string | number> }

/** Licenses of one plan that the change takes (positive) or frees (negative), against what is available now. */
export type SeatChange = { plan: string; takes: number; available: number }

/**
 * `kind` names the change (`user.remove`). `targets` are what it will touch, capped at 100 for
 * showing; `count` is all of them. A plan without targets is wholly refused (422).
 */
export type Plan = {
  kind: string
  count: number
  targets: { id: string; label: string }[]
  consequences: Consequence[]
  refused: Refused[]
  refusedCount: number
  seats: SeatChange[]
}
