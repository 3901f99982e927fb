/** @jest-environment jsdom */
import { createFakeOffice } from '../../tests/doubles/office/fake'
import type { FakeOfficeOptions } from '../../tests/doubles/office/fake'
import { breakStorage } from '../../tests/doubles/office/storage'
import { createManualTimer } from '../../tests/doubles/office/timer'
import type { Host, Theme } from './host'
import { createHost } from './start'

const open = async (options: FakeOfficeOptions = {}) => {
  const fake = createFakeOffice(options)
  const timer = createManualTimer()
  return { fake, timer, host: await createHost(fake.Office, window, timer) }
}
const turn = () => new Promise<void>((resolve) => { setTimeout(resolve) })
const refused = { ok: false, failure: { code: 'host.refused', issues: [] } }

describe('finding the host', () => {
  test('in Outlook it knows the mailbox and the language of the menus', async () => {
    const { host } = await open({ address: 'people@acme.example', displayLanguage: 'fr-FR' })
    expect([host.kind, host.address, host.locale]).toEqual(['outlook', 'people@acme.example', 'fr-FR'])
  })

  test('office.js outside Outlook, no office.js and an office.js that never gets ready are a browser', async () => {
    const timer = createManualTimer()
    const silent = createHost({ ...createFakeOffice().Office, onReady: () => new Promise<never>(() => undefined) }, window, timer)
    timer.pass(10_000)
    for (const host of [(await open({ inOutlook: false })).host, await createHost(undefined, window, timer), await silent]) {
      expect([host.kind, host.address, await host.mail(), await host.readAttachment('a1')]).toEqual(['browser', null, null, refused])
    }
  })

  test('the history that office.js hides is there again', async () => {
    await open({ history: window.history })
    expect([typeof window.history.pushState, typeof window.history.replaceState]).toEqual(['function', 'function'])
  })
})

describe('what the host can do', () => {
  for (const platform of ['PC', 'Mac', 'OfficeOnline', 'Universal'] as const) {
    test(`${platform} may buy, pick files and write`, async () => {
      expect((await open({ platform })).host.capabilities).toMatchObject({ purchase: true, pickFile: true, compose: true })
    })
  }
  for (const platform of ['iOS', 'Android'] as const) {
    test(`${platform} never buys`, async () => {
      expect((await open({ platform, sets: { Mailbox: '1.5' } })).host.capabilities).toMatchObject({ purchase: false, pickFile: false, compose: false })
    })
  }

  test('a mail begins in the form that the client has', async () => {
    const mail = { to: ['ana@acme.example'], subject: 'Hello', html: '<p>Hello</p>' }
    const form = { toRecipients: ['ana@acme.example'], subject: 'Hello', htmlBody: '<p>Hello</p>' }
    for (const [version, call] of [['1.9', 'mailbox.displayNewMessageFormAsync'], ['1.6', 'mailbox.displayNewMessageForm']] as const) {
      const { fake, host } = await open({ sets: { Mailbox: version } })
      expect(await host.compose(mail)).toMatchObject({ ok: true })
      expect(fake.calls).toContainEqual({ call, args: [form] })
    }
    expect(await (await open({ sets: { Mailbox: '1.5' } })).host.compose(mail)).toEqual(refused)
  })
})

describe('the theme', () => {
  test('follows the colours of the client, also when they change', async () => {
    const { fake, host } = await open({ theme: 'dark' })
    await turn()
    const heard: Theme[] = []
    const leave = host.onThemeChanged((theme) => heard.push(theme))
    expect(host.theme()).toBe('dark')
    fake.setTheme('light')
    expect(host.theme()).toBe('light')
    leave()
    fake.setTheme('dark')
    expect(heard).toEqual(['light'])
  })

  test('is the browser\'s where the client tells none', async () => {
    Object.defineProperty(window, 'matchMedia', { configurable: true, value: () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }) })
    const { host } = await open({ sets: { Mailbox: '1.8' }, theme: 'light' })
    expect(host.theme()).toBe('dark')
    host.onThemeChanged(() => undefined)()
    Reflect.deleteProperty(window, 'matchMedia')
  })
})

