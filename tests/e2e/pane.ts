import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Download, FrameLocator, Locator, Page } from 'playwright-core'
import { en } from '../../shared/i18n/en'
import { es } from '../../shared/i18n/es'
import { fr } from '../../shared/i18n/fr'
import { createTranslate, type Translate } from '../../shared/i18n/translate'

const DIST = join(__dirname, '../../dist')
const CATALOGS = { en, fr, es }

export const HOSTS = ['outlook', 'gmail'] as const
export const LANGUAGES = ['en', 'fr', 'es'] as const
export type Host = (typeof HOSTS)[number]
export type Language = (typeof LANGUAGES)[number]
/** What the preview's address says; what is left out stays as it was. */
export type View = { host: Host; person: string; lang: Language; theme: 'light' | 'dark'; width: number }

const hashes = (): Record<string, string> => Object.assign({}, ...Object.values(JSON.parse(readFileSync(join(DIST, 'hashes.json'), 'utf8')) as Record<string, Record<string, string>>)) as Record<string, string>

/** Failed answers are told by the browser, too; those that a test provokes are no mistake of a page. */
const TOLD_BY_BROWSER = /^Failed to load resource/

/** Everything that no page may do, collected from all pages of a context; the browser tells breaches of a policy on its console. */
const watchPages = (context: BrowserContext) => {
  const problems: string[] = []
  const scripts = new Set<string>()
  let dialogs = 0
  context.on('weberror', (error) => problems.push(`error of a page: ${error.error().message}`))
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} ${TOLD_BY_BROWSER.test(message.text()) ? message.location().url : ''}`.trim())
  })
  context.on('dialog', (dialog) => {
    dialogs += 1
    void dialog.dismiss()
  })
  context.on('response', (response) => {
    if (response.request().resourceType() === 'script' || response.url().endsWith('/gmail/code.js')) scripts.add(response.url())
  })
  return { problems, scripts, dialogs: () => dialogs }
}

/** Served scripts that are not, byte for byte, what the build wrote. */
const foreignScripts = async (urls: Iterable<string>): Promise<string[]> => {
  const known = hashes()
  const checked = await Promise.all([...urls].map(async (url) => {
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer())
    return known[`dist${new URL(url).pathname}`] === createHash('sha256').update(bytes).digest('hex') ? [] : [`not the built script: ${url}`]
  }))
  return checked.flat()
}

/** A person in front of the preview: a mail client with one of the add-ins beside the mail. */
export type Client = {
  page: Page
  /** The add-in. */
  pane: FrameLocator
  view: View
  t: Translate
  /** Shows the preview, by its address; an open mail is closed. In Outlook the person signs in where that is offered. */
  show(view: Partial<View>): Promise<Client>
  /** Opens a mail of the list by its subject, the newest of that name unless told. */
  openMail(subject: string, nth?: number): Promise<void>
  closeMail(): Promise<void>
  /** Signs in the ordinary way, by the button and the window that it opens. */
  signIn(): Promise<void>
  /** Clicks a button, a row or an entry of the open menu by its words. */
  click(name: string | RegExp): Promise<void>
  /** Waits until these words stand in the pane. */
  sees(words: string | RegExp): Promise<void>
  /** As `sees`, for what takes its time; in Gmail, where nothing comes by itself, what is on screen is asked for again. */
  wait(words: string | RegExp): Promise<void>
  seesNot(words: string | RegExp): Promise<void>
  /** Types into a field by its label and goes on, as with Enter or *Search*. */
  fill(field: string, text: string): Promise<void>
  /** Narrows a list by one of its filters; they are folded before. */
  filter(field: string, option: string): Promise<void>
  /** Chooses an option of a field, both by their words. */
  choose(field: string, option: string): Promise<void>
  /** Clicks what leads to a file; answers the path under which it was kept. */
  download(name: string): Promise<string>
  text(): Promise<string>
  /** Waits until nothing is being loaded. */
  rest(): Promise<void>
  /** The words of all links of the screen. */
  places(): Promise<string[]>
  /** Back to the home screen, by whatever the host offers. */
  home(): Promise<void>
  /** Failures of this kind are provoked by the test. */
  expectProblems(pattern: RegExp): void
  dialogs(): number
  /** Ends the client; throws if anything went wrong in its pages that no test expected. */
  close(): Promise<void>
}

const literal = (words: string | RegExp): RegExp => (typeof words === 'string' ? new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : words)

const FIRST: View = { host: 'outlook', person: 'owner@acme.example', lang: 'en', theme: 'light', width: 360 }

/** What the two hosts do each in its own way. */
const openHome = async (pane: FrameLocator, host: Host, t: Translate, rest: () => Promise<void>): Promise<void> => {
  const back = pane.getByRole('button', { name: host === 'outlook' ? t('common.back') : 'Back', exact: true })
  await rest()
  while (await back.isVisible()) {
    await back.click()
    await rest()
  }
  const home = pane.getByRole('button', { name: t('common.home') })
  if (await home.isVisible()) await home.click()
  await rest()
}

/** The next file that any page of the context brings, opened by a click of theirs or by a window of its own. */
const nextDownload = (context: BrowserContext): Promise<Download> => new Promise((resolve) => {
  const watch = (page: Page) => page.once('download', resolve)
  context.pages().forEach(watch)
  context.once('page', watch)
})

const SLOW_MS = 60_000
const REFRESH_EVERY_MS = 1_000

/** Opens a browser window of its own for one person; nothing is shown before `show`. */
export const startClient = async (browser: Browser, origin: string, first: Partial<View> = {}): Promise<Client> => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 } })
  const watched = watchPages(context)
  const allowed: RegExp[] = []
  const page = await context.newPage()
  page.setDefaultTimeout(SLOW_MS)
  const pane = page.frameLocator('iframe[title="Add-in"]')
  let view: View = { ...FIRST, ...first }
  const body = pane.locator('body')
  const t = () => createTranslate(view.lang, CATALOGS[view.lang])
  const signInButton = () => pane.getByRole('button', { name: t()('common.sign_in') })
  const settled: Locator = pane.locator('body:not(:has([aria-busy=true])):not(:has(main [aria-hidden=true] div:empty))')

  const signIn = async () => {
    await signInButton().click()
    await signInButton().waitFor({ state: 'detached' })
    await settled.waitFor()
  }
  const refresh = async (): Promise<void> => {
    const again = pane.getByRole('button', { name: t()('common.refresh') }).first()
    if (view.host === 'gmail' && await again.isVisible()) await again.click()
  }
  const wait = async (words: string | RegExp): Promise<void> => {
    const found = pane.getByText(literal(words)).first()
    const until = Date.now() + SLOW_MS
    while (!await found.isVisible() && Date.now() < until) {
      await found.waitFor({ timeout: REFRESH_EVERY_MS }).catch(refresh)
    }
    if (!await found.isVisible()) throw new Error(`${String(words)} is not in the pane:\n${await body.innerText()}`)
  }
  const client: Client = {
    page, pane, signIn, wait,
    get view() { return view },
    get t() { return t() },
    show: async (part) => {
      view = { ...view, ...part }
      await page.goto(`${origin}/?${new URLSearchParams({ ...view, width: String(view.width) })}`)
      await settled.waitFor()
      if (view.host === 'outlook' && await signInButton().isVisible()) await signIn()
      return client
    },
    openMail: async (subject, nth = 0) => {
      await page.getByRole('list', { name: 'Mails' }).getByRole('button').filter({ has: page.getByText(subject, { exact: true }) }).nth(nth).click()
      await page.locator('.list [aria-current=true]').waitFor()
    },
    closeMail: async () => {
      await page.locator('.list [aria-current=true]').click()
    },
    click: (name) => pane.getByRole('button', { name: literal(name) }).or(pane.getByRole('link', { name: literal(name) })).or(pane.getByRole('menuitem', { name: literal(name) })).first().click(),
    sees: (words) => pane.getByText(literal(words)).first().waitFor().catch(async () => { throw new Error(`${String(words)} is not in the pane:\n${await body.innerText()}`) }),
    seesNot: (words) => pane.getByText(literal(words)).first().waitFor({ state: 'detached' }),
    fill: async (field, text) => {
      await pane.getByLabel(field).first().fill(text)
      await pane.getByLabel(field).first().press('Enter')
      if (view.host === 'gmail') await pane.getByRole('button', { name: t()('common.search'), exact: true }).click()
    },
    filter: async (field, option) => {
      if (view.host === 'outlook') await pane.getByRole('button', { name: t()('common.filters') }).click()
      else await pane.locator('section').filter({ hasText: t()('common.filters') }).locator('.g-more').first().click()
      await client.choose(field, option)
      if (view.host === 'gmail') await pane.getByRole('button', { name: t()('common.search'), exact: true }).click()
    },
    choose: async (field, option) => {
      const radio = pane.getByRole('radio', { name: literal(option) })
      const list = pane.getByRole('combobox', { name: field })
      await list.or(radio).first().waitFor()
      if (await list.isVisible()) await list.selectOption({ label: await list.locator('option').filter({ hasText: literal(option) }).first().innerText() })
      else await radio.first().click()
      await settled.waitFor()
    },
    download: async (name) => {
      const [file] = await Promise.all([nextDownload(context), client.click(name)])
      return file.path()
    },
    text: () => body.innerText(),
    rest: () => settled.waitFor(),
    places: async () => (await pane.locator(view.host === 'outlook' ? 'main li button, main a' : '.g-open').allInnerTexts()).map((text) => text.trim()),
    home: () => openHome(pane, view.host, t(), () => settled.waitFor()),
    expectProblems: (pattern) => void allowed.push(pattern),
    dialogs: watched.dialogs,
    close: async () => {
      const foreign = await foreignScripts(watched.scripts)
      // A reply that a test was changing when its page ended is nobody's any more; that it cannot be read is no failure.
      await Promise.all([context, ...context.pages()].map((routed) => routed.unrouteAll({ behavior: 'ignoreErrors' })))
      await context.close()
      const wrong = [...watched.problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem))), ...foreign]
      if (wrong.length > 0) throw new Error(`the pages of ${view.host} did what no page may do:\n${wrong.join('\n')}`)
    },
  }
  return client
}
