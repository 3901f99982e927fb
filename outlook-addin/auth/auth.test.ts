/** @jest-environment jsdom */
import type { DialogOutcome } from '../host/host'
import type { Config } from '../config'
import type { Attempt } from './attempt'
import { createAuth } from './auth'
import type { Client } from './client'
import { breakStorage } from '../../tests/doubles/office/storage'
import { missOf } from './outcome'

const config: Config = { authority: 'https://login.microsoftonline.com/common', clientId: 'c1', scope: 'api://orgdesk/access', redirectPath: '/outlook/auth/redirect.html', messageOrigin: null, supportUrl: null }
const olivia = { username: 'owner@acme.example', name: 'Olivia Owner' }
const got = (token: string): Attempt => ({ ok: true, value: { token, expiresAt: 1_000_000, account: olivia } })
const missed = (miss: Extract<Attempt, { ok: false }>['miss']): Attempt => ({ ok: false, miss })

type Script = { silent?: Attempt[]; popup?: Attempt[]; dialog?: DialogOutcome; connect?: ('ok' | 'breaks')[] }

/** Sign-in over a client that gives the scripted answers, the last one again and again. */
const open = ({ silent = [missed('auth.required')], popup = [got('popped')], dialog = { ended: 'unavailable' }, connect = ['ok'] }: Script) => {
  const asked: string[] = []
  const next = (name: string, answers: Attempt[]) => {
    asked.push(name)
    return Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) ?? missed('host.refused'))
  }
  const clock = { now: 0 }
  const client: Client = {
    silent: (fresh) => next(fresh ? 'fresh' : 'silent', silent),
    popup: (another) => next(another ? 'popup for another' : 'popup', popup),
    redirect: () => Promise.resolve(null),
    forget: () => { asked.push('forget'); return Promise.resolve() },
  }
  const auth = createAuth(config, { address: olivia.username, dialog: (url) => { asked.push(new URL(url).pathname); return Promise.resolve(dialog) } }, window, {
    connect: (_config, _address, _window, nested) => {
      asked.push(nested ? 'nested' : 'browser')
      const outcome = connect.length > 1 ? connect.shift() : connect[0]
      return outcome === 'ok' ? Promise.resolve(client) : Promise.reject(new Error('no chunk'))
    },
    now: () => clock.now,
  })
  return { auth, asked, clock }
}
afterEach(() => window.localStorage.clear())

const quiet = { interactive: false }
const clicked = { interactive: true }

test('a known person gets a token without a window', async () => {
  const { auth, asked } = open({ silent: [got('t1')] })
  expect(await auth.token(clicked)).toEqual({ ok: true, token: 't1' })
  expect(auth.account()).toEqual(olivia)
  expect(asked).toEqual(['nested', 'silent'])
})

test('nobody is shown a window before a click', async () => {
  const { auth, asked } = open({})
  expect(await auth.token(quiet)).toEqual({ ok: false, code: 'auth.required' })
  expect(asked).toEqual(['nested', 'silent'])
  expect(auth.account()).toBeNull()
})

test('a click opens the popup', async () => {
  expect(await open({}).auth.token(clicked)).toEqual({ ok: true, token: 'popped' })
})

for (const code of ['auth.cancelled', 'network.unreachable', 'host.refused'] as const) {
  test(`a popup that ends with ${code} opens nothing else`, async () => {
    const { auth, asked } = open({ popup: [missed(code)], dialog: { ended: 'closed' } })
    expect(await auth.token(clicked)).toEqual({ ok: false, code })
    expect(asked).toEqual(['nested', 'silent', 'popup'])
  })
}

test('without a network no window opens', async () => {
  const { auth, asked } = open({ silent: [missed('network.unreachable')] })
  expect(await auth.token(clicked)).toEqual({ ok: false, code: 'network.unreachable' })
  expect(asked).not.toContain('popup')
})

