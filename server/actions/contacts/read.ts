import { done, refused, type Handler } from '../../http/handler'
import { isUuid } from '../../store/ids'
import type { ActionDeps } from '../deps'
import { pageByName, patternsOf } from '../lists'
import { readContact, readContacts, visibleContacts } from '../workspaces/record'

/** The nil id, which no row has: a word that is no id names nothing. */
const NIL = '00000000-0000-0000-0000-000000000000'
const uuidOr = (text: string): string => (isUuid(text) ? text : NIL)

/** `GET /v1/contacts`: by name, of the workspaces that the viewer may know of. `assigned_to=none` finds those of nobody. */
export const contactsList = ({ store }: ActionDeps): Handler<'contacts.list'> => async ({ query }, { viewer }) =>
  store.read(viewer.organizationId, async (db) => {
    const { workspace, assigned_to: assignedTo } = query
    const found = () => {
      let select = visibleContacts(db, viewer)
      for (const pattern of patternsOf(query.q)) select = select.where(({ eb, fn, val }) => eb('contacts.search', 'like', fn<string>('fold', [val(pattern)])))
      if (workspace !== undefined) select = select.where('contacts.workspace_id', '=', uuidOr(workspace))
      if (assignedTo === 'none') return select.where('contacts.assigned_to', 'is', null)
      return assignedTo === undefined ? select : select.where('contacts.assigned_to', '=', uuidOr(assignedTo))
    }
    const paged = await pageByName(store, {
      organizationId: viewer.organizationId, list: 'contacts', query,
      find: (after, limit) => (after === null ? found() : found().where(({ eb, refTuple, tuple }) => eb(refTuple('contacts.name_key', 'contacts.id'), '>', tuple(after.key, after.id))))
        .select(['contacts.name_key as key', 'contacts.id']).orderBy('contacts.name_key').orderBy('contacts.id').limit(limit).execute(),
      count: async () => Number((await found().select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()).total),
    })
    if (!paged.ok) return refused('request.invalid', { issues: paged.issues })
    const { ids, ...rest } = paged.page
    return done({ items: await readContacts(db, viewer, ids), ...rest })
  })

/** `GET /v1/contacts/{contactId}`. */
export const contactsGet = ({ store }: ActionDeps): Handler<'contacts.get'> => async ({ params }, { viewer }) => {
  const contact = await store.read(viewer.organizationId, (db) => readContact(db, viewer, params.contactId))
  return contact === null ? refused('not_found') : done(contact)
}
