import { readFileSync, rmSync, mkdtempSync, cpSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { completeManifest, readManifestProblems, ruleProblems } from './manifest.mjs'

const ROOT = join(__dirname, '..')
const ASSETS = join(ROOT, 'outlook-addin/assets')
const xml = readFileSync(join(ROOT, 'manifest.xml'), 'utf8')

const replaced = (find, by) => {
  expect(xml).toContain(find)
  return xml.replace(find, by)
}

test('the manifest as it is breaks no rule', async () => {
  expect(await readManifestProblems(join(ROOT, 'manifest.xml'), ASSETS)).toEqual([])
})

test('the manifest completed with a public address breaks no rule and names no placeholder', async () => {
  const completed = completeManifest(xml, 'https://desk.customer.test')
  expect(completed).not.toContain('orgdesk.example')
  expect(await ruleProblems(completed, ASSETS)).toEqual([])
})

const BROKEN = [
  ['an address without TLS', ['https://orgdesk.example/outlook/taskpane.html', 'http://orgdesk.example/outlook/taskpane.html'], /is not https/],
  ['an address that is none', ['https://orgdesk.example/docs', 'https://'], /is not an address/],
  ['a reference to nothing', ['<Label resid="groupLabel"/>', '<Label resid="groupLable"/>'], /resid groupLable points nowhere/],
  ['a resource that nothing uses', ['<bt:Url id="taskpaneUrl"', '<bt:Url id="unused" DefaultValue="https://orgdesk.example/"/><bt:Url id="taskpaneUrl"'], /unused is not used/],
  ['an id used twice', ['id="composeButton"', 'id="readButton"'], /id readButton is used twice/],
  ['an id that is too long', ['id="readGroup"', `id="${'r'.repeat(33)}"`], /longer than 32/],
  ['a button without one of its icon sizes', ['<bt:Image size="32" resid="icon32"/>', ''], /lacks size 32\/1/],
  ['a mobile button without one of its nine icons', ['<bt:Image resid="icon144" size="48" scale="3"/>', ''], /lacks size 48\/3/],
  ['an icon of another size', ['assets/icon-80.png', 'assets/icon-64.png'], /icon-64.png is 64 × 64, not 80 × 80/],
  ['an icon without a file', ['assets/icon-16.png', 'assets/icon-17.png'], /icon-17.png has no file/],
  ['a label beyond its limit', ['Value="Ouvrir Orgdesk"', `Value="${'x'.repeat(126)}"`], /1 to 125 characters/],
  ['an empty label', ['Value="Abrir Orgdesk"', 'Value=""'], /1 to 125 characters/],
  ['a label without its French text', ['<bt:Override Locale="fr-FR" Value="Ouvrir Orgdesk"/>', ''], /has no fr-FR text/],
  ['a sign-in page outside AppDomains', ['<AppDomain>https://login.microsoftonline.com</AppDomain>', ''], /AppDomains lacks https:\/\/login.microsoftonline.com/],
  ['its own host outside AppDomains', ['<AppDomain>https://orgdesk.example</AppDomain>', ''], /AppDomains lacks https:\/\/orgdesk.example/],
  ['an event that does not exist', ['<Requirements>', '<LaunchEvent Type="OnMailOpened"/><Requirements>'], /OnMailOpened is not an event/],
]

test.each(BROKEN)('%s is refused', async (_name, [find, by], problem) => {
  const problems = await ruleProblems(replaced(find, by), ASSETS)
  expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(problem)]))
})

const BROKEN_FILES = [
  ['a permission beyond reading the open item', ['<Permissions>ReadItem<', '<Permissions>ReadWriteMailbox<'], /ReadWriteMailbox/],
  ['an id that is no GUID', ['6f0b0f0c-5a51', 'orgdesk'], /not a GUID/],
  ['text that is no XML', ['</OfficeApp>', ''], /cannot be read/],
]

test.each(BROKEN_FILES)('%s is refused', async (_name, [find, by], problem) => {
  const folder = mkdtempSync(join(tmpdir(), 'orgdesk-manifest-'))
  writeFileSync(join(folder, 'manifest.xml'), replaced(find, by))
  const problems = await readManifestProblems(join(folder, 'manifest.xml'), ASSETS)
  rmSync(folder, { recursive: true })
  expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(problem)]))
})

test('a file that only calls itself a PNG is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'orgdesk-icons-'))
  cpSync(ASSETS, folder, { recursive: true })
  writeFileSync(join(folder, 'icon-25.png'), 'GIF89a, by another name')
  expect(await ruleProblems(xml, folder)).toContain('https://orgdesk.example/outlook/assets/icon-25.png is not a PNG')
  rmSync(folder, { recursive: true })
})
