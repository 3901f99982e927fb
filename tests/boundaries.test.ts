import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const ROOT = join(__dirname, '..')

type Broken = { rule: string; from: string; to: string }

/** One forbidden import of each kind: the file that has it, its text, and the rule that refuses it. */
const FORBIDDEN: [rule: string, path: string, text: string][] = [
  ['shared-stays-inside', 'shared/a1.ts', `import '../server/s'`],
  ['shared-stays-inside', 'shared/a2.ts', `import type { F } from '../outlook-addin/f'`],
  ['shared-stays-inside', 'shared/a3.ts', `import axios from 'axios'`],
  ['shared-no-builtins', 'shared/a4.ts', `import { readFileSync } from 'node:fs'`],
  ['kit-imports-nothing', 'shared/kit/k.ts', `import '../errors'`],
  ['nouns-stand-low', 'shared/users/a.ts', `import '../api/w'`],
  ['nouns-stand-low', 'shared/access/a.ts', `import type { W } from '../i18n/w'`],
  ['nouns-by-model', 'shared/users/b.ts', `import '../licenses/licenses.plan'`],
  ['wire-below-screens', 'shared/api/x.ts', `export * from '../screens/z'`],
  ['outlook-stays-inside', 'outlook-addin/o1.tsx', `import '../gmail-addon/g'`],
  ['outlook-stays-inside', 'outlook-addin/o2.tsx', `const load = () => import('../server/s')`],
  ['outlook-packages', 'outlook-addin/o3.tsx', `import 'fastify'`],
  ['fronts-no-builtins', 'outlook-addin/o4.tsx', `import 'node:path'`],
  ['gmail-stays-inside', 'gmail-addon/g1.ts', `import '../outlook-addin/f'`],
  ['gmail-packages', 'gmail-addon/g2.ts', `import 'axios'`],
  ['gmail-card-types-only', 'gmail-addon/g3.ts', `import { chat } from '@googleapis/chat'`],
  ['cards-are-pure', 'gmail-addon/cards/c1.ts', `import '../host/h'`],
  ['server-stays-inside', 'server/s1.ts', `import '../outlook-addin/f'`],
  ['server-knows-cards-only', 'server/s2.ts', `import '../gmail-addon/cards/c'`],
  ['server-http-gmail-cards', 'server/http/gmail.ts', `import '../../gmail-addon/g'`],
  ['server-packages', 'server/s3.ts', `import 'react'`],
  ['database-in-store', 'server/http/h.ts', `import { Pool } from 'pg'`],
  ['nobody-imports-preview', 'tests/t1.test.ts', `import '../preview/p'`],
  ['nobody-imports-preview', 'outlook-addin/o5.tsx', `import '../preview/p'`],
  ['nobody-imports-tests', 'server/s4.ts', `import '../tests/help'`],
  ['no-dev-packages', 'server/s5.ts', `import 'fast-check'`],
  ['no-unlisted-packages', 'server/s6.ts', `import 'acorn-walk'`],
  ['no-circular', 'shared/c1.ts', `import type { B } from './c2'\nexport type A = B`],
  ['not-to-unresolvable', 'server/s7.ts', `import './absent'`],
]

/** Files that the imports above point to, and imports that are allowed. */
const ALLOWED: [path: string, text: string][] = [
  ['shared/errors.ts', `export const x = 1`],
  ['shared/c2.ts', `import type { A } from './c1'\nexport type B = A`],
  ['shared/api/w.ts', `import '../users/users.model'`],
  ['shared/i18n/w.ts', `export type W = 1`],
  ['shared/screens/z.ts', `import '../api/w'\nimport * as v from 'valibot'`],
  ['shared/users/users.model.ts', `import '../licenses/licenses.model'`],
  ['shared/licenses/licenses.model.ts', `import '../kit/ok'`],
  ['shared/licenses/licenses.plan.ts', `import './licenses.model'`],
  ['shared/kit/ok.ts', `export const ok = <T>(value: T) => value`],
  ['outlook-addin/f.tsx', `import { useState } from 'react'\nexport type F = 1\nexport const V = () => <b>{String(useState)}</b>`],
  ['gmail-addon/g.ts', `import type { chat_v1 } from '@googleapis/chat'\nimport './cards/c'`],
  ['gmail-addon/host/h.ts', `import '../../shared/screens/z'`],
  ['gmail-addon/cards/c.ts', `import '../../shared/screens/z'`],
  ['server/s.ts', `import Fastify from 'fastify'\nimport 'node:fs'`],
  ['server/store/db.ts', `import { Pool } from 'pg'`],
  ['server/http/types.ts', `import type { Kysely } from 'kysely'`],
  ['preview/p.tsx', `import '../outlook-addin/f'\nimport '../gmail-addon/g'\nimport '../tests/help'`],
  ['tests/help.ts', `import '../server/s'`],
]

