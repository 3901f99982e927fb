import type { Ability } from '../access/abilities'
import { holds, type Viewer } from '../access/access.policy'
import type { Plan } from '../change-plan'
import { consequence } from '../changes/consequences'
import { refusedOf, toPlan } from '../changes/decision'
import type { Retention } from './reports.model'

/** What a purge is decided on: the months beyond the retention, whether a file of them was received, and whether one is on its way out. */
export type PurgeSnapshot = Pick<Retention, 'months' | 'lines' | 'through' | 'exported' | 'purging'>

/** Whether the viewer may take these months out of the log: once somebody has received a file of them. */
export const purgeAbility = ({ months, exported, purging }: PurgeSnapshot, viewer: Viewer): Ability => {
  if (!holds(viewer, 'settings.manage')) return 'access.denied'
  if (purging) return 'log.purging'
  if (months.length === 0) return 'log.nothing_to_purge'
  return exported === null ? 'log.export_required' : true
}

/** Takes whole months out of the log for good; a signed seal stays for each. Targets are months, as `2025-03`. */
export const planPurge = (snapshot: PurgeSnapshot, viewer: Viewer): { plan: Plan } => {
  const targets = snapshot.months.map(({ month }) => ({ id: month, label: month }))
  const allowed = purgeAbility(snapshot, viewer)
  const [first] = targets
  const last = targets[targets.length - 1]
  if (allowed !== true || first === undefined || last === undefined) {
    return { plan: toPlan('log.purge', { refused: [refusedOf(first ?? { id: 'log', label: '' }, allowed === true ? 'log.nothing_to_purge' : allowed)] }) }
  }
  const consequences = [
    consequence('plan.log_lines_purged', { count: snapshot.lines, from: first.label, to: last.label }),
    consequence('plan.log_seals_left', { count: targets.length }),
    consequence('plan.log_gone', {}),
  ]
  return { plan: toPlan('log.purge', { targets, consequences }) }
}
