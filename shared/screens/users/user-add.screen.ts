import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { LOCALES } from '../../kit/locale'
import { MAX_WORKSPACES_ON_ADD } from '../../users/users.model'
import { compact, defineScreen } from '../define'
import { poolMeters } from '../licenses/pool-meter'
import type { ActionRef, Block, Draft, Env, Params, ScreenDef } from '../vocabulary'
import { planText, roleText } from '../words'
import { chosenWorkspaces, firstWorkspaces, placesOf, workspacesField, type Places } from '../workspaces/workspace-field'
import { planField, roleField, typed } from './fields'

type Replies = { roles: ReplyOf<'roles.list'>; pools: ReplyOf<'licenses.list'>; workspaces: ReplyOf<'workspaces.list'> }
type Known = { roles: Replies['roles']['items']; pools: Replies['pools']['items']; places: Places }

const STEPS = ['1', '2', '3'] as const
const KNOWN = ['step', 'email', 'firstName', 'lastName', 'at']

const parse: ScreenDef<Replies>['parse'] = (params) => {
  const { step } = params
  if (step !== undefined && !(STEPS as readonly string[]).includes(step)) return { ok: false, issues: [{ code: 'field.not_an_option', path: 'step' }] }
  return { ok: true, params: compact(Object.fromEntries(KNOWN.map((name) => [name, params[name]]))) }
}

const go = (action: 'user_add.check' | 'user_add.step' | 'users.add', params: Params, label: string, more: Partial<ActionRef> = {}): ActionRef =>
  ({ action, args: params, label, tone: 'primary', enabled: true, ...more })

const personStep = (known: Known, params: Params, draft: Draft, env: Env): Block[] => [{
  is: 'form', id: 'person', issues: draft.issues ?? [],
  fields: [
    { as: 'email', name: 'email', label: env.t('user.email'), required: true, value: typed(draft, 'email', params['email']) },
    { as: 'text', name: 'firstName', label: env.t('user.first_name'), value: typed(draft, 'firstName', params['firstName']) },
    { as: 'text', name: 'lastName', label: env.t('user.last_name'), value: typed(draft, 'lastName', params['lastName']) },
    roleField(known.roles, typed(draft, 'role', 'member'), env),
    {
      as: 'one', name: 'language', label: env.t('user.language'), hint: env.t('users.language_hint'), value: [typed(draft, 'language', env.viewer?.organization?.settings.defaultLanguage ?? env.t.locale)],
      options: LOCALES.map((locale) => ({ value: locale, label: env.t(`common.language_${locale}`), enabled: true })),
    },
  ],
  submit: go('user_add.check', { ...params, step: '2' }, env.t('common.next')),
}]

const licenseStep = (known: Known, params: Params, draft: Draft, env: Env): Block[] => {
  const next = go('user_add.step', { ...params, step: '3' }, env.t('common.next'))
  if (known.pools.length === 0) return [{ is: 'notice', tone: 'info', text: env.t('users.no_license_step') }, { is: 'actions', items: [next] }]
  return [
    ...poolMeters(known.pools, typed(draft, 'plan'), 1, env),
    { is: 'form', id: 'license', issues: draft.issues ?? [], fields: [planField(known.pools, typed(draft, 'plan'), env)], submit: next },
  ]
}

const workspaceStep = (known: Known, params: Params, draft: Draft, env: Env): Block[] => {
  const send = go('users.add', params, env.t('users.invite'))
  if (known.places.listed.length === 0) return [{ is: 'notice', tone: 'info', text: env.t('users.no_workspace_step') }, { is: 'actions', items: [send] }]
  return [{ is: 'form', id: 'workspaces', issues: draft.issues ?? [], fields: [workspacesField(known.places, chosenWorkspaces(draft), env, MAX_WORKSPACES_ON_ADD)], submit: send }]
}

const DRAW = { 1: personStep, 2: licenseStep, 3: workspaceStep } as const
type Step = keyof typeof DRAW

const stepOf = (params: Params): Step => (params['step'] === '3' ? 3 : params['step'] === '2' ? 2 : 1)

/** What is decided so far stands above the later steps, so that nobody invites the wrong person, or with the wrong role. */
const summary = (step: Step, known: Known, params: Params, draft: Draft, env: Env): Block[] => {
  if (step === 1) return []
  const name = [typed(draft, 'firstName', params['firstName']), typed(draft, 'lastName', params['lastName'])].join(' ').trim()
  const role = typed(draft, 'role', 'member')
  const plan = typed(draft, 'plan')
  return [{
    is: 'facts',
    items: [
      { label: env.t('user.email'), value: typed(draft, 'email', params['email']), ...(name === '' ? {} : { note: name }) },
      { label: env.t('user.role'), value: roleText({ role, roleName: known.roles.find(({ id }) => id === role)?.name ?? null }, env) },
      ...(step === 3 ? [{ label: env.t('user.license'), value: plan === '' ? env.t('license.none') : planText(plan, env) }] : []),
    ],
  }]
}

/** Nothing follows the last step, so skipping it invites: the button says so. It is offered where there is something to skip. */
const skipOf = (step: Step, known: Known, params: Params, env: Env): ActionRef | undefined =>
  (step === 3 && known.places.listed.length > 0 ? go('users.add', { ...params, skip: 'workspaces' }, env.t('users.skip_and_invite'), { tone: undefined }) : undefined)

/** Adding one user in a few steps: person and role, license, workspaces. */
export const userAddScreen = defineScreen<Replies>({
  id: 'user_add',
  parse,
  needs: () => ({ roles: call('roles.list', {}), pools: call('licenses.list', {}), workspaces: firstWorkspaces() }),
  optional: ['roles', 'pools', 'workspaces'],
  shape: ['steps', 'form'],
  cache: { forS: 60, tags: ['roles', 'licenses', 'workspaces'] },
  view: ({ roles, pools, workspaces }, params, draft, env) => {
    const can = env.viewer?.abilities
    const title = env.t('users.add')
    if (can?.['users.add'] !== true) return { title, blocks: [{ is: 'empty', title: env.t('users.add_denied_title'), text: env.t.code('access.denied') }] }
    const known: Known = {
      roles: roles.ok ? roles.value.items : [],
      pools: pools.ok && can['licenses.assign'] === true ? pools.value.items : [],
      places: placesOf(workspaces.ok && can['workspaces.add'] === true ? workspaces.value : null, draft),
    }
    const step = stepOf(params)
    const skip = skipOf(step, known, params, env)
    const back: Block[] = step === 1 ? [] : [{ is: 'actions', items: [go('user_add.step', { ...params, step: String(step - 1) }, env.t('users.step_back'), { tone: undefined })] }]
    return {
      title,
      blocks: [
        { is: 'steps', labels: [env.t('users.step_person'), env.t('users.step_license'), env.t('users.step_workspaces')], current: step - 1, ...(skip ? { skip } : {}) },
        ...summary(step, known, params, draft, env),
        ...DRAW[step](known, params, draft, env),
        ...back,
      ],
    }
  },
})
