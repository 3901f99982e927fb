import type { PhraseKey, Translate } from '../../i18n/translate'
import { ACTIVITY_KINDS, AUDIT_KINDS, SIGN_IN_KINDS } from '../../logs/kinds.model'
import { compact } from '../define'
import type { ActionRef, Env, Option, Params } from '../vocabulary'

/** A day that was chosen on screen, as the moments between which it lies. */
export const dayBounds = (params: Params): Params => compact({
  from: params['from'] && params['from'].length === 10 ? `${params['from']}T00:00:00.000Z` : params['from'],
  to: params['to'] && params['to'].length === 10 ? `${params['to']}T23:59:59.999Z` : params['to'],
})

const KINDS = [...ACTIVITY_KINDS, ...SIGN_IN_KINDS, 'access.refused', 'log.exported'] as const
/** Changes are many kinds: they are chosen by what was changed, which the kinds begin with. */
const CHANGES: [PhraseKey, RegExp][] = [
  ['home.users', /^user\./], ['home.imports', /^user_import\./], ['home.licenses', /^(license|activation)\./], ['home.domains', /^domain\./], ['home.workspaces', /^workspace\./], ['home.contacts', /^contacts?\./],
  ['home.roles', /^role\./], ['orders.title', /^(order|billing)\./], ['home.organization', /^(organization|identity|identity_link|service_key)\./], ['message_status.revoke_requested', /^message\./],
]

/** The kinds of events that a log is asked for, alone or together. */
export const kindOptions = (t: Translate): Option[] => [
  ...KINDS.map((kind) => ({ value: kind, label: t(`log_kind.${kind}`), enabled: true as const })),
  ...CHANGES.map(([label, begins]) => ({ value: AUDIT_KINDS.filter((kind) => begins.test(kind)).join(','), label: t(label), enabled: true as const })),
]

type Format = 'csv' | 'xlsx' | 'pdf'
const LABELS = { csv: 'logs.export_csv', xlsx: 'logs.export_xlsx', pdf: 'logs.export_pdf' } as const satisfies Record<Format, PhraseKey>

/** Downloads of what the filter on screen leaves, one for each format. */
export const exportActions = (resource: 'events' | 'messages' | 'users', formats: readonly Format[], params: Params, env: Env): ActionRef[] => {
  const filter = compact({ ...params, ...dayBounds(params), cursor: undefined })
  return formats.map((format) => ({ action: 'log.export', args: { ...filter, resource, format }, label: env.t(LABELS[format]), enabled: true }))
}
