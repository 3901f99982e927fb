import { localeOf } from '../../shared/kit/locale'
import { sendLinks } from '../actions/activation/links'
import { closeOrganization } from '../actions/organization/organization'
import { readAddress } from '../identity/address'
import { EXIT, operatorScope, type Command } from './command'

const NAME_MAX = 200

/** Lists customers. */
export const orgList: Command = {
  usage: 'org list',
  summary: 'lists organizations: id, name, when made, when deleted',
  words: 0,
  options: [],
  run: async ({ store, print }) => {
    const rows = await store.system((db) => db.selectFrom('organizations').select(['id', 'name', 'created_at', 'deleted_at']).orderBy('created_at').execute())
    for (const row of rows) print([row.id, row.name, row.created_at.toISOString(), row.deleted_at === null ? '' : `deleted ${row.deleted_at.toISOString()}`].join('  ').trimEnd())
    return EXIT.done
  },
}

/** Adds a customer with its first administrator, who is sent an activation link. */
export const orgCreate: Command = {
  usage: 'org create NAME --owner ADDRESS [--language en|fr|es]',
  summary: 'adds an organization and invites its first administrator',
  words: 1,
  options: ['owner', 'language'],
  run: async (context) => {
    const { store, words, options, print, now, newId } = context
    const name = (words[0] ?? '').trim().slice(0, NAME_MAX)
    const address = readAddress(options['owner'] ?? '')
    if (name === '' || address === null) return EXIT.usage
    const [id, userId, language] = [newId(), newId(), localeOf(options['language'] ?? 'en')]
    await store.system(async (db) => {
      await db.insertInto('organizations').values({ id, name, contact_email: address.address, created_at: now }).execute()
      await db.insertInto('license_pools').columns(['organization_id', 'plan']).expression(db.selectFrom('plans').select((eb) => [eb.val(id).$castTo<string>().as('organization_id'), 'plans.id as plan'])).execute()
    })
    const outcome = await store.change(operatorScope(context, id), async (change) => {
      const person = { id: userId, email: address.address, name: '' }
      await change.db.insertInto('users').values({ organization_id: id, id: userId, email: address.address, email_key: address.key, domain: address.domain, role: 'org_admin', status: 'pending', language, created_at: now }).execute()
      change.record({ category: 'audit', kind: 'organization.created', ofAdmin: true, target: { type: 'organization', id, label: name } })
      change.record({ category: 'audit', kind: 'user.added', ofAdmin: true, subjects: [person], target: { type: 'user', id: userId, label: address.address }, changes: { role: { from: null, to: 'org_admin' } } })
      await sendLinks(change, [{ ...person, language, plan: null, ofAdmin: true }], { id: null, email: '', name: '' })
      return { ok: true, value: null }
    })
    if (!outcome.ok) return EXIT.failed
    print(id)
    return EXIT.done
  },
}

/** Closes a customer's organization; its log stays. */
export const orgDelete: Command = {
  usage: 'org delete ORGANIZATION --yes NAME',
  summary: 'closes an organization; --yes repeats its name',
  words: 1,
  ofOrganization: true,
  options: ['yes'],
  run: async (context) => {
    const { store, words, options, print, now } = context
    const outcome = await store.change(operatorScope(context, words[0] ?? ''), async ({ db, organization, record }) => {
      if (organization.name !== options['yes']) return { ok: false, code: 'plan.refused' }
      await closeOrganization(db, organization.id, now)
      record({ category: 'audit', kind: 'organization.deleted', ofAdmin: true, target: { type: 'organization', id: organization.id, label: organization.name }, changes: { name: { from: organization.name, to: null } } })
      return { ok: true, value: null }
    })
    print(outcome.ok ? 'deleted' : outcome.code === 'plan.refused' ? '--yes must repeat the name of the organization' : 'no such organization')
    return outcome.ok ? EXIT.done : EXIT.failed
  },
}
