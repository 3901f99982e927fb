import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { ROW_STATUSES, type ImportPreview, type PlanRow, type RowStatus } from '../../imports/imports.model'
import type { FileRef } from '../../kit/file'
import { POOL_WARNS_AT } from '../../licenses/licenses.model'
import { compact, defineScreen, needParams } from '../define'
import { importClaims } from '../domains/import-claims'
import { fileParams } from './attachments'
import { buyAction } from '../licenses/sell'
import type { Block, Env, Params, PlanGroup, Row, Tone } from '../vocabulary'
import { planText } from '../words'

type Replies = { preview: ReplyOf<'user_imports.preview'> }

const SHOWN = 50
/** What goes in stands first, then the reasons in their order of precedence. */
const GROUPS: readonly RowStatus[] = ['ready', ...ROW_STATUSES.filter((status) => status !== 'ready')]

/** The file that the parameters name; the host finds its bytes. */
export const fileOf = (params: Params): FileRef => {
  const source = params['source']
  return { source: source === 'picked' || source === 'pasted' ? source : 'attachment', id: params['file'] ?? '', name: params['name'] ?? '', bytes: Number(params['bytes'] ?? 0) }
}

const TONES: Record<RowStatus, Tone> = {
  ready: 'success', no_license_left: 'warning', domain_not_approved: 'warning', already_user: 'neutral', already_invited: 'neutral', duplicate_in_file: 'neutral',
  malformed: 'danger', unknown_role: 'danger', role_not_allowed: 'danger', unknown_license: 'danger', unknown_workspace: 'danger',
}

const planRow = (row: PlanRow, env: Env): Row => ({
  id: String(row.row),
  title: row.user.email || env.t('import.row_without_email'),
  sub: [env.t('import.row', { row: row.row }), ...row.issues.map((issue) => env.t.code(issue.code, issue.params))].join(' · '),
})

const groupOf = (preview: ImportPreview, status: RowStatus, params: Params, env: Env): PlanGroup[] => {
  const count = preview.counts[status] ?? 0
  if (count === 0) return []
  const rows = preview.rows.filter((row) => row.status === status)
  const more = count > rows.length && params['status'] !== status ? { screen: 'import' as const, params: { ...params, status } } : undefined
  return [{ label: env.t(`import.${status}`), tone: TONES[status], count, rows: rows.map((row) => planRow(row, env)), folded: status === 'ready', more }]
}

const meters = (preview: ImportPreview, env: Env): Block[] =>
  preview.licenses.filter((license) => license.needed > 0).map((license) => ({
    is: 'meter', label: planText(license.plan, env), used: license.needed, total: license.available, warnAt: POOL_WARNS_AT,
    text: env.t('import.licenses', { needed: license.needed, available: license.available }), ...buyAction(license.plan, env, license.needed - license.available),
  }))

const withoutLicense = (preview: ImportPreview, params: Params, env: Env): Block[] => {
  const on = params['withoutLicense'] === 'true'
  const short = preview.licenses.some((license) => license.needed > license.available)
  if (!on && !short) return []
  const action = { action: 'import.without_license' as const, args: { ...params, withoutLicense: on ? '' : 'true' }, label: env.t(on ? 'import.with_license_only' : 'import.without_license'), enabled: true as const }
  return [{ is: 'notice', tone: on ? 'info' : 'warning', text: env.t(on ? 'import.without_license_on' : 'import.licenses_short'), actions: [action] }]
}

/** What an import will do, before anything happens: groups with reasons, licenses needed against available. */
export const importScreen = defineScreen<Replies>({
  id: 'import',
  parse: needParams('file', 'name'),
  needs: (params, env) => ({
    preview: call('user_imports.preview', {
      file: fileOf(params),
      query: compact({ status: params['status'], limit: String(params['status'] === undefined ? SHOWN : Math.max(SHOWN, env.can.pageSize * 4)), without_license: params['withoutLicense'], name: params['name'] }),
    }),
  }),
  shape: ['notice', 'meter', 'plan'],
  cache: { forS: 0, tags: ['users', 'licenses', 'domains', 'roles', 'workspaces'] },
  view: ({ preview }, params, _draft, env) => {
    const title = env.t('import.preview_title')
    if (!preview.ok) return { title, blocks: [] }
    const ready = preview.value.counts['ready'] ?? 0
    const shown = params['status'] === undefined ? GROUPS : GROUPS.filter((status) => status === params['status'])
    return {
      title,
      blocks: [
        { is: 'notice', tone: ready > 0 ? 'info' : 'warning', text: env.t(ready > 0 ? 'import.summary' : 'import.summary_none', { count: preview.value.total, ready, name: params['name'] ?? '' }) },
        ...meters(preview.value, env),
        ...withoutLicense(preview.value, params, env),
        ...importClaims(preview.value.domains, env),
        { is: 'plan', digest: preview.value.digest, title: env.t('import.rows'), groups: shown.flatMap((status) => groupOf(preview.value, status, params, env)), costs: [], apply: null },
      ],
      primary: {
        action: 'import.start', tone: 'primary', label: env.t('import.start', { count: ready }), enabled: ready > 0 ? true : env.t('import.nothing_ready'),
        args: compact({ ...fileParams(fileOf(params)), withoutLicense: params['withoutLicense'], digest: preview.value.digest }),
      },
    }
  },
})
