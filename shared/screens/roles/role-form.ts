import type { RoleRecord } from '../../access/organization.model'
import { chosen, conflictsOf, theirsSince, typed } from '../forms'
import type { ActionRef, Block, Draft, Env, Field } from '../vocabulary'
import { GROUPS, groupField, PERMISSION_GROUPS, type PermissionGroup } from './permissions'

/** The ticks of one group: those of the draft, or else those stored. */
export const ticked = (draft: Draft, group: PermissionGroup, stored: readonly string[]): string[] =>
  chosen(draft, groupField(group), PERMISSION_GROUPS[group].filter((permission) => stored.includes(permission)))

const groupOf = (group: PermissionGroup, stored: readonly string[], draft: Draft, env: Env): Field => ({
  as: 'many', name: groupField(group), label: env.t(`permission_group.${group}`), value: ticked(draft, group, stored),
  options: PERMISSION_GROUPS[group].map((permission) => ({
    value: permission, label: env.t(`permission.${permission}`), enabled: env.viewer?.permissions.includes(permission) === true ? true : env.t('roles.not_held'),
  })),
})

const meanwhile = (theirs: Partial<RoleRecord> | null, conflicts: number, env: Env): Block[] =>
  (theirs === null || conflicts > 0 ? [] : [{ is: 'notice', tone: 'warning', text: env.t('roles.changed_meanwhile') }])

/** The name and tick-boxes of a role; `stored` is what it has now. Groups that nobody touched follow what is stored. */
export const roleForm = (stored: Pick<RoleRecord, 'name' | 'permissions' | 'version'>, submit: (permissions: readonly string[], version: number | undefined) => ActionRef, draft: Draft, env: Env): Block[] => {
  const theirs = theirsSince(draft, stored)
  const permissions = theirs?.permissions ?? stored.permissions
  const conflict = conflictsOf(draft, [{ field: 'name', label: env.t('common.name'), theirs: theirs?.name }])
  return [
    ...meanwhile(theirs, conflict.length, env),
    {
      is: 'form', id: 'role', version: theirs?.version ?? stored.version, issues: draft.issues ?? [], ...(conflict.length > 0 ? { conflict } : {}),
      fields: [{ as: 'text', name: 'name', label: env.t('common.name'), required: true, value: typed(draft, 'name', theirs?.name ?? stored.name) }, ...GROUPS.map((group) => groupOf(group, permissions, draft, env))],
      submit: submit(permissions, theirs?.version),
    },
  ]
}

/** What a role grants, to read. */
export const grantBlocks = (role: RoleRecord, env: Env): Block[] => {
  const items = GROUPS.flatMap((group) => {
    const granted = PERMISSION_GROUPS[group].filter((permission) => role.permissions.includes(permission))
    return granted.length === 0 ? [] : [{ label: env.t(`permission_group.${group}`), value: granted.map((permission) => env.t(`permission.${permission}`)).join(' · ') }]
  })
  return [items.length === 0 ? { is: 'notice', tone: 'neutral', text: env.t('roles.grants_nothing') } : { is: 'facts', items }]
}