const run = (file: string, args: string[]) => new Promise<{ code: number; text: string }>((resolve) => {
  execFile(file, args, { cwd: ROOT, maxBuffer: 1e8 }, (error, stdout, stderr) => {
    resolve({ code: error === null ? 0 : 1, text: stdout + stderr })
  })
})

function makeTree(files: [path: string, text: string][]) {
  const tree = mkdtempSync(join(tmpdir(), 'orgdesk-boundaries-'))
  cpSync(join(ROOT, 'package.json'), join(tree, 'package.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'))
  for (const [path, text] of files) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), `${text}\n`)
  }
  return tree
}

describe('imports across a boundary', () => {
  let tree = ''
  let broken: Broken[] = []

  beforeAll(async () => {
    tree = makeTree([...ALLOWED, ...FORBIDDEN.map(([, path, text]): [string, string] => [path, text])])
    const { text } = await run(process.execPath, ['tooling/boundaries.mjs', '--json', tree])
    broken = JSON.parse(text)
  }, 60_000)

  afterAll(() => rmSync(tree, { recursive: true, force: true }))

  test.each(FORBIDDEN)('%s refuses what %s does', (rule, path) => {
    expect(broken.filter((one) => one.from === path).map((one) => one.rule)).toContain(rule)
  })

  test('imports that the table allows are not refused', () => {
    const allowed = ALLOWED.map(([path]) => path).filter((path) => path !== 'shared/c2.ts')
    expect(broken.filter((one) => allowed.includes(one.from))).toEqual([])
  })
})

/** What the compiler itself refuses: the folder, and a name that does not exist there. */
const ABSENT: [folder: string, text: string][] = [
  ...['fetch', 'URL', 'console', 'process', 'setTimeout', 'atob', 'crypto', 'TextEncoder', 'document', 'Office', 'CardService']
    .map((name): [string, string] => ['shared', `export const used: unknown = ${name}`]),
  ['shared', `import { readFileSync } from 'node:fs'\nexport const used: unknown = readFileSync`],
  ['gmail-addon', 'export const used: unknown = document'],
  ['gmail-addon', 'export const used: unknown = process'],
  ['outlook-addin', 'export const used: unknown = process'],
  ['outlook-addin', 'export const used: unknown = CardService'],
  ['server', 'export const used: unknown = window'],
  ['server', 'export const used: unknown = Office'],
]

describe('names that a folder does not have', () => {
  let tree = ''
  const textByFolder = new Map<string, string>()

  beforeAll(async () => {
    tree = makeTree(ABSENT.map(([folder, text], index): [string, string] => [`${folder}/absent${index}.ts`, text]))
    cpSync(join(ROOT, 'tsconfig.base.json'), join(tree, 'tsconfig.base.json'))
    for (const folder of new Set(ABSENT.map(([name]) => name))) {
      cpSync(join(ROOT, folder, 'tsconfig.json'), join(tree, folder, 'tsconfig.json'))
      const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
      const { text } = await run(process.execPath, [compiler, '-p', join(tree, folder), '--noEmit', '--composite', 'false',
        '--incremental', 'false', '--emitDeclarationOnly', 'false', '--declaration', 'false'])
      textByFolder.set(folder, text)
    }
  }, 120_000)

  afterAll(() => rmSync(tree, { recursive: true, force: true }))

  test.each(ABSENT.map(([folder, text], index) => [folder, text.split('\n')[0], index] as const))('%s does not compile: %s', (folder, _text, index) => {
    expect(textByFolder.get(folder)).toMatch(new RegExp(`${folder}/absent${index}\\.ts.* error TS`))
  })
})

/** The names of a vendor, and whether the file is the place that may say them. */
const VENDOR: [path: string, text: string, allowed: boolean][] = [
  ['outlook-addin/blocks/b.ts', 'export const used: unknown = Office.context', false],
  ['outlook-addin/host/h.ts', 'export const used: unknown = Office.context', true],
  ...['CardService', 'UrlFetchApp', 'GmailApp', 'ScriptApp', 'CacheService', 'PropertiesService']
    .flatMap((name, index): [string, string, boolean][] => [
      [`gmail-addon/cards/v${index}.ts`, `export const used: unknown = ${name}`, false],
      [`gmail-addon/host/v${index}.ts`, `export const used: unknown = ${name}`, true],
    ]),
]

test('the names of a vendor are said in host/ only', async () => {
  const tree = makeTree(VENDOR.map(([path, text]): [string, string] => [path, text]))
  cpSync(join(ROOT, '.oxlintrc.json'), join(tree, '.oxlintrc.json'))
  const { text } = await run(process.execPath, [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '-c', join(tree, '.oxlintrc.json'), '-f', 'unix', tree])
  const refused = VENDOR.map(([path]) => path).filter((path) => text.includes(`${path}:`))
  rmSync(tree, { recursive: true, force: true })
  expect(refused).toEqual(VENDOR.filter(([, , allowed]) => !allowed).map(([path]) => path))
}, 30_000)
