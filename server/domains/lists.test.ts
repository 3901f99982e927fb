import { createRequire } from 'node:module'
import freeEmailDomains from 'free-email-domains'
import { parseDomainName, refusalOfDomain } from '../../shared/domains/domains.parse'
import { toAscii } from '../identity/address'
import { createDomainLists, readLabel, toUnicode } from './lists'

const lists = createDomainLists('https://desk.orgdesk.example')
/** Why a typed name can't be claimed; null where it can. */
const refusal = (text: string): string | null => {
  const parsed = parseDomainName(text, toAscii, toUnicode)
  return parsed.ok ? refusalOfDomain(parsed.value.name, lists) : (parsed.issues[0]?.code ?? null)
}

/** The suffix list as tldts ships it: edges of a trie from right to left, with their labels in one text. */
type Trie = { nodeFlags: Uint8Array; edgeStart: ArrayLike<number>; edgeChild: ArrayLike<number>; edgeLength: ArrayLike<number>; labelText: string; rulesRoot: number; exceptionsRoot: number }
const load = createRequire(__filename)
const trie = load(load.resolve('tldts').replace(/index\.js$/, 'src/data/trie.js')) as Trie
const offsets = [0]
for (const length of Array.from(trie.edgeLength)) offsets.push((offsets.at(-1) ?? 0) + length)
const namesIn = (node: number, right = ''): string[] => {
  const names = (trie.nodeFlags[node] ?? 0) > 0 && right !== '' ? [right] : []
  for (let edge = trie.edgeStart[node] ?? 0; edge < (trie.edgeStart[node + 1] ?? 0); edge++) {
    const label = trie.labelText.slice(offsets[edge], offsets[edge + 1])
    names.push(...namesIn(trie.edgeChild[edge] ?? 0, right === '' ? label : `${label}.${right}`))
  }
  return names
}

describe('what nobody can claim', () => {
  it('is every public mailbox provider of the list', () => {
    expect(freeEmailDomains.length).toBeGreaterThan(10_000)
    expect(freeEmailDomains.filter((name) => refusal(name) === null)).toEqual([])
  })

  it('is every public suffix of the list, with its private part and in both forms', () => {
    const suffixes = namesIn(trie.rulesRoot).map((name) => name.replace(/^\*\./, 'anything.'))
    expect(suffixes.length).toBeGreaterThan(8_000)
    const claimable = suffixes.flatMap((name) => [name, toUnicode(name)]).filter((name) => refusal(name) === null)
    expect(claimable).toEqual([])
  })

  it('leaves the exceptions of the list to their owners', () => {
    const names = namesIn(trie.exceptionsRoot)
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => lists.isPublicSuffix(name))).toEqual([])
  })

  it.each<[string, string | null]>([
    ['gmail.com', 'domain.public_mailbox'], ['ｇmail.com', 'domain.public_mailbox'], ['GMAIL.COM.', 'domain.public_mailbox'], ['@gmail.com', 'domain.public_mailbox'], ['ⓖⓜⓐⓘⓛ.com', 'domain.public_mailbox'],
    ['co.uk', 'domain.public_suffix'], ['ＣＯ.ＵＫ', 'domain.public_suffix'], ['com', 'domain.public_suffix'], ['github.io', 'domain.public_suffix'], ['blogspot.com', 'domain.public_suffix'], ['example', 'domain.public_suffix'],
    ['desk.orgdesk.example', 'domain.reserved'], ['x.desk.orgdesk.example', 'domain.reserved'], ['orgdesk.example', null],
    ['acme.example', null], ['acme.test', null], ['acme.invalid', null], ['acme.co.uk', null], ['acme.github.io', null], ['mail.gmail.com', null], ['bücher.example', null],
    ['localhost', 'domain.public_suffix'], ['', 'field.required'], ['gmail', 'domain.public_suffix'],
  ])('%s → %s', (text, code) => expect(refusal(text)).toBe(code))
})

it.each([['mail.acme.co.uk', 'acme'], ['acme.example', 'acme'], ['xn--bcher-kva.example', 'bücher'], ['acme.github.io', 'acme'], ['co.uk', 'co.uk']])('people read %s as %s', (name, label) => expect(readLabel(name)).toBe(label))
