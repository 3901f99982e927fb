import { call, dryRun } from '../../api/call'
import type { BodyIn, ReplyOf } from '../../api/contract'
import { LOCALES } from '../../kit/locale'
import { defineAction } from '../define'
import { touched } from '../forms'
import { TAGS, type Draft } from '../vocabulary'
import { SWITCHES } from './organization.screen'

type Edit = BodyIn<'organization.edit'>

const isMonths = (text: string): boolean => text.trim() === '' || /^\d{1,4}$/.test(text.trim())
const monthsOf = (text: string): number | null => (text.trim() === '' ? null : Number(text))

const settingsOf = (draft: Draft): Edit['settings'] => {
  const language = LOCALES.find((locale) => locale === touched(draft, 'settings.defaultLanguage'))
  const months = touched(draft, 'settings.retentionMonths')
  const switched = SWITCHES.flatMap((name) => {
    const value = touched(draft, `settings.${name}`)
    return value === undefined ? [] : [[name, value === 'on'] as const]
  })
  const settings = { ...Object.fromEntries(switched), ...(language === undefined ? {} : { defaultLanguage: language }), ...(months === undefined ? {} : { retentionMonths: monthsOf(months) }) }
  return Object.keys(settings).length === 0 ? undefined : settings
}

/** Only what was touched is sent: an untouched field can't undo somebody else's change. */
const editOf = (draft: Draft): Edit => ({ name: touched(draft, 'name'), address: touched(draft, 'address'), contactEmail: touched(draft, 'contactEmail'), settings: settingsOf(draft) })

/** Editing and deleting the organization. */
export const organizationActions = {
  'organization.save': defineAction<ReplyOf<'organization.edit'>>({
    check: (_args, draft) => [
      ...(touched(draft, 'name')?.trim() === '' ? [{ code: 'field.required' as const, path: 'name' }] : []),
      ...(isMonths(touched(draft, 'settings.retentionMonths') ?? '') ? [] : [{ code: 'field.invalid' as const, path: 'settings.retentionMonths' }]),
    ],
    confirm: 'never',
    request: (args, draft) => call('organization.edit', { body: editOf(draft), version: Number(args['version'] ?? 1) }),
    then: (_organization, _args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('organization.was_saved') }],
    changes: ['organization', 'me'],
  }),
  'organization.delete': defineAction<ReplyOf<'organization.delete'>>({
    plan: () => dryRun('organization.delete', {}),
    confirm: 'type_name',
    typed: (args) => args['name'] ?? '',
    request: (_args, _draft, digest) => call('organization.delete', { digest }),
    then: (_reply, args, _draft, env) => [{ do: 'notify', tone: 'success', text: env.t('organization.was_deleted', { name: args['name'] ?? '' }) }, { do: 'home' }],
    changes: [...TAGS],
  }),
}
