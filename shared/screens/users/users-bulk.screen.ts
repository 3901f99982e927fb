import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { defineScreen } from '../define'
import { poolMeters } from '../licenses/pool-meter'
import type { Block, Draft, Env, Field, Params, ScreenDef } from '../vocabulary'
import { planField, roleField, typed } from './fields'

type Replies = { roles: ReplyOf<'roles.list'>; pools: ReplyOf<'licenses.list'> }

const ACTIONS = ['assign_license', 'change_role'] as const
type Choice = (typeof ACTIONS)[number]

const actionIn = (params: Params): Choice | undefined => ACTIONS.find((action) => action === params['action'])

const parse: ScreenDef<Replies>['parse'] = (params) =>
  actionIn(params) === undefined || !/^\d{1,9}$/.test(params['count'] ?? '') ? { ok: false, issues: [{ code: 'field.not_an_option', path: 'action' }] } : { ok: true, params }

const form = (choice: Choice, field: Field, draft: Draft, env: Env): Block => ({
  is: 'form', id: 'bulk', fields: [field], issues: draft.issues ?? [],
  submit: { action: 'users.bulk', args: { action: choice, from: 'form' }, label: env.t(choice === 'assign_license' ? 'license.assign' : 'user.change_role'), tone: 'primary', enabled: true },
})

const licenseBlocks = (pools: Replies['pools']['items'], count: number, draft: Draft, env: Env): Block[] => {
  if (pools.length === 0) return [{ is: 'empty', title: env.t('licenses.none_title'), text: env.t('licenses.none_text') }]
  return [...poolMeters(pools, typed(draft, 'plan'), count, env), form('assign_license', planField(pools, typed(draft, 'plan'), env, true), draft, env)]
}

/** What those who were chosen on the list get: a license or a role. */
export const usersBulkScreen = defineScreen<Replies>({
  id: 'users_bulk',
  parse,
  needs: () => ({ roles: call('roles.list', {}), pools: call('licenses.list', {}) }),
  optional: ['roles', 'pools'],
  shape: ['notice', 'form'],
  cache: { forS: 30, tags: ['roles', 'licenses'] },
  view: ({ roles, pools }, params, draft, env) => {
    const count = Number(params['count'] ?? 0)
    const isLicense = actionIn(params) === 'assign_license'
    return {
      title: env.t(isLicense ? 'license.assign' : 'user.change_role'),
      blocks: [
        { is: 'notice', tone: 'info', text: env.t('users.bulk_for', { count }) },
        ...(isLicense
          ? licenseBlocks(pools.ok ? pools.value.items : [], count, draft, env)
          : [form('change_role', roleField(roles.ok ? roles.value.items : [], typed(draft, 'role', 'member'), env), draft, env)]),
      ],
    }
  },
})
