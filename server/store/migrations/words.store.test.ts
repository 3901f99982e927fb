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

test('a target that is named like its subject is found by that name, and one that is not by both', async () => {
  const wordsOf = async (label: string) => (await store.asOwner('select tsvector_to_array(event_words(null, null, $1, $2, null, $3, null)) as words', ['[{"email": "ana@acme.example", "name": "Ana Ruíz"}, {"email": "", "name": "Lu-Ann"}]', label, '{}']))[0]?.['words']
  expect(await wordsOf('Ana Ruíz')).toEqual(['acme', 'ana', 'ann', 'example', 'lu', 'ruiz'])
  expect(await wordsOf('Offer')).toEqual(['acme', 'ana', 'ann', 'example', 'lu', 'offer', 'ruiz'])
})

test('the words of a line may be read by index under row-level security', async () => {
  expect(await store.asOwner("select proleakproof from pg_proc where proname = 'event_words'")).toEqual([{ proleakproof: true }])
})
