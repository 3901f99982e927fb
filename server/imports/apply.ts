import { permissionsOf } from '../../shared/access/roles'
import type { NewRole } from '../../shared/users/snapshot.model'
import { planUserImport, type PlannedUser } from '../../shared/imports/imports.plan'
import { equipUsers, sendUsers, type UserAdded, type UserToAdd } from '../actions/users/add.store'
import type { Viewer } from '../identity/viewer'
import type { Tx } from '../store/bulk'
import { settleImportRows, type ImportKey, type RowOutcome } from '../store/imports'
import type { Change } from '../store/transactions'
import type { PlannedInput } from './session'
import { toSnapshot, type SnapshotData } from './snapshot'
import { readSnapshot } from './snapshot.read'

/** How many rows of a chunk went in and came back. */
export type ChunkCounts = { applied: number; rejected: number }

/** A part of a file, and what `readChunk` read for it. */
type Chunk = { inputs: readonly PlannedInput[]; data: SnapshotData; withoutLicense: boolean }

/** Rows that are planned in one go: the database is at the people of these while the next are planned. */
const PORTION = 100

/** Where each address of these rows stands first. */
const firstRowByKey = (inputs: readonly PlannedInput[]): Map<string, number> => new Map(inputs.filter((input) => input.key !== '').map((input) => [input.key, input.firstRow]))

/** Reads what planning a part of a file must know; to be asked under the organization's lock. */
export const readChunk = (db: Tx, viewer: Viewer, key: ImportKey, inputs: readonly PlannedInput[], now: Date): Promise<SnapshotData> =>
  readSnapshot(db, viewer, now, { keys: JSON.stringify([...firstRowByKey(inputs).keys()]), except: { importId: key.importId, rows: earlierRows(inputs) } })

/**
 * Plans a part of a file anew under the organization's lock, by the same rule as the preview and over what `readChunk`
 * read, and does what the plan says. All of it is stored with the change, so each row is done once or not at all.
 */
export async function applyChunk(change: Change, viewer: Viewer, key: ImportKey, { inputs, data, withoutLicense }: Chunk): Promise<ChunkCounts> {
  const firstRows = firstRowByKey(inputs)
  const snapshot = toSnapshot(data)
  const roleOf = rolesFrom(data.customRoles)
  const outcomes: RowOutcome[] = []
  const added: UserAdded[] = []
  let { available } = snapshot
  for (let from = 0; from < inputs.length; from += PORTION) {
    const portion = inputs.slice(from, from + PORTION)
    const plan = planUserImport(portion, { ...snapshot, available }, { withoutLicense, firstRows })
    available = plan.left
    const users: UserToAdd[] = []
    for (const [index, { row, status, issues, user }] of plan.rows.entries()) {
      const id = status === 'ready' ? change.newId() : null
      if (id !== null) users.push(userOf(user, id, portion[index]?.domain ?? '', roleOf(user.role)))
      outcomes.push({ row, outcome: id === null ? 'rejected' : 'applied', status, issues, userId: id })
    }
    added.push(...sendUsers(change, viewer, users))
    await change.breathe()
  }
  const pools = data.pools.map(({ plan: name, available: quantity }) => ({ plan: name, quantity, assigned: 0 }))
  await equipUsers(change, viewer, { pools, workspaces: data.workspaces }, added, true)
  change.send(settleImportRows(change.db, key, outcomes))
  return { applied: added.length, rejected: inputs.length - added.length }
}

/** Where the addresses that stand again in these rows stood first: who was added there is no reason of its own. */
const earlierRows = (inputs: readonly PlannedInput[]): number[] => inputs.filter(({ key, row, firstRow }) => key !== '' && firstRow !== row).map(({ firstRow }) => firstRow)

/** What a role is, looked up once for all who get it. */
function rolesFrom(customRoles: SnapshotData['customRoles']): (role: string) => NewRole {
  const known = new Map<string, NewRole>()
  return (role) => {
    const found = known.get(role) ?? { role, permissions: permissionsOf(role, customRoles), name: customRoles.find(({ id }) => id === role)?.name ?? null }
    known.set(role, found)
    return found
  }
}

const userOf = ({ key, email, firstName, lastName, plan, workspaceIds, language, mobile }: PlannedUser, id: string, domain: string, role: NewRole): UserToAdd =>
  ({ id, email, key, domain, firstName, lastName, role, plan, workspaceIds, language, mobile })
