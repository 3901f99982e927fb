import type { Abilities } from '../access/abilities'
import type { Draft, Option } from './vocabulary'

/** What forms of several screens have in common. */

/** What stands in a field: what was typed, or else what is stored. */
export const typed = (draft: Draft, name: string, stored = ''): string => {
  const value = draft.values[name]
  return Array.isArray(value) ? (value[0] ?? '') : (value ?? stored)
}

/** What is chosen in a field: what was ticked, or else what is stored. */
export const chosen = (draft: Draft, name: string, stored: readonly string[] = []): string[] => {
  const value = draft.values[name]
  if (value === undefined) return [...stored]
  return Array.isArray(value) ? value : value === '' ? [] : [value]
}

/** What was typed into a field; undefined for one that nobody touched. */
export const touched = (draft: Draft, name: string): string | undefined => (draft.values[name] === undefined ? undefined : typed(draft, name, ''))

/** An option that can be chosen. */
export const option = (value: string, label: string): Option => ({ value, label, enabled: true })

type Conflict = { field: string; label: string; mine: string; theirs: string; mineText?: string; theirsText?: string }
type Compared = { field: string; label: string; theirs: string | undefined; /** How a value is read, where it is an id. */ word?: (value: string) => string }

/** Of the fields that somebody else changed meanwhile, those where what was typed here differs. */
export const conflictsOf = (draft: Draft, fields: readonly Compared[]): Conflict[] =>
  fields.flatMap(({ field, label, theirs, word }) => {
    const mine = touched(draft, field)
    return theirs === undefined || mine === undefined || mine === theirs ? [] : [{ field, label, mine, theirs, ...(word ? { mineText: word(mine), theirsText: word(theirs) } : {}) }]
  })

/** The current record of a version conflict, as far as its fields are known. The contract's parser does not read it: nothing is taken for granted. */
export const theirsOf = <T extends object>(draft: Draft): Partial<T> | null => (typeof draft.theirs === 'object' && draft.theirs !== null ? draft.theirs : null)

/** The value of a draft that tells on which version of its record it was begun. */
export const BEGUN_ON = '#version'

/**
 * The record that somebody else stored since the draft was begun; null where nobody did. Either the
 * server sent it with its refusal, or it was read again while the person was typing.
 */
export const theirsSince = <T extends { version: number }>(draft: Draft, stored: T): Partial<T> | null => {
  const refused = theirsOf<T>(draft)
  if (refused !== null && (refused.version ?? 0) >= stored.version) return refused
  const begun = draft.values[BEGUN_ON]
  return refused === null && (begun === undefined || begun === String(stored.version)) ? null : stored
}

/** A record of a list with the abilities that all of its rows share. */
export const withShared = <R extends { abilities: Abilities }>(record: R, list: { abilities?: Abilities }): R => ({ ...record, abilities: { ...list.abilities, ...record.abilities } })
