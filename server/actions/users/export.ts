import * as v from 'valibot'
import { holds } from '../../../shared/access/access.policy'
import { usersQuerySchema, type User } from '../../../shared/users/users.model'
import { toFile } from '../../exports/file'
import { mapBatches, pagesOf } from '../../exports/pages'
import type { Cell } from '../../exports/table'
import { done, refused } from '../../http/handler'
import { parseInput } from '../../http/parse'
import { wordsOf } from '../../mail/words'
import type { DownloadSource } from '../downloads/model'
import { findPage, type UserPosition } from './read.query'
import { readUsers } from './record'

const PAGE_ROWS = 1_000
const filterSchema = v.omit(usersQuerySchema, ['limit', 'cursor'])

/** The columns of the import's template come first, so that an exported file can be imported elsewhere. */
const COLUMNS: readonly { id: string; width: number; cell: (user: User, workspaces: ReadonlyMap<string, string>) => Cell }[] = [
  { id: 'email', width: 16, cell: ({ email }) => email },
  { id: 'first_name', width: 10, cell: ({ firstName }) => firstName },
  { id: 'last_name', width: 10, cell: ({ lastName }) => lastName },
  { id: 'role', width: 8, cell: ({ role, roleName }) => roleName ?? role },
  { id: 'license', width: 7, cell: ({ plan }) => plan ?? '' },
  { id: 'workspaces', width: 16, cell: ({ workspaceIds }, workspaces) => workspaceIds.flatMap((id) => workspaces.get(id) ?? []).join(';') },
  { id: 'language', width: 5, cell: ({ language }) => language },
  { id: 'mobile', width: 9, cell: ({ mobile }) => mobile },
  { id: 'status', width: 7, cell: ({ status }) => status },
  { id: 'license_state', width: 7, cell: ({ license }) => license?.state ?? '' },
  { id: 'last_active_at', width: 11, cell: ({ lastActiveAt }) => lastActiveAt ?? '' },
  { id: 'created_at', width: 11, cell: ({ createdAt }) => createdAt },
]

const nameOf = (now: Date): string => `users-${now.toISOString().slice(0, 10)}`

/** The users that the list would show, in its order. */
export const usersSource: DownloadSource = {
  formats: ['csv', 'xlsx'],
  event: 'file.downloaded',
  check: async (_deps, { viewer, filter, format, now }) => {
    if (!holds(viewer, 'users.view')) return refused('access.denied')
    const parsed = parseInput(filterSchema, filter)
    if (parsed.ok) return { ok: true, name: `${nameOf(now)}.${format}` }
    return refused(parsed.failure.code, { issues: parsed.failure.issues.map((issue) => ({ ...issue, path: `filter.${issue.path}` })) })
  },
  open: async ({ store }, { viewer, filter, format, locale, now }) => {
    const { organizationId } = viewer
    const asked = v.parse(filterSchema, filter)
    const names = await store.read(organizationId, (db) => db.selectFrom('workspaces').select(['id', 'name']).where('organization_id', '=', organizationId).execute())
    const workspaces = new Map(names.map(({ id, name }) => [id, name]))
    const pages = pagesOf<User, UserPosition>((after) => store.read(organizationId, async (db) => {
      const found = await findPage(db, organizationId, asked, after, PAGE_ROWS)
      return { rows: await readUsers(db, viewer, found.map(({ id }) => id)), next: found.length < PAGE_ROWS ? null : (found.at(-1) ?? null) }
    }))
    const t = wordsOf(locale)
    return done(toFile(format, nameOf(now), {
      title: t('users.title'), note: '', headed: true,
      columns: COLUMNS.map(({ id, width }) => ({ label: id, width })),
      batches: mapBatches(pages, (user) => COLUMNS.map(({ cell }) => cell(user, workspaces))),
    }))
  },
}
