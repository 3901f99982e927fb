import type { Ability, Abilities, RecordAbility } from '../access/abilities'
import { isBuiltInRole } from '../access/roles'
import type { UserLicense } from '../licenses/licenses.model'
import type { User } from '../users/users.model'
import type { Badge, Env, RefusalText } from './vocabulary'

/** How records are worded on every screen, so that a person reads the same everywhere. */

/** A built-in role in the reader's language; a custom role by its own name. */
export const roleText = (user: Pick<User, 'role' | 'roleName'>, env: Env): string =>
  isBuiltInRole(user.role) ? env.t(`role.${user.role}`) : (user.roleName ?? user.role)

export const planText = (plan: string, env: Env): string => env.t.code(`plan_name.${plan}`)

/** "Pro · not activated yet", "Pro", or that there is none. */
export const licenseText = (license: UserLicense | null, env: Env): string => {
  if (license === null) return env.t('license.none')
  return license.state === 'assigned' ? env.t('license.not_activated', { plan: planText(license.plan, env) }) : planText(license.plan, env)
}

const BADGES = { pending: 'info', suspended: 'warning', removed: 'danger', active: undefined } as const

/** Whether somebody who has yet to activate has a link that no longer works. */
export const hasDeadLink = ({ status, license, linkExpiresAt }: Pick<User, 'status' | 'license' | 'linkExpiresAt'>, env: Env): boolean =>
  (status === 'pending' || (status === 'active' && license?.state === 'assigned')) && linkExpiresAt !== null && Date.parse(linkExpiresAt) <= Date.parse(env.now)

/** Nothing for an active user: only what is out of the ordinary wears a badge. */
export const statusBadge = (user: Pick<User, 'status' | 'license' | 'linkExpiresAt'>, env: Env): Badge | undefined => {
  if (hasDeadLink(user, env)) return { text: env.t('status.link_expired'), tone: 'warning' }
  const tone = BADGES[user.status]
  return tone === undefined ? undefined : { text: env.t(`status.${user.status}`), tone }
}

/** An ability as a control's state: usable, or why not. */
export const enabledBy = (ability: Ability | undefined, env: Env): true | RefusalText =>
  ability === true ? true : env.t.code(ability ?? 'access.denied')

/** Whether a control is worth showing: a refusal that has to do with the moment is told, one that has to do with the role hides it. */
export const isOffered = (abilities: Abilities, ability: RecordAbility): boolean => {
  const value = abilities[ability]
  return value === true || (value !== undefined && !value.startsWith('access.'))
}
