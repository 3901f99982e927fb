import { permissionsOf } from '../../shared/access/roles'
import { planUserImport, type PlannedRow } from '../../shared/imports/imports.plan'
import { settingsOf } from '../actions/settings'
import { addUsers, type UserToAdd } from '../actions/users/add.store'
import type { Viewer } from '../identity/viewer'
import { settleImportRows, type ImportKey, type RowOutcome } from '../store/imports'
import type { Change } from '../store/transactions'
import type { PlannedInput } from './session'
import { toSnapshot, type SnapshotData } from './snapshot'
import { readSnapshot } from './snapshot.read'

/** How many rows of a chunk went in and came back. */
export type ChunkCounts = { applied: number; rejected: number }

/**
 * Plans a part of a file anew under the organization's lock, by the same rule as the preview, and does
 * what the plan says. All of it is stored with the change, so each row is done once or not at all.
 */
export async function applyChunk(change: Change, viewer: Viewer, key: ImportKey, inputs: readonly PlannedInput[], withoutLicense: boolean): Promise<ChunkCounts> {
  const firstRows = new Map(inputs.filter((input) => input.key !== '').map((input) => [input.key, input.firstRow]))
  const data = await readSnapshot(change.db, viewer, settingsOf(change.organization.settings), change.now, {
    keys: JSON.stringify([...firstRows.keys()]), except: { importId: key.importId, rows: earlierRows(inputs) },
  })
  await change.breathe()
  const plan = planUserImport(inputs, toSnapshot(data), { withoutLicense, firstRows })
  const domains = new Map(inputs.map(({ row, domain }) => [row, domain]))
  const ready = plan.rows.filter(({ status }) => status === 'ready').map((row) => ({ row, user: userOf(row, data, change.newId(), domains) }))
  const pools = data.pools.map(({ plan: name, available }) => ({ plan: name, quantity: available, assigned: 0 }))
  await addUsers(change, viewer, { pools, workspaces: data.workspaces }, ready.map(({ user }) => user), true)
  const idByRow = new Map(ready.map(({ row, user }) => [row.row, user.id]))
  change.send(settleImportRows(change.db, key, plan.rows.map(({ row, status, issues }): RowOutcome => ({ row, outcome: status === 'ready' ? 'applied' : 'rejected', status, issues, userId: idByRow.get(row) ?? null }))))
  return { applied: ready.length, rejected: inputs.length - ready.length }
}

/** Where the addresses that stand again in these rows stood first: who was added there is no reason of its own. */
const earlierRows = (inputs: readonly PlannedInput[]): number[] => inputs.filter(({ key, row, firstRow }) => key !== '' && firstRow !== row).map(({ firstRow }) => firstRow)

const userOf = ({ row, user }: PlannedRow, { customRoles }: SnapshotData, id: string, domains: ReadonlyMap<number, string>): UserToAdd => {
  const name = customRoles.find((role) => role.id === user.role)?.name ?? null
  return { ...user, id, domain: domains.get(row) ?? '', role: { role: user.role, permissions: permissionsOf(user.role, customRoles), name } }
}
