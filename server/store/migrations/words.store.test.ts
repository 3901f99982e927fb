import { openTestStore, type TestStore } from '../../../tests/doubles/store'

jest.setTimeout(60_000)

let store: TestStore
beforeAll(async () => { store = await openTestStore() })
afterAll(() => store.drop())

const SIGNS = ['@', '.', ',', ';', ':', '!', '?', '/', '|', '(', ')', '[', ']', '{', '}', '<', '>', '"', '\\', '\'', '`', '´', '’', '~', '^', '*', '+', '=', '#', '%', '&', '$', '_', '-', '\t', '\n', '://', './', '~/', '&amp;', '<b>', '</b']
const WORDS = ['Anna', '42', '-7', '1e5', '3.14', 'www.acme.example', 'a_b', 'Émile', 'Ｗide', 'ﬁle', 'x']
const TEXTS = SIGNS.flatMap((sign) => WORDS.flatMap((word) => [`${word}${sign}${word}`, `${sign}${word}`, `${word}${sign}`, `${word} ${sign}${word}${sign}index.html`]))

test('a line holds the words that somebody looking for its text is taken to mean', async () => {
  const rows = await store.asOwner(`select text, event_words(null, text, '[]', null, null, '{}', null)::text as words,
    to_tsvector('pg_catalog.simple', searchable(text))::text as sought from unnest($1::text[]) as text`, [TEXTS])
  expect(rows).toHaveLength(TEXTS.length)
  expect(rows.filter(({ words, sought }) => words !== sought)).toEqual([])
})

test('the words of a line may be read by index under row-level security', async () => {
  expect(await store.asOwner("select proleakproof from pg_proc where proname = 'event_words'")).toEqual([{ proleakproof: true }])
})