test('a switched-off sign-in of the mail client is left for that of the browser, for good', async () => {
  const { auth, asked } = open({ silent: [missed('disabled'), missed('auth.required')], popup: [got('popped')] })
  expect(await auth.token(clicked)).toEqual({ ok: true, token: 'popped' })
  await auth.token(quiet)
  expect(asked).toEqual(['nested', 'silent', 'browser', 'silent', 'popup', 'silent'])
})

test('a sign-in that stays switched off is refused, not tried for ever', async () => {
  expect(await open({ silent: [missed('disabled')], popup: [missed('disabled')] }).auth.token(clicked)).toEqual({ ok: false, code: 'host.refused' })
})

const DIALOGS: [name: string, dialog: DialogOutcome, result: object][] = [
  ['brings a token', { ended: 'message', text: JSON.stringify(got('shown')) }, { ok: true, token: 'shown' }],
  ['brings a reason', { ended: 'message', text: JSON.stringify(missed('auth.cancelled')) }, { ok: false, code: 'auth.cancelled' }],
  ['talks nonsense', { ended: 'message', text: '{"ok":true,"value":{"token":""}}' }, { ok: false, code: 'host.refused' }],
  ['is no JSON', { ended: 'message', text: 'token' }, { ok: false, code: 'host.refused' }],
  ['is closed', { ended: 'closed' }, { ok: false, code: 'auth.cancelled' }],
  ['is blocked too', { ended: 'blocked' }, { ok: false, code: 'auth.popup_blocked' }],
  ['is not there', { ended: 'unavailable' }, { ok: false, code: 'auth.popup_blocked' }],
]
for (const [name, dialog, result] of DIALOGS) {
  test(`where the popup is blocked, the client's own window steps in and ${name}`, async () => {
    const { auth, asked } = open({ popup: [missed('auth.popup_blocked')], dialog })
    expect(await auth.token(clicked)).toEqual(result)
    expect(asked.at(-1)).toBe('/outlook/auth/dialog.html')
  })
}

test('a token of that window serves until shortly before its end', async () => {
  const { auth, clock } = open({ popup: [missed('auth.popup_blocked')], dialog: { ended: 'message', text: JSON.stringify(got('shown')) } })
  await auth.token(clicked)
  clock.now = 900_000
  expect(await auth.token(quiet)).toEqual({ ok: true, token: 'shown' })
  expect(await auth.token({ interactive: false, fresh: true })).toEqual({ ok: false, code: 'auth.required' })
  clock.now = 950_000
  expect(await auth.token(quiet)).toEqual({ ok: false, code: 'auth.required' })
})

test('a token that the server refused is asked for anew', async () => {
  const { auth, asked } = open({ silent: [got('t1')] })
  await auth.token({ interactive: false, fresh: true })
  expect(asked).toEqual(['nested', 'fresh'])
})

test('questions at the same time are one, and a window waits for a silent attempt', async () => {
  const { auth, asked } = open({ popup: [got('popped')] })
  const answers = await Promise.all([auth.token(quiet), auth.token(quiet), auth.token(clicked), auth.token(clicked)])
  expect(answers.map(({ ok }) => ok)).toEqual([false, false, true, true])
  expect(asked).toEqual(['nested', 'silent', 'silent', 'popup'])
})

test('after signing out nobody is signed in silently, and the next popup asks who is there', async () => {
  const { auth, asked } = open({ silent: [got('t1')] })
  await auth.token(quiet)
  await auth.signOut()
  expect([auth.account(), await auth.token(quiet)]).toEqual([null, { ok: false, code: 'auth.required' }])
  expect(await auth.token(clicked)).toEqual({ ok: true, token: 'popped' })
  expect(asked).toEqual(['nested', 'silent', 'forget', 'nested', 'popup for another'])
  expect(await auth.token(quiet)).toEqual({ ok: true, token: 't1' })
})

