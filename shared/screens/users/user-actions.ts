import { fullName } from '../../kit/text'
import type { RecordAbility } from '../../access/abilities'
import type { User } from '../../users/users.model'
import type { ActionRef, Env, Icon } from '../vocabulary'
import type { ActionId } from '../ids'
import type { PhraseKey } from '../../i18n/translate'
import { enabledBy, isOffered } from '../words'

type Offer = { ability: RecordAbility; action: ActionId; phrase: PhraseKey; tone?: 'danger'; icon?: Icon }

const OFFERS: readonly Offer[] = [
  { ability: 'user.restore', action: 'user.restore', phrase: 'user.restore' },
  { ability: 'user.suspend', action: 'user.suspend', phrase: 'user.suspend' },
  { ability: 'user.leave', action: 'nav.user_leave', phrase: 'user.leave' },
  { ability: 'user.remove', action: 'user.remove', phrase: 'user.remove', tone: 'danger' },
]

/** A restore makes sense of nobody who is there; the other way round, nobody who is away is suspended again. */
const makesSense = ({ status }: User, { ability }: Offer): boolean => {
  const isAway = status === 'suspended' || status === 'removed'
  if (ability === 'user.restore') return isAway
  return status !== 'removed' && (ability !== 'user.suspend' || !isAway)
}

const edits = ({ abilities }: User): boolean => (['user.edit', 'user.change_role', 'user.assign_workspaces', 'user.edit_security'] as const).some((ability) => abilities[ability] === true)

/** What the viewer can do with a user as a whole; what can't be done just now stays and says why. */
export const userActions = (user: User, env: Env): ActionRef[] => {
  const args = { userId: user.id, name: fullName(user) }
  return [
    ...(edits(user) && user.status !== 'removed' ? [{ action: 'nav.user_edit' as const, args, label: env.t('user.edit'), enabled: true as const }] : []),
    ...OFFERS.filter((offer) => isOffered(user.abilities, offer.ability) && makesSense(user, offer))
      .map(({ ability, action, phrase, tone }): ActionRef => ({ action, args, label: env.t(phrase), ...(tone ? { tone } : {}), enabled: enabledBy(user.abilities[ability], env) })),
  ]
}
