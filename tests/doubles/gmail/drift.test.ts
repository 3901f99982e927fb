import { readFileSync } from 'node:fs'
import { createCardService, TABLES } from './cards/card-service'
import { ENUMS } from './cards/enums'
import type { Kind } from './cards/kinds'
import { createServices } from './services/services'

/** Names of the members of every interface and enum of a `.d.ts`, by the interface's name; comments and nested braces removed. */
const declared = (path: string): Map<string, Set<string>> => {
  const source = readFileSync(require.resolve(path), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*/g, '').replace(/\{[^{}\n]*\}(?=[);,])/g, 'object')
  const found = new Map<string, Set<string>>()
  for (const [, kind, name = '', body = ''] of source.matchAll(/\b(interface|enum)\s+(\w+)[^{]*\{([^{}]*)\}/g)) {
    const member = kind === 'enum' ? /(\w+)/g : /^\s*(?:readonly\s+)?(\w+)\??(?:\(|: typeof)/gm
    const members = [...body.matchAll(member)].flatMap(([, word]) => (word === undefined ? [] : [word]))
    found.set(name, new Set([...(found.get(name) ?? []), ...members]))
  }
  return found
}

const TYPES = declared('@types/google-apps-script/google-apps-script.card-service.d.ts')
const DETAILED = declared('gas-types-detailed/google-apps-script.card-service.d.ts')

/** What only one of the two sources has, as known on the day it was looked at. */
const ONLY_IN_DETAILED: Partial<Record<Kind, string[]>> = {
  CardSection: ['setCollapseControl'],
  ImageButton: ['setImageButtonStyle', 'setOverflowMenu'],
  SelectionInput: ['setPlatformDataSource'],
  TextButton: ['setIcon', 'setIconUrl', 'setMaterialIcon', 'setOverflowMenu'],
  TextInput: ['setHostAppDataSource'],
  TextParagraph: ['setMaxLines'],
  DateTimePicker: ['setHostAppDataSource'],
}
const ONLY_IN_TYPES: Partial<Record<Kind, string[]>> = {
  DecoratedText: ['setIcon', 'setIconAltText', 'setIconUrl'],
}
const NOT_IN_TYPES: Kind[] = ['Column', 'Columns']
/** Old values that card JSON has no word for. */
const NOT_IN_JSON: Record<string, string[]> = { TextButtonStyle: ['TEXT'] }
const ENUMS_NOT_IN_TYPES = ['HorizontalSizeStyle', 'VerticalAlignment', 'WrapStyle']

const sorted = (names: Iterable<string>): string[] => [...names].sort()
const without = (names: Iterable<string>, ...dropped: string[]): string[] => sorted(names).filter((name) => !dropped.includes(name))

describe('the double has the methods of the published types, all of them and no other', () => {
  it('reads both sources', () => {
    expect(TYPES.get('TextButton')?.has('setText')).toBe(true)
    expect(DETAILED.get('Columns')?.has('addColumn')).toBe(true)
  })

  const kinds = Object.keys(TABLES) as Kind[]
  it.each(kinds.filter((kind) => !NOT_IN_TYPES.includes(kind)))('%s, by @types/google-apps-script', (kind) => {
    expect(sorted(Object.keys(TABLES[kind]))).toEqual(sorted(TYPES.get(kind) ?? []))
  })

  it.each(kinds)('%s, by gas-types-detailed', (kind) => {
    expect(without(Object.keys(TABLES[kind]), ...(ONLY_IN_TYPES[kind] ?? []))).toEqual(without(DETAILED.get(kind) ?? [], ...(ONLY_IN_DETAILED[kind] ?? [])))
  })

  it.each(Object.entries(ENUMS))('the enum %s', (name, values) => {
    for (const source of ENUMS_NOT_IN_TYPES.includes(name) ? [DETAILED] : [DETAILED, TYPES]) {
      expect(without(source.get(name) ?? [], ...(NOT_IN_JSON[name] ?? []))).toEqual(sorted(values))
    }
  })

  it('CardService itself', () => {
    const own = Object.keys(createCardService(() => undefined, () => undefined))
    const known = new Set([...(TYPES.get('CardService') ?? []), ...(DETAILED.get('CardService') ?? []), 'HorizontalSizeStyle', 'VerticalAlignment', 'WrapStyle'])
    expect(own.filter((name) => !known.has(name))).toEqual([])
    expect(sorted(TYPES.get('CardService') ?? []).filter((name) => !own.includes(name))).toEqual([])
  })
})

describe('the other services have no invented member', () => {
  const nothing = () => undefined
  const services = createServices({
    report: nothing, checkCard: nothing, scopes: ['openid'], locale: 'en', print: nothing, sleep: nothing, nowMs: () => 0, newId: () => 'id', identityToken: () => null,
    fetch: { transport: () => [{ status: 200, headers: {}, body: new Uint8Array() }], whitelist: ['https://a.example/'], log: nothing },
    mail: { access: 'readonly', open: () => ({ mail: { id: 'm', from: '', to: '', subject: '', body: '', attachments: [{ name: 'a', mediaType: 'b', content: '' }] }, accessToken: 't', clicked: true }) },
    cache: new Map(), properties: new Map(),
  }) as Record<string, Record<string, (...args: unknown[]) => object>>
  const call = (service: string, method: string, ...args: unknown[]): object => services[service]?.[method]?.(...args) ?? {}
  call('GmailApp', 'setCurrentMessageAccessToken', 't')
  const message = call('GmailApp', 'getMessageById', 'm') as { getAttachments(): object[] }

  it.each([
    ['url-fetch', 'UrlFetchApp', services['UrlFetchApp']],
    ['url-fetch', 'HTTPResponse', call('UrlFetchApp', 'fetch', 'https://a.example/')],
    ['gmail', 'GmailApp', services['GmailApp']],
    ['gmail', 'GmailMessage', message],
    ['gmail', 'GmailAttachment', message.getAttachments()[0]],
    ['script', 'ScriptApp', services['ScriptApp']],
    ['cache', 'CacheService', services['CacheService']],
    ['cache', 'Cache', call('CacheService', 'getUserCache')],
    ['properties', 'PropertiesService', services['PropertiesService']],
    ['properties', 'Properties', call('PropertiesService', 'getUserProperties')],
    ['base', 'Session', services['Session']],
    ['utilities', 'Utilities', services['Utilities']],
    ['base', 'Blob', call('Utilities', 'newBlob', 'x')],
  ])('%s: %s', (file, name, double) => {
    const members = Object.keys(double ?? {})
    expect(members).not.toEqual([])
    for (const source of ['@types/google-apps-script', 'gas-types-detailed']) {
      const known = declared(`${source}/google-apps-script.${file}.d.ts`).get(name) ?? new Set()
      expect(members.filter((member) => !known.has(member))).toEqual([])
    }
  })
})
