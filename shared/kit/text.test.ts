import * as fc from 'fast-check'
import { fold, fullName, hasControlCharacters, initials } from './text'

describe('folding for search', () => {
  test.each([
    ['Élodie', 'elodie'], ['E\u0301lodie', 'elodie'], ['\u212Aelvin', 'kelvin'], ['İstanbul', 'istanbul'], ['ISTANBUL', 'istanbul'], ['ılık', 'ilik'],
    ['ſam', 'sam'], ['Straße', 'strasse'], ['STRASSE', 'strasse'], ['Œuvre', 'oeuvre'], ['Łódź', 'lodz'], ['Ñandú', 'nandu'], ['ｇmail', 'gmail'], ['ﬁn', 'fin'],
    ['Ærø', 'aero'], ['Добрый', 'добрыи'], ['用户', '用户'], ['', ''],
  ])('%s is searched as %s', (text, folded) => expect(fold(text)).toBe(folded))
  test('folding twice changes nothing', () => {
    expect(() => fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)))).not.toThrow()
  })
})

describe('naming a person', () => {
  const person = (firstName: string, lastName: string, email = 'maria.lopez@acme.example') => ({ firstName, lastName, email })
  test.each([
    [person('Maria', 'López'), 'Maria López', 'ML'],
    [person('Maria', ''), 'Maria', 'M'],
    [person('', 'López'), 'López', 'L'],
    [person('Ana María', 'de la Cruz'), 'Ana María de la Cruz', 'AC'],
    [person('', ''), 'maria.lopez@acme.example', 'ME'],
    [person('𝒜da', 'Lovelace'), '𝒜da Lovelace', '𝒜L'],
    [person('🎉', '🎉'), '🎉 🎉', '?'],
    [person('élodie', 'œuvrard'), 'élodie œuvrard', 'ÉŒ'],
  ])('%j', (named, name, letters) => expect([fullName(named), initials(named)]).toEqual([name, letters]))
})

test.each([['plain', false], ['a\nb', true], ['a\tb', true], ['a\u0000', true], ['a\u2028', true], ['🎉 é', false]])('%j holds control characters: %s', (text, holds) => {
  expect(hasControlCharacters(text)).toBe(holds)
})
