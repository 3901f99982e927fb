import { domainToASCII, domainToUnicode } from 'node:url'
import { DOMAIN_MAX_LENGTH, parseDomainName, refusalOfDomain } from './domains.parse'
import { looksAlike, mixesScripts } from './domains.scripts'

const toAscii = (domain: string): string | null => domainToASCII(domain) || null
const parse = (text: string) => parseDomainName(text, toAscii, domainToUnicode)
const codeOf = (text: string) => {
  const parsed = parse(text)
  return parsed.ok ? null : parsed.issues[0]?.code
}

describe('a domain is normalized by UTS-46 before anything is looked up', () => {
  it.each<[string, string]>([
    ['acme.example', 'acme.example'], ['ACME.Example', 'acme.example'], [' acme.example ', 'acme.example'], ['@acme.example', 'acme.example'], ['acme.example.', 'acme.example'],
    ['acme。example', 'acme.example'], ['acme．example', 'acme.example'], ['acme｡example', 'acme.example'],
    ['ｇmail.com', 'gmail.com'], ['ＧＭＡＩＬ．ＣＯＭ', 'gmail.com'], ['𝐠𝐦𝐚𝐢𝐥.com', 'gmail.com'], ['ⓖⓜⓐⓘⓛ.com', 'gmail.com'],
    ['K.example', 'k.example'], ['ſ.example', 's.example'], ['İ.example', 'xn--i-9bb.example'], ['ß.example', 'xn--zca.example'], ['straße.example', 'xn--strae-oqa.example'], ['STRASSE.example', 'strasse.example'],
    ['faß.de', 'xn--fa-hia.de'], ['βόλος.com', 'xn--nxasmm1c.com'], ['ΒΌΛΟΣ.com', 'xn--nxasmq6b.com'], ['bücher.example', 'xn--bcher-kva.example'], ['bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['Ⅷ.example', 'viii.example'], ['㎏.example', 'kg.example'], ['例え.テスト', 'xn--r8jz45g.xn--zckzah'], ['xn--bcher-kva.example', 'xn--bcher-kva.example'], ['1.example', '1.example'], ['a.b.c.d.example', 'a.b.c.d.example'],
    ['com', 'com'],
  ])('%s → %s', (text, name) => expect(parse(text)).toEqual({ ok: true, value: { name, unicodeName: domainToUnicode(name) } }))

  it.each([
    'a..example', '.example', 'acme..', '-acme.example', 'acme-.example', 'ab--cd.example', 'a_b.example', 'a b.example', 'a@b.example', 'https://acme.example', 'acme.example/path', 'acme.example:25', 'acme.example?x', 'acme.example#x',
    'ex%61mple.com', 'acme\\example.com', '[::1]', '127.0.0.1', '0x7f.1', '1.2.3', '２.３.４.５', 'xn--.example', 'xn--a.example', 'xn--0.example', 'xn--SS.example', 'xn--1-.example', '\u0300a.example', 'a'.repeat(64) + '.example', `${'a.'.repeat(130)}example`, 'ａ／ｂ.example', 'ⓐ＠b.example',
    'acme.exam ple', '"acme".example', 'acme,example', 'acme.example,evil.example', '*.example', '℀.example',
  ])('%s is no domain name', (text) => expect(codeOf(text)).toBe('domain.malformed'))

  it.each(['a\u00ADb.example', 'a\u200Bb.example', 'a\u200Db.example', 'a\u200Cb.example', '\u202Eacme.example', 'acme\u0000.example', 'acme\uFE0F.example', 'a\u2060b.example', 'acme\u180E.example'])('%j hides a character and is refused', (text) => expect(codeOf(text)).toBe('field.control_characters'))

  it('asks for a name where there is none', () => expect(['', '  ', '@'].map(codeOf)).toEqual(['field.required', 'field.required', 'field.required']))

  it('leaves room for the host of the proof', () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.`
    expect(parse(long + 'd'.repeat(DOMAIN_MAX_LENGTH - long.length))).toMatchObject({ ok: true })
    expect(parse(long + 'd'.repeat(DOMAIN_MAX_LENGTH - long.length + 1))).toEqual({ ok: false, issues: [{ code: 'field.too_long', path: 'name', params: { limit: DOMAIN_MAX_LENGTH } }] })
  })

  it('gives the same again when a name is read a second time', () => {
    for (const text of ['straße.example', 'ΒΌΛΟΣ.com', 'İ.example', 'ⓖⓜⓐⓘⓛ.com']) {
      const first = parse(text)
      expect(first.ok && parse(first.value.unicodeName)).toEqual(first)
      expect(first.ok && parse(first.value.name)).toEqual(first)
    }
  })
})

describe('a name that could pass for another one', () => {
  it.each(['аcme.example', 'gооgle.com', 'pаypal.com', 'аррӏе.com', 'миcrosoft.com', 'αcme.com', 'οοο.com', 'ѕсоре.com', 'асе.org', 'раураӏ.com', 'ᏢᎪypal.com', 'paypaⅼа.com', 'հi.com', 'aقb.com'])('%s is warned about', (name) => expect(mixesScripts(name)).toBe(true))
  it.each(['acme.example', 'bücher.example', 'пример.com', 'пример.рф', 'асе.рф', '例え.com', 'ラーメンabc.example', '中文abc.example', '한국abc.example', 'βόλος.com', 'العربية.example', '1-2-3.example', 'xn--a.example', 'i̇.example'])('%s is not', (name) => expect(mixesScripts(name)).toBe(false))
})

describe('a name next to the organization’s own', () => {
  it.each(['acme', 'аcme', 'асме', 'acmé', 'acmee', 'acne', 'cme', 'ac-me', 'αcme', 'acrne'])('acme could be taken for %s', (label) => expect(looksAlike(label, 'acme')).toBe(true))
  it.each(['globex', 'ac', 'acmecorp', 'emca'])('and not for %s', (label) => expect(looksAlike(label, 'acme')).toBe(false))
  it('sees letters that run together as one', () => expect([looksAlike('vvorld', 'world'), looksAlike('doud', 'cloud'), looksAlike('rnicrosoft', 'microsoft')]).toEqual([true, true, true]))
  it('leaves short names alone unless they are seen as the same', () => expect([looksAlike('ibn', 'ibm'), looksAlike('іbm', 'ibm')]).toEqual([false, true]))
})

describe('who can be claimed by nobody', () => {
  const lists = { isPublicMailbox: (name: string) => name === 'gmail.com' || name === 'desk.example', isPublicSuffix: (name: string) => name === 'co.uk' || name === 'gmail.com', isOwn: (name: string) => name === 'desk.example' }
  it.each<[string, ReturnType<typeof refusalOfDomain>]>([['gmail.com', 'domain.public_mailbox'], ['co.uk', 'domain.public_suffix'], ['desk.example', 'domain.reserved'], ['acme.example', null], ['acme.test', null]])('%s → %s', (name, code) => expect(refusalOfDomain(name, lists)).toBe(code))
})
