import { eraseEventText } from '../store/events.erase'
import { isUuid } from '../store/ids'
import { EXIT, operatorScope, type Command } from './command'

/** Erases one removed person: from the log, from their messages, and from their own row. */
export const userErase: Command = {
  usage: 'user erase ORGANIZATION USER --yes ADDRESS',
  summary: 'erases the personal data of a removed user for good; --yes repeats their address. The log stays verifiable',
  words: 2,
  ofOrganization: true,
  options: ['yes'],
  run: async (context) => {
    const { store, words, options, print } = context
    const userId = words[1] ?? ''
    if (!isUuid(userId)) {
      print('no such user')
      return EXIT.failed
    }
    const outcome = await store.change(operatorScope(context, words[0] ?? ''), async ({ db, organization, record }) => {
      const user = await db.selectFrom('users').select(['email', 'status']).where('organization_id', '=', organization.id).where('id', '=', userId).executeTakeFirst()
      if (user === undefined) return { ok: false, code: 'not_found' }
      if (user.status !== 'removed') return { ok: false, code: 'user.not_removed' }
      if (user.email !== options['yes']) return { ok: false, code: 'plan.refused' }
      const lines = await eraseEventText(db, organization.id, userId)
      const nobody = `erased-${userId}@erased.invalid`
      await db.updateTable('users').set({ email: nobody, email_key: nobody, domain: 'erased.invalid', first_name: '', last_name: '', mobile: '', sms_country: '', removed_state: null }).where('organization_id', '=', organization.id).where('id', '=', userId).execute()
      await db.deleteFrom('identities').where('organization_id', '=', organization.id).where('user_id', '=', userId).execute()
      await db.updateTable('messages').set({ sender_email: '', sender_key: '', sender_name: '' }).where('organization_id', '=', organization.id).where('sender_id', '=', userId).execute()
      record({ category: 'audit', kind: 'user.erased', ofAdmin: true, target: { type: 'user', id: userId, label: '' }, changes: { lines: { from: null, to: lines } } })
      return { ok: true, value: lines }
    })
    if (outcome.ok) print(`erased from ${outcome.value} lines`)
    else print(REFUSALS[outcome.code] ?? 'no such user')
    return outcome.ok ? EXIT.done : EXIT.failed
  },
}

const REFUSALS: Record<string, string> = { 'user.not_removed': 'remove the user first', 'plan.refused': '--yes must repeat the address of the user' }
