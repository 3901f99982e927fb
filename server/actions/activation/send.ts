import { holds } from '../../../shared/access/access.policy'
import { licenseAbilities } from '../../../shared/access/licenses.policy'
import { licensedOf } from '../../../shared/users/snapshot.model'
import { refused, type Handler } from '../../http/handler'
import { LINKS_PER_HOUR, linkWaits, sendLinks } from './links'
import type { ActionDeps } from '../deps'
import { linkOwnerOf } from '../licenses/write'
import { answerOf, changeScopeOf } from '../planned'
import { loadUser } from '../users/write.snapshot'

/** `POST /v1/users/{userId}/activation-link`: a new link goes out, earlier ones stop working, the time begins anew. */
export const activationSend = ({ store, limitFactor }: ActionDeps): Handler<'activation.send'> => async ({ params }, ctx) => {
  const { viewer, now } = ctx
  if (!holds(viewer, 'activation.send')) return refused('access.denied')
  let waitS: number | undefined
  const outcome = await store.change<{ expiresAt: string }>(changeScopeOf(ctx), async (change) => {
    const loaded = await loadUser(change.db, viewer, params.userId, now)
    if (!loaded.ok) return loaded
    const user = loaded.value
    const allowed = licenseAbilities(licensedOf(user), viewer)['user.send_activation']
    if (allowed !== true) return { ok: false, code: allowed }
    waitS = (await linkWaits(change.db, viewer.organizationId, [user.id], now, LINKS_PER_HOUR * limitFactor)).get(user.id)
    if (waitS !== undefined) return { ok: false, code: 'limit.reached' }
    const expiresAt = await sendLinks(change, [linkOwnerOf(user, user.license?.plan ?? null, viewer)], { id: viewer.userId, email: viewer.email, name: viewer.name })
    return { ok: true, value: { expiresAt: expiresAt.toISOString() } }
  })
  return waitS === undefined ? answerOf(outcome) : refused('limit.reached', { retryAfterS: waitS })
}