test('signing out holds for a page that is opened later, until somebody signs in by a click', async () => {
  await open({ silent: [got('t1')] }).auth.signOut()
  const later = open({ silent: [got('t1')], popup: [missed('auth.cancelled'), got('popped')] })
  expect(await later.auth.token(quiet)).toEqual({ ok: false, code: 'auth.required' })
  expect(await later.auth.token(clicked)).toEqual({ ok: false, code: 'auth.cancelled' })
  expect(await later.auth.token(quiet)).toEqual({ ok: false, code: 'auth.required' })
  expect(await later.auth.token(clicked)).toEqual({ ok: true, token: 'popped' })
  expect(await open({ silent: [got('t1')] }).auth.token(quiet)).toEqual({ ok: true, token: 't1' })
})

test('where the browser keeps nothing, signing out holds for the life of the page', async () => {
  const mend = breakStorage(window)
  const { auth } = open({ silent: [got('t1')] })
  await auth.signOut()
  expect(await auth.token(quiet)).toEqual({ ok: false, code: 'auth.required' })
  expect(await auth.token(clicked)).toEqual({ ok: true, token: 'popped' })
  expect(await auth.token(quiet)).toEqual({ ok: true, token: 't1' })
  mend()
})

test('a token that was on its way while somebody signed out comes to nothing', async () => {
  const { auth } = open({ silent: [got('t1')] })
  const [token] = await Promise.all([auth.token(quiet), auth.signOut()])
  expect([token, auth.account()]).toEqual([{ ok: false, code: 'auth.required' }, null])
})

test('signing out in another pane of the browser signs out here too', async () => {
  const { auth, asked } = open({ silent: [got('t1')] })
  await auth.token(quiet)
  const told = new Promise<void>((resolve) => auth.onSignedOutElsewhere(resolve))
  window.localStorage.setItem('orgdesk.signedOut', 'yes')
  window.dispatchEvent(new StorageEvent('storage', { key: 'orgdesk.signedOut', newValue: 'yes' }))
  await told
  expect([auth.account(), await auth.token(quiet)]).toEqual([null, { ok: false, code: 'auth.required' }])
  expect(asked).toContain('forget')
})

test('a chunk that does not come is a network failure, and the next attempt starts anew', async () => {
  const { auth } = open({ connect: ['breaks', 'breaks', 'ok'], silent: [got('t1')] })
  await new Promise<void>((resolve) => { setTimeout(resolve) })
  expect(await auth.token(quiet)).toEqual({ ok: false, code: 'network.unreachable' })
  expect(await auth.token(quiet)).toEqual({ ok: true, token: 't1' })
})

const THROWN: [thrown: unknown, miss: string][] = [
  [{ errorCode: 'no_account_found', name: 'ClientAuthError' }, 'auth.required'],
  [{ errorCode: 'no_account_error', name: 'BrowserAuthError' }, 'auth.required'],
  [{ errorCode: 'something_new', name: 'InteractionRequiredAuthError' }, 'auth.required'],
  [{ errorCode: 'user_cancelled', name: 'BrowserAuthError' }, 'auth.cancelled'],
  [{ errorCode: 'user_canceled', name: 'ClientAuthError' }, 'auth.cancelled'],
  [{ errorCode: 'popup_window_error', name: 'BrowserAuthError' }, 'auth.popup_blocked'],
  [{ errorCode: 'nested_app_auth_bridge_disabled', name: 'ClientAuthError' }, 'disabled'],
  [{ errorCode: 'no_network_connectivity', name: 'ClientAuthError' }, 'network.unreachable'],
  [{ errorCode: 'timed_out', name: 'BrowserAuthError' }, 'network.timeout'],
  [new Error('anything'), 'host.refused'],
  ['text', 'host.refused'],
  [null, 'host.refused'],
]
for (const [thrown, miss] of THROWN) {
  test(`${JSON.stringify(thrown)} means ${miss}`, () => {
    expect(missOf(thrown)).toBe(miss)
  })
}
