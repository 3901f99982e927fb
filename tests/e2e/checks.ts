import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { en } from '../../shared/i18n/en'
import type { Client } from './pane'

const PICTURES = join(__dirname, '../../test-results')
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const PREFIXES = [...new Set(Object.keys(en).map((key) => key.slice(0, key.indexOf('.'))))]
/** A key of a catalog that is shown instead of its phrase, or what a template left behind. */
const RAW = new RegExp(`\\b(?:${PREFIXES.join('|')})\\.[a-z]+(?:_[a-z]+)+\\b|\\{[a-z]+\\}|\\bundefined\\b(?! NaN)|\\[object `)

/** What is wrong with the look of the pane as it stands: too wide, or with raw keys in it. */
export const faultsOf = async (client: Client): Promise<string[]> => {
  const wide = await client.pane.locator('body').evaluate((body: HTMLElement) => {
    const bound = document.documentElement.clientWidth + 1
    return [...body.querySelectorAll('*')].filter((element) => {
      const { right, width, height } = element.getBoundingClientRect()
      // What can be scrolled by itself stays in its frame.
      const framed = (parent: Element | null): boolean => parent !== null && (getComputedStyle(parent).overflowX === 'auto' || framed(parent.parentElement))
      // What moves is on its way through a frame that cuts it: where it is, is a matter of the moment.
      return right > bound && width > 1 && height > 1 && element.getAnimations().length === 0 && !framed(element.parentElement)
    }).slice(0, 3).map((element) => `too wide: ${element.outerHTML.slice(0, 160)}`)
  })
  const raw = RAW.exec(await client.text())
  return [...wide, ...(raw ? [`raw: ${raw[0]}`] : [])]
}

type Axe = { axe: { run(root: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> } }

/** Breaches of the rules of accessibility, as axe-core finds them in the pane. */
export const barriersOf = (client: Client): Promise<string[]> => barriersIn(client.pane.locator('body'))

/** The same in any page, by its body; of those `tags` alone, where only some rules fit. */
export const barriersIn = async (body: Locator, tags: string[] = []): Promise<string[]> => {
  await body.evaluate((_body, source) => {
    // A page's policy holds for scripts that it loads, not for those that a tester brings along.
    if (!('axe' in window)) Reflect.construct(Function, [source]).call(window)
  }, AXE)
  return body.evaluate(async (_body, only) => {
    const { violations } = await (window as unknown as Axe).axe.run(document, { resultTypes: ['violations'], ...(only.length > 0 ? { runOnly: only } : {}) })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' ')}`)
  }, tags)
}

/** Keeps a picture of the pane under test-results, for people to look at. */
export const photograph = async (client: Client, name: string): Promise<void> => {
  const { host, lang, theme, width } = client.view
  await mkdir(PICTURES, { recursive: true })
  await client.page.locator('iframe[title="Add-in"]').screenshot({ path: join(PICTURES, `${host}-${name}-${lang}-${theme}-${width}.png`) })
}
