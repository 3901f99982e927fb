import { IMPORT_COLUMNS } from '../../../shared/imports/imports.model'
import { done, refused, type FileAnswer, type Handler } from '../../http/handler'
import { csvLine } from '../../imports/csv'
import { toUserImport } from '../../imports/record'
import { openRejected } from '../../imports/rejected'
import { mayImport } from '../../imports/snapshot'
import { isUuid } from '../../store/ids'
import type { ActionDeps } from '../deps'

const PAGE = 50
const BOM = '\ufeff'

/** The template: its header alone, in the names that every language's import understands. */
export const templateFile = (): FileAnswer => ({ mediaType: 'text/csv', name: 'users.csv', content: `${BOM}${csvLine(IMPORT_COLUMNS, ',')}` })

/** `GET /v1/user-imports/template` */
export const userImportsTemplate = (): Handler<'user_imports.template'> => async (_input, { viewer }) =>
  mayImport(viewer) ? done(templateFile()) : refused('access.denied')

/** `GET /v1/user-imports`: the imports of the organization, newest first. */
export const userImportsList = ({ store }: ActionDeps): Handler<'user_imports.list'> => async ({ query }, { viewer }) => {
  if (!mayImport(viewer)) return refused('access.denied')
  const { organizationId } = viewer
  const { cursor, limit = PAGE } = query
  const scope = { organizationId, list: 'user_imports', filter: {} }
  const after = cursor === undefined ? null : positionOf(store.cursors.decode(scope, cursor))
  if (after === undefined) return refused('request.invalid', { issues: [{ code: 'cursor.invalid', path: 'cursor' }] })
  return store.read(organizationId, async (db) => {
    const all = db.selectFrom('user_imports').selectAll().where('organization_id', '=', organizationId)
    const rest = after === null ? all : all.where((eb) => eb.or([eb('created_at', '<', after.at), eb.and([eb('created_at', '=', after.at), eb('id', '>', after.id)])]))
    const found = await rest.orderBy('created_at', 'desc').orderBy('id').limit(limit + 1).execute()
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return done({ items: page.map(toUserImport), next: found.length > limit && last !== undefined ? store.cursors.encode(scope, [last.created_at.toISOString(), last.id]) : null })
  })
}

function positionOf(values: unknown[] | null): { at: Date; id: string } | undefined {
  const [at, id] = values ?? []
  return typeof at === 'string' && typeof id === 'string' ? { at: new Date(at), id } : undefined
}

/** `GET /v1/user-imports/{importId}`: how far one import is. */
export const userImportsGet = ({ store }: ActionDeps): Handler<'user_imports.get'> => async ({ params }, { viewer }) => {
  if (!mayImport(viewer)) return refused('access.denied')
  if (!isUuid(params.importId)) return refused('not_found')
  const row = await store.read(viewer.organizationId, (db) => db.selectFrom('user_imports').selectAll()
    .where('organization_id', '=', viewer.organizationId).where('id', '=', params.importId).executeTakeFirst())
  return row === undefined ? refused('not_found') : done(toUserImport(row))
}

/** `GET /v1/user-imports/{importId}/rejected`: the rows that came back, to be corrected and imported again. */
export const userImportsRejected = ({ store }: ActionDeps): Handler<'user_imports.rejected'> => async ({ params }, { viewer, locale }) =>
  mayImport(viewer) ? openRejected(store, { organizationId: viewer.organizationId, importId: params.importId }, locale) : refused('access.denied')
