import type { Organization } from '../../access/organization.model'
import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { LOCALES } from '../../kit/locale'
import { anyParams, defineScreen } from '../define'
import { conflictsOf, option, theirsSince, typed } from '../forms'
import type { Block, Draft, Env, Fact, Field } from '../vocabulary'
import { enabledBy } from '../words'

type Replies = { organization: ReplyOf<'organization.get'> }

/** Settings that are on or off, in the order of the form. */
export const SWITCHES = ['allowPublicDomains', 'sendActivationOnAssign', 'requireSecondFactor', 'protectedReplies'] as const

const SWITCH_FIELDS = { allowPublicDomains: 'settings.allowPublicDomains', sendActivationOnAssign: 'settings.sendActivationOnAssign', requireSecondFactor: 'settings.requireSecondFactor', protectedReplies: 'settings.protectedReplies' } as const

/** Each field of the form with its label and what is stored, as text. */
const storedFields = ({ name, address, contactEmail, settings }: Organization, env: Env): Record<string, { label: string; stored: string }> => ({
  name: { label: env.t('common.name'), stored: name },
  address: { label: env.t('organization.address'), stored: address },
  contactEmail: { label: env.t('organization.contact_email'), stored: contactEmail },
  'settings.defaultLanguage': { label: env.t('organization.default_language'), stored: settings.defaultLanguage },
  'settings.retentionMonths': { label: env.t('organization.retention'), stored: settings.retentionMonths === null ? '' : String(settings.retentionMonths) },
})

const aboutFields = (organization: Organization, draft: Draft, env: Env): Field[] => [
  { as: 'text', name: 'name', label: env.t('common.name'), required: true, value: typed(draft, 'name', organization.name) },
  { as: 'text', name: 'address', label: env.t('organization.address'), value: typed(draft, 'address', organization.address) },
  { as: 'email', name: 'contactEmail', label: env.t('organization.contact_email'), value: typed(draft, 'contactEmail', organization.contactEmail) },
]

const settingFields = ({ settings }: Organization, draft: Draft, env: Env): Field[] => [
  ...SWITCHES.map((name): Field => ({ as: 'switch', name: SWITCH_FIELDS[name], label: env.t(`organization.${name}`), hint: env.t(`organization.${name}_explained`), value: typed(draft, SWITCH_FIELDS[name], settings[name] ? 'on' : '') })),
  { as: 'one', name: 'settings.defaultLanguage', label: env.t('organization.default_language'), options: LOCALES.map((locale) => option(locale, env.t(`common.language_${locale}`))), value: [typed(draft, 'settings.defaultLanguage', settings.defaultLanguage)] },
  { as: 'number', name: 'settings.retentionMonths', label: env.t('organization.retention'), hint: env.t('organization.retention_explained'), value: typed(draft, 'settings.retentionMonths', settings.retentionMonths === null ? '' : String(settings.retentionMonths)) },
]

const factsOf = (organization: Organization, env: Env): Fact[] => [
  ...Object.values(storedFields(organization, env)).flatMap(({ label, stored }) => (stored === '' ? [] : [{ label, value: stored === organization.settings.defaultLanguage ? env.t(`common.language_${organization.settings.defaultLanguage}`) : stored }])),
  ...SWITCHES.map((name) => ({ label: env.t(`organization.${name}`), value: env.t(organization.settings[name] ? 'common.on' : 'common.off') })),
  { label: env.t('organization.created_on'), value: env.t.date(organization.createdAt) },
]

const formBlocks = (stored: Organization, draft: Draft, env: Env): Block[] => {
  const may = env.viewer?.abilities
  const theirs = theirsSince(draft, stored)
  // A conflict brings the whole record; one that lacks a part is not drawn from.
  const organization: Organization = { ...stored, ...theirs, settings: { ...stored.settings, ...theirs?.settings } }
  const fields = [...(may?.['organization.manage'] === true ? aboutFields(organization, draft, env) : []), ...(may?.['settings.manage'] === true ? settingFields(organization, draft, env) : [])]
  if (fields.length === 0) return [{ is: 'facts', items: factsOf(stored, env) }]
  const conflict = theirs === null ? [] : conflictsOf(draft, Object.entries(storedFields(organization, env)).map(([field, { label, stored: value }]) => ({ field, label, theirs: value })))
  return [
    ...(theirs !== null && conflict.length === 0 ? [{ is: 'notice' as const, tone: 'warning' as const, text: env.t('organization.changed_meanwhile') }] : []),
    {
      is: 'form', id: 'organization', version: organization.version, fields, issues: draft.issues ?? [], ...(conflict.length > 0 ? { conflict } : {}),
      submit: { action: 'organization.save', args: { version: String(organization.version) }, label: env.t('common.save'), tone: 'primary', enabled: true },
    },
  ]
}

const retentionBlocks = (env: Env): Block[] =>
  env.viewer?.abilities['settings.manage'] === true ? [{ is: 'links', items: [{ label: env.t('retention.title'), icon: 'log', open: { screen: 'retention', params: {} } }] }] : []

const deleteBlocks = ({ name }: Organization, env: Env): Block[] => {
  const ability = env.viewer?.abilities['organization.delete']
  if (ability !== true) return []
  return [{ is: 'section', title: env.t('organization.delete'), folded: true, blocks: [
    { is: 'notice', tone: 'danger', text: env.t('organization.delete_explained') },
    { is: 'actions', items: [{ action: 'organization.delete', args: { name }, label: env.t('organization.delete'), tone: 'danger', enabled: enabledBy(ability, env) }] },
  ] }]
}

/** The organization: who it is, its settings, and its end. */
export const organizationScreen = defineScreen<Replies>({
  id: 'organization',
  parse: anyParams,
  needs: () => ({ organization: call('organization.get', {}) }),
  shape: ['form'],
  cache: { forS: 60, tags: ['organization'] },
  watch: { topics: ['organization'] },
  view: ({ organization }, _params, draft, env) => {
    const title = env.t('organization.title')
    if (!organization.ok) return { title, blocks: [] }
    return { title, blocks: [...formBlocks(organization.value, draft, env), ...retentionBlocks(env), ...deleteBlocks(organization.value, env)] }
  },
})
