import { sampleEnv } from '../../tests/doubles/samples/env'
import { filterWords } from './filter-words'
import type { Field } from './vocabulary'

const options = [{ value: '', label: 'Any', enabled: true as const }, { value: 'a', label: 'Alpha', enabled: true as const }, { value: 'b', label: 'Beta', enabled: true as const }]

test.each<[string, Field, string[]]>([
  ['a choice by its label', { as: 'one', name: 'x', label: 'Kind', options, value: ['a'] }, ['Kind: Alpha']],
  ['nothing of a choice that leaves everything', { as: 'one', name: 'x', label: 'Kind', options, value: [''] }, []],
  ['nothing of a choice that is the first of its kind', { as: 'one', name: 'x', label: 'Show by', options: options.slice(1), value: ['a'] }, []],
  ['nothing of a value that no option has', { as: 'one', name: 'x', label: 'Kind', options, value: ['z'] }, []],
  ['several together', { as: 'many', name: 'x', label: 'Kind', options: options.slice(1), value: ['a', 'b'] }, ['Kind: Alpha and Beta']],
  ['a day as it is read', { as: 'date', name: 'x', label: 'From', value: '2026-03-01' }, ['From: Mar 1, 2026']],
  ['nothing of an empty day', { as: 'date', name: 'x', label: 'From', value: '' }, []],
  ['what was typed as it stands', { as: 'text', name: 'x', label: 'IP address', value: '203.0.113.9' }, ['IP address: 203.0.113.9']],
  ['that a switch is on', { as: 'switch', name: 'x', label: 'Never activated', value: 'on' }, ['Never activated: On']],
])('filters say %s', (_what, field, words) => expect(filterWords([field], sampleEnv().t)).toEqual(words))

test('and all of them in the reader’s language', () =>
  expect(filterWords([{ as: 'text', name: 'x', label: 'Adresse IP', value: '::1' }], sampleEnv({ locale: 'fr' }).t)).toEqual(['Adresse IP\u00A0: ::1']))
