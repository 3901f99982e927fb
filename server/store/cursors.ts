import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Json } from '../../shared/kit/result'

/** What a cursor is good for: one list of one organization, under one filter and sort. */
export type CursorScope = { organizationId: string; list: string; filter: Json }

/** Makes and reads the opaque `cursor` of lists; `values` is the sort key of the last row given out. */
export type Cursors = {
  encode: (scope: CursorScope, values: Json[]) => string
  /** null for anything that was not made for this very scope. */
  decode: (scope: CursorScope, cursor: string) => Json[] | null
}

const MAC_BYTES = 16

/** Cursors signed with a key that all servers share. */
export function createCursors(key: Buffer): Cursors {
  const macOf = (scope: CursorScope, body: string): Buffer =>
    createHmac('sha256', key).update(JSON.stringify([scope.organizationId, scope.list, sorted(scope.filter), body])).digest().subarray(0, MAC_BYTES)
  return {
    encode: (scope, values) => {
      const body = Buffer.from(JSON.stringify(values)).toString('base64url')
      return `${body}.${macOf(scope, body).toString('base64url')}`
    },
    decode: (scope, cursor) => {
      const [body = '', mac = '', ...rest] = cursor.split('.')
      const given = Buffer.from(mac, 'base64url')
      if (rest.length > 0 || given.length !== MAC_BYTES || !timingSafeEqual(given, macOf(scope, body))) return null
      return JSON.parse(Buffer.from(body, 'base64url').toString())
    },
  }
}

/** The order in which a client spelt its filter does not matter. */
function sorted(filter: Json): Json {
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) return filter
  return Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, value])
}
