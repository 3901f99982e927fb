import { fullName } from '../../kit/text'
import type { LicensePool } from '../../licenses/licenses.model'
import type { User } from '../../users/users.model'
import { compact } from '../define'
import type { ActionRef, Block, Draft, Env, Option } from '../vocabulary'
import { enabledBy, isOffered, planText } from '../words'
import { poolMeters } from './pool-meter'

const option = (pool: LicensePool, current: string | null, env: Env): Option => ({
  value: pool.plan,
  label: planText(pool.plan, env),
  note: env.t('license.available', { count: pool.available }),
  enabled: pool.plan === current ? env.t.code('license.same_plan') : pool.available > 0 ? true : env.t.code('license.none_left'),
})

const chosenPlan = (pools: readonly LicensePool[], user: User, draft: Draft): string => {
  const value = draft.values['plan']
  const chosen = Array.isArray(value) ? value[0] : value
  if (chosen) return chosen
  return pools.find((pool) => pool.available > 0 && pool.plan !== user.license?.plan)?.plan ?? ''
}

/** Choosing a license for one person: only plans with stock, with the meter counting the choice. */
export const licenseForm = (user: User, pools: readonly LicensePool[], draft: Draft, env: Env): Block[] => {
  const ability = user.license === null ? 'user.assign_license' : 'user.change_license'
  if (!isOffered(user.abilities, ability) || pools.length === 0) return []
  const plan = chosenPlan(pools, user, draft)
  const word = user.license === null ? 'license.assign' : 'license.change'
  const mailsLink = user.license === null && user.status !== 'suspended' && env.viewer?.organization?.settings.sendActivationOnAssign === true
  return [
    ...poolMeters(pools, plan, 1, env),
    {
      is: 'form', id: 'license', issues: draft.issues ?? [],
      fields: [{ as: 'one', name: 'plan', label: env.t('license.plan'), options: pools.map((p) => option(p, user.license?.plan ?? null, env)), value: plan === '' ? [] : [plan], redraws: true, ...(mailsLink ? { hint: env.t('license.link_follows') } : {}) }],
      submit: { action: word, args: compact({ userId: user.id, plan, from: user.license?.plan }), label: env.t(word), tone: 'primary', enabled: plan === '' ? env.t.code('license.none_left') : enabledBy(user.abilities[ability], env) },
    },
  ]
}

/** Sending the activation link, and removing a license, where they make sense for this person. */
export const licenseActions = (user: User, env: Env): ActionRef[] => [
  ...(isOffered(user.abilities, 'user.send_activation') ? [{ action: 'activation.send' as const, args: { userId: user.id, name: fullName(user) }, label: env.t('user.send_activation'), icon: 'mail' as const, enabled: enabledBy(user.abilities['user.send_activation'], env) }] : []),
  ...(user.license !== null && isOffered(user.abilities, 'user.transfer_license') ? [{ action: 'nav.license_transfer' as const, args: { userId: user.id }, label: env.t('license.transfer'), enabled: enabledBy(user.abilities['user.transfer_license'], env) }] : []),
  ...(user.license !== null && isOffered(user.abilities, 'user.remove_license') ? [{ action: 'license.remove' as const, args: { userId: user.id }, label: env.t('license.remove'), tone: 'danger' as const, enabled: enabledBy(user.abilities['user.remove_license'], env) }] : []),
]
