import { seatChanges } from '../../../shared/changes/decision'
import type { OrganizationSnapshot, UserAfter } from '../../../shared/users/snapshot.model'
import { insertMany } from '../../store/bulk'
import { kept } from '../../store/kept'
import type { Change } from '../../store/transactions'
import { warnOfPools } from './write.warn'

type License = UserAfter['license']

/** What one user's license is before and after a change. */
export type LicenseMove = { userId: string; before: License; after: License }

const CHUNK = 1000

/**
 * Stores what was decided about licenses: seats, rows, and a warning where a pool has just crossed 80 % or
 * 100 %. Runs under the organization's lock, on a snapshot that was read under it.
 */
export async function storeLicenses(change: Change, snapshot: Pick<OrganizationSnapshot, 'pools'>, moves: readonly LicenseMove[], assignedBy: string | null): Promise<void> {
  change.send(moveSeats(change, snapshot, moves))
  change.send(addLicenses(change, moves.filter(({ before }) => before === null), assignedBy))
  await changeLicenses(change, moves)
  await dropLicenses(change, moves.filter(({ after }) => after === null).map(({ userId }) => userId))
  await warnOfPools(change)
}

async function moveSeats({ db, organization }: Change, snapshot: Pick<OrganizationSnapshot, 'pools'>, moves: readonly LicenseMove[]): Promise<void> {
  await Promise.all(seatChanges(snapshot, moves).map(({ plan, takes }) => kept(db).updateTable('license_pools').set((eb) => ({ assigned: eb('assigned', '+', takes) }))
    .where('organization_id', '=', organization.id).where('plan', '=', plan).execute()))
}

async function addLicenses({ db, organization, now }: Change, moves: readonly LicenseMove[], assignedBy: string | null): Promise<void> {
  await insertMany(db, 'licenses', moves.flatMap(({ userId, after }) => (after === null ? [] : [{
    organization_id: organization.id, user_id: userId, plan: after.plan, state: after.state, assigned_at: now, assigned_by: assignedBy,
    activated_at: after.state === 'active' ? now : null, expires_on: null,
  }])))
}

/** The plan of a license changes; its state and times stay. */
async function changeLicenses({ db, organization }: Change, moves: readonly LicenseMove[]): Promise<void> {
  const changed = moves.flatMap(({ userId, before, after }) => (before !== null && after !== null ? [{ userId, plan: after.plan }] : []))
  for (const plan of new Set(changed.map((move) => move.plan))) {
    for (const userIds of chunksOf(changed.filter((move) => move.plan === plan).map(({ userId }) => userId))) {
      await db.updateTable('licenses').set({ plan }).where('organization_id', '=', organization.id).where('user_id', 'in', userIds).execute()
    }
  }
}

async function dropLicenses({ db, organization }: Change, userIds: readonly string[]): Promise<void> {
  for (const chunk of chunksOf(userIds)) await db.deleteFrom('licenses').where('organization_id', '=', organization.id).where('user_id', 'in', chunk).execute()
}

/** Counts the versions of these users up: a license is part of what their record says. */
export async function touchUsers({ db, organization }: Pick<Change, 'db' | 'organization'>, userIds: readonly string[]): Promise<void> {
  for (const chunk of chunksOf(userIds)) {
    await db.updateTable('users').set((eb) => ({ version: eb('version', '+', 1) })).where('organization_id', '=', organization.id).where('id', 'in', chunk).execute()
  }
}

const chunksOf = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, index) => ids.slice(index * CHUNK, (index + 1) * CHUNK))
