import { MAX_DEPTH, parseJsonBody } from './json'

const issueOf = (text: string) => {
  const parsed = parseJsonBody(text)
  return parsed.ok ? null : [parsed.failure.code, parsed.failure.issues[0]?.code ?? null, parsed.failure.issues[0]?.path ?? null]
}

describe('a JSON body', () => {
  it.each([
    ['{"role":"member","role":"org_admin"}', 'role'],
    ['{"role":"member","\\u0072ole":"org_admin"}', 'role'],
    ['{"a":{"b":[{"c":1},{"c":1,"d":2,"c":3}]}}', 'a.b.1.c'],
    ['{"a": 1 , "a"\n: 2}', 'a'],
  ])('is refused where one key stands twice: %s', (text, path) => {
    expect(issueOf(text)).toEqual(['request.invalid', 'field.duplicate_key', path])
  })

  it('may repeat a key in different objects, and hold braces, quotes and keys in its texts', () => {
    for (const text of ['[{"a":1},{"a":2}]', '{"a":{"a":1}}', '{"a":"{\\"b\\":1,\\"b\\":2}","c":"\\\\"}', '{"a":["a","a"]}']) expect(parseJsonBody(text)).toEqual({ ok: true, value: JSON.parse(text) })
  })

  it('is refused beyond the depth, however deep', () => {
    expect(parseJsonBody('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH)).ok).toBe(true)
    for (const depth of [MAX_DEPTH + 1, 100_000]) expect(issueOf('['.repeat(depth))).toEqual(['request.too_deep', null, null])
    expect(issueOf('{"a":'.repeat(MAX_DEPTH + 1))).toEqual(['request.too_deep', null, null])
  })

  it.each(['', '{', '{"a"', '{"a":}', '"', '"\\', 'nul', '{"a":1}x', '}'])('is refused where it is none: %j', (text) => {
    expect(issueOf(text)).toEqual(['request.invalid', 'field.invalid', ''])
  })
})
