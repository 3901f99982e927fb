import * as fc from 'fast-check'
import { domainOf, emailKey, parseEmail } from './email'

/** UTS-46 as far as these cases need it. */
const toAscii = (domain: string): string | null => {
  const known: Record<string, string> = { 'münchen.example': 'xn--mnchen-3ya.example', 'ｇmail.com': 'gmail.com', 'bücher.example': 'xn--bcher-kva.example' }
  const lower = domain.toLowerCase()
  return known[lower] ?? (/^[\x20-\x7E]+$/.test(lower) ? lower : null)
}
const read = (text: string) => {
  const parsed = parseEmail(text, toAscii)
  return parsed.ok ? parsed.value.address : parsed.issues.map((issue) => issue.code).join()
}
const long = (n: number) => 'a'.repeat(n)

describe('reading one address', () => {
  test.each([
    ['maria@acme.example', 'maria@acme.example'],
    ['  maria@acme.example\u00A0', 'maria@acme.example'],
    ['Maria.Lopez+news@ACME.Example', 'Maria.Lopez+news@acme.example'],
    ["o'neil@acme.example", "o'neil@acme.example"],
    ['!#$%&*+-/=?^_`{|}~@acme.example', '!#$%&*+-/=?^_`{|}~@acme.example'],
    ['josé@acme.example', 'josé@acme.example'],
    ['jose\u0301@acme.example', 'josé@acme.example'],
    ['用户@acme.example', '用户@acme.example'],
    ['maria@münchen.example', 'maria@xn--mnchen-3ya.example'],
    ['maria@ｇmail.com', 'maria@gmail.com'],
    ['a@1-2.example', 'a@1-2.example'],
    [`${long(64)}@acme.example`, `${long(64)}@acme.example`],
    ['', 'field.required'],
    ['   ', 'field.required'],
    ['maria', 'email.malformed'],
    ['@acme.example', 'email.malformed'],
    ['maria@', 'domain.malformed'],
    ['maria@localhost', 'domain.malformed'],
    ['maria@acme..example', 'domain.malformed'],
    ['maria@acme.example.', 'domain.malformed'],
    ['maria@-acme.example', 'domain.malformed'],
    ['maria@acme-.example', 'domain.malformed'],
    ['maria@ac_me.example', 'domain.malformed'],
    ['maria@192.168.1.1', 'domain.malformed'],
    ['maria@[192.168.1.1]', 'domain.malformed'],
    ['maria@ünknown.example', 'domain.malformed'],
    [`maria@${long(64)}.example`, 'domain.malformed'],
    ['.maria@acme.example', 'email.malformed'],
    ['maria.@acme.example', 'email.malformed'],
    ['ma..ria@acme.example', 'email.malformed'],
    ['"maria lopez"@acme.example', 'email.malformed'],
    ['"maria"@acme.example', 'email.malformed'],
    ['maria(comment)@acme.example', 'email.malformed'],
    ['Maria <maria@acme.example>', 'email.malformed'],
    ['<maria@acme.example>', 'email.malformed'],
    ['maria @acme.example', 'email.malformed'],
    ['maria@@acme.example', 'email.malformed'],
    ['ſam@acme.example', 'email.malformed'],
    ['ａdmin@acme.example', 'email.malformed'],
    ['maria@acme.example,luc@acme.example', 'email.many'],
    ['maria@acme.example, luc@acme.example', 'email.many'],
    ['maria@acme.example; luc@acme.example', 'email.many'],
    ['maria@acme.example luc@acme.example', 'email.many'],
    ['maria,luc@acme.example', 'email.many'],
    ['maria@acme.example,', 'email.many'],
    ['maria@acme.example\r\nBcc: luc@acme.example', 'field.control_characters'],
    ['ma\u0000ria@acme.example', 'field.control_characters'],
    ['ma\u200Bria@acme.example', 'field.control_characters'],
    ['maria@acme.example\u202E.moc', 'field.control_characters'],
    [`${long(65)}@acme.example`, 'email.too_long'],
    [`${long(60)}@${[long(63), long(63), long(63)].join('.')}.example`, 'email.too_long'],
    [`${'é'.repeat(33)}@acme.example`, 'email.too_long'],
    [`${long(400)}@acme.example`, 'email.too_long'],
  ])('%j is read as %s', (text, expected) => expect(read(text)).toBe(expected))

  test('whatever is typed, one address comes out or coded issues, never an exception', () => {
    const isOne = (text: string) => {
      const parsed = parseEmail(text, toAscii)
      return parsed.ok ? !/[\s,;<>"()\u0000-\u001F]/.test(parsed.value.address) && parsed.value.address.split('@').length === 2 : parsed.issues.length > 0
    }
    expect(() => fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), isOne), { numRuns: 500 })).not.toThrow()
  })
  test('an address that was read reads the same again', () => {
    const isStable = (text: string) => {
      const first = parseEmail(text, toAscii)
      return !first.ok || JSON.stringify(parseEmail(first.value.address, toAscii)) === JSON.stringify(first)
    }
    expect(() => fc.assert(fc.property(fc.emailAddress(), isStable))).not.toThrow()
  })
})

describe('comparing addresses', () => {
  test.each([
    ['Maria@ACME.example', 'maria@acme.example', true],
    ['JOSÉ@acme.example', 'jose\u0301@acme.example', true],
    ['\u212Aim@acme.example', 'kim@acme.example', true],
    ['STRAẞE@acme.example', 'straße@acme.example', true],
    ['straße@acme.example', 'strasse@acme.example', false],
    ['ſam@acme.example', 'sam@acme.example', false],
    ['İnfo@acme.example', 'info@acme.example', false],
    ['ınfo@acme.example', 'info@acme.example', false],
    ['maria+a@acme.example', 'maria@acme.example', false],
  ])('%s and %s are the same person: %s', (a, b, same) => expect(emailKey(a) === emailKey(b)).toBe(same))
  test('a key is its own key', () => {
    expect(() => fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => emailKey(emailKey(text)) === emailKey(text)))).not.toThrow()
  })
  test('the domain is what stands after the at sign', () => {
    expect([domainOf('maria@Acme.example'), domainOf('maria')]).toEqual(['acme.example', ''])
  })
})
