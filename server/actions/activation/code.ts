import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { isAdministrator } from '../../../shared/access/access.policy'
import { ACTIVATION_CODE_MINUTES } from '../../../shared/licenses/licenses.model'
import type { SentCode } from '../../../shared/licenses/redeem.policy'
import { done, type Handler, type RequestContext } from '../../http/handler'
import { nameOf, permissionsOfUser } from '../../identity/viewer'
import { takeFromLimit } from '../../store/limits'
import type { Change, ChangeScope } from '../../store/transactions'
import { findLink, loadLink, stateOf, type LinkPlace, type LoadedLink } from './find'
import type { ActionDeps } from '../deps'

const HOUR_MS = 3_600_000
/** How many codes are mailed for one link in an hour, so that a scanner's clicks leave some; and asked for from one address of the network. */
const CODES_PER_LINK = 20
const CODES_PER_IP = 60
const DIGITS = 6
/** After this many wrong ones, the right one is of no use either. */
const ATTEMPTS = 5
/** How many codes are tried on one link in a day, however many new ones are asked for in between. */
const TRIES_PER_DAY = 30

/** Six digits are few: what is kept can't be tried out without the token, which is kept nowhere. */
const codeHash = (token: string, code: string): Buffer => createHash('sha256').update(`${token} ${code}`).digest()

/** `POST /v1/activations/code`: mails a code to the owner of the link. The answer tells nothing, whatever comes of it. */
export const activationsCode = (deps: ActionDeps): Handler<'activations.code'> => async ({ body }, ctx) => {
  await requestCode(deps, body.token, ctx)
  return done(undefined)
}

async function requestCode({ store, limitFactor }: ActionDeps, token: string, ctx: RequestContext<'activations.code'>): Promise<void> {
  const perIp = { bucket: `activation code from ${ctx.ip}`, limit: CODES_PER_IP * limitFactor, windowMs: HOUR_MS }
  if ((await store.system((db) => takeFromLimit(db, perIp, ctx.now))) !== null) return
  const place = await findLink(store, { token })
  if (place === null) return
  await store.change(scopeOf(place, ctx), async (change) => {
    const link = await loadLink(change.db, place)
    if (link === null || stateOf(link, ctx.now) !== 'open' || link.status === 'suspended') return { ok: true, value: null }
    const perLink = { bucket: `activation code for ${link.id}`, limit: CODES_PER_LINK * limitFactor, windowMs: HOUR_MS }
    if ((await takeFromLimit(change.db, perLink, ctx.now)) === null) await mailCode(change, link, token)
    return { ok: true, value: null }
  })
}

/** Whoever asks is not known: the log says so, and for whom it was. */
const scopeOf = (place: LinkPlace, { identity, requestId, ip, client, now, repeat }: RequestContext<'activations.code'>): ChangeScope => ({
  organizationId: place.organizationId, actor: { id: null, email: identity?.email ?? '', name: '' }, requestId, ip, client, now,
  ...(repeat === null ? {} : { idempotency: { key: repeat.key, route: repeat.route, bodyHash: repeat.bodyHash } }),
})

async function mailCode(change: Change, link: LoadedLink, token: string): Promise<void> {
  const { db, organization, now } = change
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0')
  await db.updateTable('activation_links')
    .set({ code_hash: codeHash(token, code), code_expires_at: new Date(now.getTime() + ACTIVATION_CODE_MINUTES * 60_000), code_attempts: 0 })
    .where('organization_id', '=', organization.id).where('id', '=', link.id).execute()
  const owner = { id: link.user_id, email: link.email, name: nameOf({ firstName: link.first_name, lastName: link.last_name }) }
  const ofAdmin = isAdministrator({ permissions: permissionsOfUser({ role: link.role, customRoleId: link.custom_role_id, customPermissions: link.permissions }) })
  change.mail({ kind: 'activation_code', to: owner, language: link.language, params: { organization: organization.name, minutes: ACTIVATION_CODE_MINUTES }, secrets: { code } })
  change.record({ category: 'audit', kind: 'activation.code_sent', ofAdmin, subjects: [owner], target: { type: 'user', id: owner.id, label: owner.name || owner.email } })
}

/** What a code that came along is worth now. Trying is counted before it is judged. */
export async function judgeCode({ db, now }: Change, link: LoadedLink, token: string, code: string | undefined, limitFactor: number): Promise<SentCode> {
  if (code === undefined) return 'absent'
  const tries = { bucket: `activation tries ${link.id}`, limit: TRIES_PER_DAY * limitFactor, windowMs: 24 * HOUR_MS }
  if ((await takeFromLimit(db, tries, now)) !== null) return 'wrong'
  const { code_hash: kept, code_expires_at: until, code_attempts: attempts } = link
  if (kept === null || until === null || until <= now || attempts >= ATTEMPTS) return 'wrong'
  return timingSafeEqual(kept, codeHash(token, code)) ? 'right' : 'wrong'
}

/** Counts one wrong code. */
export async function countWrongCode({ db, organization }: Change, link: LoadedLink): Promise<void> {
  await db.updateTable('activation_links').set((eb) => ({ code_attempts: eb('code_attempts', '+', 1) }))
    .where('organization_id', '=', organization.id).where('id', '=', link.id).execute()
}
