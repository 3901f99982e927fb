/** @jest-environment jsdom */
import { readConfig } from './config'

const application = { authority: 'https://login.microsoftonline.com/common', clientId: 'c1', scope: 'api://orgdesk/access' }
const identity = { ...application, kind: 'microsoft', metadata: null }
const page = { publicUrl: 'https://orgdesk.example', mode: 'production', supportUrl: null, messageOrigin: 'https://m.example', identity }
const write = (text: string) => { document.body.innerHTML = `<script id="config" type="application/json">${text}</script>` }

test('the page tells who to sign in with and where the rest is', () => {
  write(JSON.stringify(page))
  expect(readConfig(document)).toEqual({ ...application, redirectPath: '/outlook/auth/redirect.html', messageOrigin: 'https://m.example', supportUrl: null })
})

test('a provider that is not Microsoft\'s is known by its host, and may bring its discovery document', () => {
  write(JSON.stringify({ ...page, identity: { ...identity, kind: 'oidc', authority: 'http://localhost:1/oidc', metadata: { issuer: 'http://localhost:1/oidc' } } }))
  expect(readConfig(document)).toMatchObject({ authority: 'https://localhost:1/oidc', knownAuthorities: ['localhost:1'], authorityMetadata: '{"issuer":"http://localhost:1/oidc"}' })
})

const BROKEN: [name: string, text: string][] = [
  ['is no JSON', '{'],
  ['is empty', ''],
  ['has no provider', JSON.stringify({ ...page, identity: null })],
  ['lacks the client', JSON.stringify({ ...page, identity: { ...identity, clientId: '' } })],
  ['names a provider without https', JSON.stringify({ ...page, identity: { ...identity, authority: 'http://login.example' } })],
  ['names more than an origin for messages', JSON.stringify({ ...page, messageOrigin: 'https://m.example/m' })],
]
for (const [name, text] of BROKEN) {
  test(`a configuration that ${name} is none`, () => {
    write(text)
    expect(readConfig(document)).toBeNull()
  })
}

test('a page without configuration has none', () => {
  document.body.innerHTML = ''
  expect(readConfig(document)).toBeNull()
})
