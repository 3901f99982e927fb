import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cardProblems } from '../doubles/gmail/card-check'
import type { Manifest } from '../doubles/gmail/manifest'
import { createGmail, type GmailSettings } from '../doubles/gmail/runtime'
import { evaluateInVm } from '../doubles/gmail/runtime.node'
import type { TransportRequest } from '../doubles/gmail/transport'

const FOLDER = join(__dirname, '../../dist/gmail')
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8')
const MANIFEST = JSON.parse(read('appsscript.json')) as Manifest
const MAIL = { id: 'm1', from: 'Ann <ann@a.example>', to: 'bob@b.example', subject: 'Hello', body: 'Hi' }
const READONLY = 'https://www.googleapis.com/auth/gmail.addons.current.message.readonly'

const gone = (): never => {
  throw new Error('Address unavailable')
}
const answering = (status: number, text: string) => (requests: TransportRequest[]) =>
  requests.map(() => ({ status, headers: { 'Content-Type': 'text/html' }, body: new TextEncoder().encode(text) }))

/** Every way in which a server can fail a person; none may end in anything but a card. */
const TROUBLES: [string, Partial<GmailSettings>][] = [
  ['the server is gone', { transport: gone }],
  ['a proxy answers instead', { transport: answering(502, '<h1>Bad gateway</h1>') }],
  ['the reply is another one’s', { transport: answering(200, '{"hello":1}') }],
  ['the person is unknown', { transport: answering(401, '{"code":"auth.required","title":"","status":401}') }],
  ['Google tells no identity', { identityToken: () => null, transport: gone }],
  ['nothing of the mail was granted', { denied: MANIFEST.oauthScopes.filter((scope) => scope.includes('gmail.addons.current')), transport: gone }],
  ['only the action was granted', { denied: [READONLY], transport: gone }],
]

describe.each(TROUBLES)('the built bundle when %s', (_what, settings) => {
  const gmail = (locale = 'en') => createGmail({ code: read('code.js'), manifest: MANIFEST, evaluate: evaluateInVm, transport: gone, identityToken: () => 'token', ...settings, locale })

  it.each(['en', 'fr-CA', 'es', 'de'])('still shows a good card on the homepage and beside a mail, in %s', (locale) => {
    const home = gmail(locale)
    expect(cardProblems(home.openHomepage())).toEqual([])
    expect(cardProblems(home.openMail(MAIL))).toEqual([])
  })

  it('asks the server at most once beside a mail', () => {
    const beside = gmail()
    beside.openMail(MAIL)
    expect(beside.executions.flatMap(({ batches }) => batches.flat()).length).toBeLessThanOrEqual(1)
  })
})
