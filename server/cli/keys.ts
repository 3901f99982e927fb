import { createHash, randomBytes } from 'node:crypto'
import { EXIT, operatorScope, type Command } from './command'

const PURPOSES = ['ingest', 'provisioning'] as const
const KEY_BYTES = 32

/** Makes a key for another service. It is shown once: only its hash is kept. */
export const keyCreate: Command = {
  usage: 'key create ORGANIZATION [--purpose ingest|provisioning] [--name TEXT]',
  summary: 'makes a service key and shows it once; to rotate, create a new one, then revoke the old',
  words: 1,
  ofOrganization: true,
  options: ['purpose', 'name'],
  run: async (context) => {
    const { store, words, options, print, now, newId } = context
    const purpose = PURPOSES.find((one) => one === (options['purpose'] ?? 'ingest'))
    if (purpose === undefined) return EXIT.usage
    const key = `od_${purpose}_${randomBytes(KEY_BYTES).toString('base64url')}`
    const id = newId()
    const name = options['name'] ?? purpose
    const outcome = await store.change(operatorScope(context, words[0] ?? ''), async ({ db, organization, record }) => {
      await db.insertInto('service_keys').values({ organization_id: organization.id, id, purpose, name, key_hash: createHash('sha256').update(key).digest(), created_at: now }).execute()
      record({ category: 'audit', kind: 'service_key.created', ofAdmin: true, target: { type: 'service_key', id, label: name }, changes: { purpose: { from: null, to: purpose } } })
      return { ok: true, value: null }
    })
    print(outcome.ok ? key : 'no such organization')
    return outcome.ok ? EXIT.done : EXIT.failed
  },
}

/** Shows the keys, never their secret. */
export const keyList: Command = {
  usage: 'key list ORGANIZATION',
  summary: 'lists service keys: id, purpose, name, when made, when revoked',
  words: 1,
  ofOrganization: true,
  options: [],
  run: async ({ store, words, print }) => {
    const keys = await store.system((db) => db.selectFrom('service_keys').selectAll().where('organization_id', '=', words[0] ?? '').orderBy('created_at').execute())
    for (const key of keys) print([key.id, key.purpose, key.name, key.created_at.toISOString(), key.revoked_at === null ? 'in use' : `revoked ${key.revoked_at.toISOString()}`].join('  '))
    return EXIT.done
  },
}

/** Ends a key from the next request on. */
export const keyRevoke: Command = {
  usage: 'key revoke ORGANIZATION KEY',
  summary: 'ends a service key at once',
  words: 2,
  ofOrganization: true,
  options: [],
  run: async (context) => {
    const { store, words, print, now } = context
    const outcome = await store.change(operatorScope(context, words[0] ?? ''), async ({ db, organization, record }) => {
      const key = await db.updateTable('service_keys').set({ revoked_at: now }).where('organization_id', '=', organization.id).where('id', '=', words[1] ?? '').where('revoked_at', 'is', null).returning(['id', 'name']).executeTakeFirst()
      if (key === undefined) return { ok: false, code: 'not_found' }
      record({ category: 'audit', kind: 'service_key.revoked', ofAdmin: true, target: { type: 'service_key', id: key.id, label: key.name } })
      return { ok: true, value: null }
    })
    print(outcome.ok ? 'revoked' : 'no such key in use')
    return outcome.ok ? EXIT.done : EXIT.failed
  },
}
