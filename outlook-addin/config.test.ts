/** @jest-environment jsdom */
import { readConfig } from './config'

const good = { authority: 'https://login.microsoftonline.com/common', clientId: 'c1', scope: 'api://orgdesk/access', redirectPath: '/outlook/auth/redirect.html' }
const write = (text: string) => { document.body.innerHTML = `<script id="orgdesk-config" type="application/json">${text}</script>` }

test('the page tells its configuration, what it leaves out being absent', () => {
  write(JSON.stringify(good))
  expect(readConfig(document)).toEqual({ ...good, messageOrigin: null, supportUrl: null })
})

test('a discovery document may be written as an object', () => {
  write(JSON.stringify({ ...good, authorityMetadata: { issuer: 'http://localhost:1/oidc' } }))
  expect(readConfig(document)?.authorityMetadata).toBe('{"issuer":"http://localhost:1/oidc"}')
})

const BROKEN: [name: string, text: string][] = [
  ['is no JSON', '{'],
  ['is empty', ''],
  ['lacks the client', JSON.stringify({ ...good, clientId: undefined })],
  ['names a provider without https', JSON.stringify({ ...good, authority: 'http://login.example' })],
  ['sends people back to another host', JSON.stringify({ ...good, redirectPath: '//evil.example/x' })],
  ['sends people back to another host, spelled otherwise', JSON.stringify({ ...good, redirectPath: '/\\evil.example' })],
  ['names more than an origin for messages', JSON.stringify({ ...good, messageOrigin: 'https://m.example/m' })],
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
