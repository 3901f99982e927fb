import type { PhraseKey } from '../../i18n/translate'
import { compact } from '../define'
import type { ActionRef, Env, Params } from '../vocabulary'

/** A day that was chosen on screen, as the moments between which it lies. */
export const dayBounds = (params: Params): Params => compact({
  from: params['from'] && params['from'].length === 10 ? `${params['from']}T00:00:00.000Z` : params['from'],
  to: params['to'] && params['to'].length === 10 ? `${params['to']}T23:59:59.999Z` : params['to'],
})

type Format = 'csv' | 'xlsx' | 'pdf'
const LABELS = { csv: 'logs.export_csv', xlsx: 'logs.export_xlsx', pdf: 'logs.export_pdf' } as const satisfies Record<Format, PhraseKey>

/** Downloads of what the filter on screen leaves, one for each format. */
export const exportActions = (resource: 'events' | 'messages' | 'users', formats: readonly Format[], params: Params, env: Env): ActionRef[] => {
  const filter = compact({ ...params, ...dayBounds(params), cursor: undefined })
  return formats.map((format) => ({ action: 'log.export', args: { ...filter, resource, format }, label: env.t(LABELS[format]), enabled: true }))
}
