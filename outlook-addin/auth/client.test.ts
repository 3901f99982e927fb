/** @jest-environment jsdom */
import { webcrypto } from 'node:crypto'
import { TextDecoder, TextEncoder } from 'node:util'
import { createFakeBridge } from '../../tests/doubles/office/bridge'
import type { BridgeReply } from '../../tests/doubles/office/bridge'
import { breakStorage } from '../../tests/doubles/office/storage'
import type { Config } from '../config'
import { accountFor, connect } from './client'

const config: Config = { authority: 'https://login.microsoftonline.com/common', clientId: '33333333-3333-3333-3333-333333333333', scope: 'api://orgdesk/access', redirectPath: '/outlook/auth/redirect.html', messageOrigin: null, supportUrl: null }
const address = 'owner@acme.example'
const token = { token: 'access-token', username: address }

beforeAll(() => {
  Object.defineProperty(window, 'crypto', { configurable: true, value: webcrypto })
  Object.assign(globalThis, { TextDecoder, TextEncoder })
  jest.spyOn(window.console, 'log').mockImplementation(() => undefined)
})
afterEach(() => {
  Reflect.deleteProperty(window, 'nestedAppAuthBridge')
  window.localStorage.clear()
  window.sessionStorage.clear()
})

const inOutlook = async (replies: Parameters<typeof createFakeBridge>[0]) => {
  const fake = createFakeBridge(replies)
  Object.assign(window, { nestedAppAuthBridge: fake.bridge })
  return { client: await connect(config, address, window, true), asked: fake.asked }
}

describe('whose account it is', () => {
  type Known = Parameters<typeof accountFor>[0][number]
  const account = (username: string) => ({ username, homeAccountId: username }) as Known
  const [mine, other] = [account('Owner@Acme.example'), account('other@globex.example')]

  test('that of the mailbox, though another one was used last', () => expect(accountFor([other, mine], address, other)).toBe(mine))
  test('the one used last, where none is named like the mailbox', () => expect(accountFor([other, account('third@globex.example')], address, other)).toBe(other))
  test('the only one', () => expect(accountFor([other], address, null)).toBe(other))
  test('nobody’s, where several could be meant', () => expect(accountFor([other, account('third@globex.example')], address, null)).toBeUndefined())
})

describe('signing in through the mail client', () => {
  test('brings the access token for our API, never the ID token', async () => {
    const { client, asked } = await inOutlook({ GetToken: token })
    expect(await client.silent(false)).toMatchObject({ ok: true, value: { token: 'access-token', account: { username: address, name: 'Olivia Owner' } } })
    expect(asked).toEqual([{ method: 'GetInitContext', scope: undefined }, { method: 'GetToken', scope: 'api://orgdesk/access' }])
  })

  test('asks the person only when told to', async () => {
    const { client, asked } = await inOutlook({ GetToken: { status: 'USER_INTERACTION_REQUIRED' }, GetTokenPopup: token })
    expect(await client.silent(false)).toEqual({ ok: false, miss: 'auth.required' })
    expect(await client.popup(false)).toMatchObject({ ok: true, value: { token: 'access-token' } })
    expect(asked.map(({ method }) => method)).toEqual(['GetInitContext', 'GetToken', 'GetTokenPopup'])
  })

  test('may leave copies of its tokens in our storage, which are gone once it forgets', async () => {
    const { client } = await inOutlook({ GetToken: token })
    for (const storage of [window.localStorage, window.sessionStorage]) {
      storage.setItem('msal.3|owner|accesstoken', 'encrypted')
      storage.setItem('ours', 'stays')
    }
    await client.forget()
    expect([Object.keys(window.localStorage), Object.keys(window.sessionStorage)]).toEqual([['ours'], ['ours']])
  })

  const STATUSES: [BridgeReply, string][] = [
    [{ status: 'ACCOUNT_UNAVAILABLE' }, 'auth.required'],
    [{ status: 'USER_CANCEL' }, 'auth.cancelled'],
    [{ status: 'NO_NETWORK' }, 'network.unreachable'],
    [{ status: 'DISABLED' }, 'disabled'],
    [{ status: 'PERSISTENT_ERROR' }, 'host.refused'],
  ]
  for (const [reply, miss] of STATUSES) {
    test(`${JSON.stringify(reply)} is ${miss}, silently or not`, async () => {
      const { client } = await inOutlook({ GetToken: reply, GetTokenPopup: reply })
      expect([await client.silent(false), await client.popup(false)]).toEqual([{ ok: false, miss }, { ok: false, miss }])
    })
  }
})

describe('signing in through the browser', () => {
  const opened = (result: Window | null) => jest.spyOn(window, 'open').mockReturnValue(result)
  afterEach(() => { jest.restoreAllMocks() })

  test('nobody is known at first', async () => {
    const client = await connect(config, address, window, false)
    expect(await client.silent(false)).toEqual({ ok: false, miss: 'auth.required' })
  })

  test('a blocked popup is told', async () => {
    opened(null)
    const client = await connect(config, address, window, false)
    expect(await client.popup(false)).toEqual({ ok: false, miss: 'auth.popup_blocked' })
  })

  test('it is the way where the mail client has no sign-in of its own', async () => {
    const client = await connect(config, address, window, true)
    expect(await client.silent(false)).toEqual({ ok: false, miss: 'auth.required' })
  })

  test('a browser that keeps nothing can still begin', async () => {
    const mend = breakStorage(window)
    opened(null)
    const client = await connect(config, address, window, false)
    expect(await client.silent(false)).toMatchObject({ ok: false })
    expect(await client.popup(false)).toMatchObject({ ok: false })
    mend()
  })
})