describe('leaving the pane', () => {
  const opened: string[] = []
  const withWindow = (result: object | null) => jest.spyOn(window, 'open').mockImplementation((url) => { opened.push(String(url)); return result as Window | null })
  afterEach(() => { jest.restoreAllMocks(); opened.length = 0 })

  test('only web, mail and own addresses open, in a window that cannot reach back', async () => {
    const child = { opener: window as unknown }
    withWindow(child)
    const { host } = await open()
    for (const url of ['https://a.example/x', 'mailto:ana@acme.example', '/v1/downloads/1']) expect(host.openLink(url)).toMatchObject({ ok: true })
    expect(child.opener).toBeNull()
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'http://a.example/', 'file:///etc/passwd', 'https://']) expect(host.openLink(url)).toEqual(refused)
    expect(opened).toEqual(['https://a.example/x', 'mailto:ana@acme.example', 'http://localhost/v1/downloads/1'])
  })

  test('a blocked window is told', async () => {
    withWindow(null)
    expect((await open()).host.openLink('https://a.example/')).toEqual(refused)
  })

  test('the client opens web addresses itself where it can', async () => {
    withWindow(null)
    const { fake, host } = await open({ sets: { Mailbox: '1.8', OpenBrowserWindowApi: '1.1' } })
    expect(host.openLink('https://a.example/')).toMatchObject({ ok: true })
    expect(fake.calls).toContainEqual({ call: 'ui.openBrowserWindow', args: ['https://a.example/'] })
  })
})

describe('a window of the client', () => {
  const ask = async (drive: (fake: Awaited<ReturnType<typeof open>>['fake'], timer: Awaited<ReturnType<typeof open>>['timer']) => void, options: FakeOfficeOptions = {}) => {
    const { fake, host, timer } = await open(options)
    const outcome = host.dialog('https://orgdesk.example/outlook/auth/dialog.html')
    await turn()
    drive(fake, timer)
    return { outcome: await outcome, fake }
  }

  test('its message arrives and closes it', async () => {
    const { outcome, fake } = await ask(({ dialogs }) => dialogs[0]?.say('hello', window.location.origin))
    expect(outcome).toEqual({ ended: 'message', text: 'hello' })
    expect(fake.dialogs[0]?.isOpen()).toBe(false)
  })

  test('a message from elsewhere is not heard', async () => {
    const { outcome } = await ask(({ dialogs }) => { dialogs[0]?.say('hello', 'https://evil.example'); dialogs[0]?.close() })
    expect(outcome).toEqual({ ended: 'closed' })
  })

  test('a window that closes, breaks or never says that it closed ends the wait', async () => {
    expect((await ask(({ dialogs }) => dialogs[0]?.close())).outcome).toEqual({ ended: 'closed' })
    expect((await ask(({ dialogs }) => dialogs[0]?.break(12002))).outcome).toEqual({ ended: 'failed' })
    expect((await ask((_, timer) => timer.pass(300_000))).outcome).toEqual({ ended: 'closed' })
  })

  test('a client without windows, and one that refuses to open it, say so', async () => {
    expect((await ask(() => undefined, { sets: { Mailbox: '1.5' } })).outcome).toEqual({ ended: 'unavailable' })
    const { fake, host } = await open()
    fake.behave({ 'ui.displayDialogAsync': 'fails' })
    expect(await host.dialog('https://orgdesk.example/')).toEqual({ ended: 'blocked' })
  })
})

describe('keeping and copying texts', () => {
  const keeps = (host: Host) => {
    host.storage.set('draft', 'text')
    const kept = host.storage.get('draft')
    host.storage.remove('draft')
    return [kept, host.storage.get('draft')]
  }

  test('a text is copied the newer way, else the older, else not at all', async () => {
    const { host } = await open()
    expect(host.supportsCopy).toBe(false)
    expect(await host.copy('text')).toEqual(refused)
    Object.assign(document, { queryCommandSupported: () => true, execCommand: () => true })
    expect(await host.copy('text')).toMatchObject({ ok: true })
    Reflect.deleteProperty(document, 'queryCommandSupported')
    const written: string[] = []
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: (text: string) => { written.push(text); return Promise.resolve() } } })
    expect(await host.copy('text')).toMatchObject({ ok: true })
    expect(written).toEqual(['text'])
  })

  test('texts are kept, in memory where the browser refuses to', async () => {
    const { host } = await open()
    expect(keeps(host)).toEqual(['text', null])
    const mend = breakStorage(window)
    expect(keeps(host)).toEqual(['text', null])
    mend()
  })
})
