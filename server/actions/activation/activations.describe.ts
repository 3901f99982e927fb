import { createHash } from 'node:crypto'
import { nameOf } from '../../identity/viewer'
import type { Store } from '../../store/store'

/** What an activation link leads to; `code` says why it can't be used any more. */
export type DescribedLink = {
  code: 'activation.used' | 'activation.replaced' | 'activation.expired' | null
  organization: string
  inviter: string | null
  plan: string | null
  expiresAt: string
  email: string
  language: string
}

/** How a token is kept: its SHA-256, so that a copy of the database opens nothing. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Describes the link of a token, to its bearer; null for an unknown one. Consumes nothing. */
export async function describeLink(store: Store, token: string, now: Date): Promise<DescribedLink | null> {
  const row = await store.system((db) => db.selectFrom('activation_links as link')
    .innerJoin('users', (join) => join.onRef('users.organization_id', '=', 'link.organization_id').onRef('users.id', '=', 'link.user_id'))
    .innerJoin('organizations', 'organizations.id', 'link.organization_id')
    .leftJoin('licenses', (join) => join.onRef('licenses.organization_id', '=', 'users.organization_id').onRef('licenses.user_id', '=', 'users.id'))
    .leftJoin('users as inviter', (join) => join.onRef('inviter.organization_id', '=', 'link.organization_id').onRef('inviter.id', '=', 'link.sent_by'))
    .select([
      'link.used_at', 'link.replaced_at', 'link.expires_at', 'licenses.plan', 'organizations.name as organization', 'users.email', 'users.language',
      'inviter.email as inviter_email', 'inviter.first_name', 'inviter.last_name',
    ])
    .where('link.token_hash', '=', tokenHash(token)).where('users.status', '<>', 'removed').where('organizations.deleted_at', 'is', null).executeTakeFirst())
  if (row === undefined) return null
  return {
    code: deadCode(row, now),
    organization: row.organization,
    inviter: row.inviter_email === null ? null : nameOf({ firstName: row.first_name ?? '', lastName: row.last_name ?? '' }) || row.inviter_email,
    plan: row.plan,
    expiresAt: row.expires_at.toISOString(),
    email: row.email,
    language: row.language,
  }
}

function deadCode(link: { used_at: Date | null; replaced_at: Date | null; expires_at: Date }, now: Date): DescribedLink['code'] {
  if (link.used_at !== null) return 'activation.used'
  if (link.replaced_at !== null) return 'activation.replaced'
  return link.expires_at <= now ? 'activation.expired' : null
}
