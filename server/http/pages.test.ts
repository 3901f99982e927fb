import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildTestApp } from '../../tests/doubles/app'

const folder = mkdtempSync(join(tmpdir(), 'orgdesk-pages-'))
beforeAll(() => {
  mkdirSync(join(folder, 'dist/outlook/auth'), { recursive: true })
  writeFileSync(join(folder, 'dist/outlook/taskpane.js'), 'built()')
  writeFileSync(join(folder, 'dist/outlook/auth/blank.html'), '<!doctype html>')
  writeFileSync(join(folder, 'secret.js'), 'secret()')
})
afterAll(() => rmSync(folder, { recursive: true }))

const build = async () => {
  const { deps } = await buildTestApp()
  return buildTestApp({}, { pages: { ...deps.pages, distDir: join(folder, 'dist') } })
}

it('serves what the build wrote', async () => {
  const { app } = await build()
  const reply = await app.inject({ url: '/outlook/taskpane.js' })
  expect([reply.statusCode, reply.body]).toEqual([200, 'built()'])
})

it.each([
  ['a folder', '/outlook/'], ['a folder below it', '/outlook/auth/'], ['a folder by its name alone', '/outlook/auth'],
  ['a way out', '/outlook/../secret.js'], ['a way out in other letters', '/outlook/%2e%2e/secret.js'], ['a way out by backslash', '/outlook/..%5c..%5csecret.js'],
  ['two slashes', '/outlook//taskpane.js'], ['a zero byte', '/outlook/taskpane.js%00.txt'], ['no letters at all', '/outlook/%zz'], ['no letters in the contract', '/v1/users/%zz'],
  ['a file of another time', '/outlook/old.0123456789abcdef.js'], ['a page that is never filled', '/outlook/auth/other.html'],
])('answers %s as what does not exist, and takes no harm', async (_name, url) => {
  const { app, log } = await build()
  const reply = await app.inject({ url })
  expect([reply.statusCode, reply.headers['content-type'], reply.json().code]).toEqual([404, 'application/problem+json; charset=utf-8', 'not_found'])
  expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-request-id': expect.any(String) })
  expect(log()).not.toContain('"level":50')
})
