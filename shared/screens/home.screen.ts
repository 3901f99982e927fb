import { fullName } from '../kit/text'
import type { Alert, Me } from '../access/me.model'
import type { ViewerAbility } from '../access/abilities'
import type { PhraseKey } from '../i18n/translate'
import { organizationBlocks } from './account/organizations'
import { anyParams, defineScreen } from './define'
import type { ScreenId } from './ids'
import type { ActionRef, Block, Env, Icon, Params } from './vocabulary'
import { buyAction, maySell } from './licenses/sell'
import { licenseText, roleText } from './words'

type Replies = Record<never, never>

/** Where home leads, and what it takes to see it there. Everything is reachable from here in both hosts. */
const PLACES: { screen: ScreenId; icon: Icon; phrase: PhraseKey; needs: ViewerAbility | readonly ViewerAbility[] | null; params?: Params }[] = [
  { screen: 'mail', icon: 'mail', phrase: 'home.mail', needs: null },
  { screen: 'users', icon: 'user', phrase: 'home.users', needs: 'users.view' },
  { screen: 'imports', icon: 'import', phrase: 'home.imports', needs: 'users.import' },
  { screen: 'licenses', icon: 'license', phrase: 'home.licenses', needs: 'licenses.view' },
  { screen: 'orders', icon: 'billing', phrase: 'orders.title', needs: 'orders.view' },
  { screen: 'invoices', icon: 'billing', phrase: 'invoices.title', needs: 'billing.view' },
  { screen: 'billing', icon: 'billing', phrase: 'billing.title', needs: 'billing.view' },
  { screen: 'domains', icon: 'domain', phrase: 'home.domains', needs: 'domains.view' },
  { screen: 'log', icon: 'log', phrase: 'home.log', needs: ['logs.view_users', 'logs.view_admins'] },
  { screen: 'workspaces', icon: 'workspace', phrase: 'home.workspaces', needs: 'workspaces.view' },
  { screen: 'contacts', icon: 'contact', phrase: 'home.contacts', needs: 'workspaces.view' },
  { screen: 'roles', icon: 'role', phrase: 'home.roles', needs: 'roles.view' },
  { screen: 'organization', icon: 'settings', phrase: 'home.organization', needs: 'organization.view' },
  { screen: 'identity_links', icon: 'signIn', phrase: 'identity_links.title', needs: 'identity_links.manage' },
  { screen: 'messages', icon: 'message', phrase: 'me.messages', needs: null, params: { mine: 'true' } },
  { screen: 'me', icon: 'user', phrase: 'home.me', needs: null },
]

const RENEWAL = 'alert.renewal'

/** A warning about licenses has its remedy beside it, for who may. */
const actionsOf = ({ code, target }: Alert, env: Env): ActionRef[] => {
  if (target === null) return []
  if (code.startsWith(RENEWAL)) return [{ action: 'order.renew', args: { plan: target }, label: env.t('orders.renew'), enabled: true }]
  const { action } = code.startsWith('alert.licenses') ? buyAction(target, env) : {}
  return action === undefined ? [] : [action]
}

/** What is to be paid is not spoken of where nothing may be sold. */
const isShown = ({ code }: Alert, env: Env): boolean => maySell(env) || !code.startsWith(RENEWAL)

const alertBlock = (alert: Alert, env: Env): Block => {
  const actions = actionsOf(alert, env)
  return { is: 'notice', tone: alert.tone, text: env.t.code(alert.code, alert.params), ...(actions.length === 0 ? {} : { actions }) }
}

const pendingBlocks = (viewer: Me | null, env: Env): Block[] =>
  (viewer?.activations.length ?? 0) === 0 ? [] : [{ is: 'links', items: [{ label: env.t('activation.pending_title'), icon: 'mail', open: { screen: 'activations', params: {} }, badge: { text: env.t.number(viewer?.activations.length ?? 0), tone: 'info' } }] }]

/** Who sees no workspace but their own has a way to them too. */
const isOpenTo = (viewer: Me, { screen, needs }: (typeof PLACES)[number], env: Env): boolean => {
  if (screen === 'orders' && !env.can.purchase) return false
  return needs === null || [needs].flat().some((ability) => viewer.abilities[ability] === true) || ((screen === 'workspaces' || screen === 'contacts') && (viewer.user?.workspaceIds.length ?? 0) > 0)
}

const placesBlock = (viewer: Me, env: Env): Block => ({
  is: 'links',
  items: PLACES.filter((place) => isOpenTo(viewer, place, env))
    .map(({ phrase, icon, screen, params = {} }) => ({ label: env.t(phrase), icon, open: { screen, params } })),
})

const supportBlocks = (env: Env): Block[] =>
  env.supportUrl === null ? [] : [{ is: 'actions', items: [{ action: 'session.support', args: { url: env.supportUrl }, label: env.t('common.support'), enabled: true }] }]

/** The first screen without an open mail: who one is here, what needs attention, where to go. */
export const homeScreen = defineScreen<Replies>({
  id: 'home',
  parse: anyParams,
  needs: () => ({}),
  withoutUser: true,
  shape: ['facts', 'links'],
  cache: { forS: 60, tags: ['me'] },
  view: (_replies, _params, _draft, env) => {
    const viewer = env.viewer
    const pending = pendingBlocks(viewer, env)
    if (!viewer?.user) return { title: env.t('home.title'), blocks: [...pending, { is: 'empty', title: env.t('home.unknown_title'), text: env.t('home.unknown_text') }] }
    return {
      title: viewer.organization?.name ?? env.t('home.title'),
      blocks: [
        ...pending,
        ...viewer.alerts.filter((alert) => isShown(alert, env)).map((alert) => alertBlock(alert, env)),
        { is: 'facts', items: [
          { label: env.t('user.name'), value: fullName(viewer.user), note: viewer.user.email },
          { label: env.t('user.role'), value: roleText(viewer.user, env) },
          { label: env.t('user.license'), value: licenseText(viewer.license, env) },
        ] },
        placesBlock(viewer, env),
        ...organizationBlocks(viewer, env),
        ...supportBlocks(env),
      ],
    }
  },
})
