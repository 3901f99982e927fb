import { call } from '../../api/call'
import type { ReplyOf } from '../../api/contract'
import { namesIn } from '../find'
import { chosen, option } from '../forms'
import type { Draft, Env, FindField, Field, Named } from '../vocabulary'

/** Choosing workspaces: out of a short list, or found by typing where there are more. */

/** As many are listed to choose from; more are found by typing. */
export const LISTED = 20

/** The first workspaces by name. `limit` is more than are listed where names are needed beside the choice. */
export const firstWorkspaces = (limit = LISTED) => call('workspaces.list', { query: { limit: String(limit) } })

/** The workspace that is chosen already: it may be far down the list. */
export const placeOf = (id: string | undefined) => (id === undefined ? {} : { place: call('workspaces.get', { params: { workspaceId: id } }) })

/** Those to choose from without typing, whether that is all of them, and every name that is known. */
export type Places = { listed: readonly Named[]; isCut: boolean; nameById: ReadonlyMap<string, string> }

const namedOf = ({ id, name }: { id: string; name: string }): Named => ({ value: id, label: name })

/** `more` are workspaces that somebody is in already, however far down the list; the draft knows those that were found. */
export const placesOf = (all: Pick<ReplyOf<'workspaces.list'>, 'items' | 'next'> | null, draft: Draft, more: readonly { id: string; name: string }[] = []): Places => {
  const items = (all?.items ?? []).map(namedOf)
  const known = [...namesIn(draft), ...more.map(namedOf), ...items]
  return { listed: items.slice(0, LISTED), isCut: all !== null && (all.next !== null || items.length > LISTED), nameById: new Map(known.map(({ value, label }) => [value, label])) }
}

/** Ids with their names; those without one are counted together, and stay chosen. */
const namedIn = ({ nameById }: Places, ids: readonly string[], env: Env): Named[] => {
  const unnamed = ids.filter((id) => !nameById.has(id))
  return [
    ...ids.flatMap((value) => {
      const label = nameById.get(value)
      return label === undefined ? [] : [{ value, label }]
    }),
    ...(unnamed.length === 0 ? [] : [{ value: unnamed.join(' '), label: env.t('pane.more_count', { count: unnamed.length }) }]),
  ]
}

/** Workspaces as a person reads them. */
export const placesText = ({ nameById }: Places, ids: readonly string[], env: Env): string => {
  const names = ids.flatMap((id) => nameById.get(id) ?? [])
  const left = ids.length - names.length
  if (names.length === 0) return left === 0 ? env.t('common.none') : env.t('workspaces.count', { count: left })
  return left === 0 ? env.t.list(names) : `${names.join(', ')} ${env.t('pane.more_count', { count: left })}`
}

/** The workspaces that are ticked; several of them may stand together as one value. */
export const chosenWorkspaces = (draft: Draft, stored: readonly string[] = []): string[] =>
  chosen(draft, 'workspaceIds', stored).flatMap((ids) => ids.split(' ').filter((id) => id !== ''))

type About = Pick<FindField, 'name' | 'label' | 'hint' | 'required' | 'max' | 'none'>

const findField = (about: About, places: Places, several: boolean, chosenNow: Named[]): Field => ({ ...about, as: 'find', from: 'workspaces.list', several, chosen: chosenNow, first: [...places.listed] })

const options = ({ listed }: Places, chosenNow: readonly Named[]) =>
  [...chosenNow.filter(({ value }) => !listed.some((one) => one.value === value)), ...listed].map(({ value, label }) => option(value, label))

/** Choosing several workspaces, those of a user. */
export const workspacesField = (places: Places, ids: readonly string[], env: Env, max?: number): Field => {
  const chosenNow = namedIn(places, ids, env)
  const about = { name: 'workspaceIds', label: env.t('user.workspaces'), ...(max === undefined ? {} : { max, hint: env.t('users.workspaces_max', { count: max }) }) }
  return places.isCut ? findField(about, places, true, chosenNow) : { ...about, as: 'many', value: chosenNow.map(({ value }) => value), options: options(places, chosenNow) }
}

/** Choosing one workspace; `none` is what it means to choose none, where that can be. */
export const workspaceField = (places: Places, id: string, about: About, env: Env): Field => {
  const chosenNow = namedIn(places, id === '' ? [] : [id], env)
  if (places.isCut) return findField(about, places, false, chosenNow)
  const { none, ...rest } = about
  return { ...rest, as: 'one', value: [id], options: [...(none === undefined ? [] : [option('', none)]), ...options(places, chosenNow)] }
}
