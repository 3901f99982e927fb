import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportSPKI, importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { createSigner, type TokenSigner } from '../../tests/doubles/tokens'
import { createVerifier, REFETCH_MS, type TrustedProvider } from './verify'

const NOW_MS = Date.UTC(2026, 2, 2, 9)
const NOW_S = NOW_MS / 1000
const TENANT = '11111111-2222-4333-8444-555555555555'
const OTHER_TENANT = '99999999-2222-4333-8444-555555555555'
const OBJECT = 'aaaaaaaa-2222-4333-8444-555555555555'
const AUDIENCE = 'api-orgdesk'
const GOOGLE_CLIENT = 'orgdesk.apps.googleusercontent.com'

const MICROSOFT = {
  iss: `https://login.microsoftonline.com/${TENANT}/v2.0`, aud: AUDIENCE, exp: NOW_S + 3600, nbf: NOW_S - 10, iat: NOW_S - 10, ver: '2.0',
  tid: TENANT, oid: OBJECT, sub: 'pairwise', scp: 'access', uti: 'token-1', email: 'Maria@Acme.example', xms_edov: true,
}
const GOOGLE = { iss: 'https://accounts.google.com', aud: GOOGLE_CLIENT, exp: NOW_S + 3600, iat: NOW_S, sub: '1234', email: 'maria@acme.example', email_verified: true, hd: 'acme.example' }

let microsoft: TokenSigner
let google: TokenSigner
let stranger: TokenSigner
let providers: TrustedProvider[]

beforeAll(async () => {
  microsoft = await createSigner('RS256', 'ms-1')
  google = await createSigner('RS256', 'go-1')
  stranger = await createSigner('RS256', 'ms-1')
  providers = [
    { kind: 'microsoft', issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0', audience: AUDIENCE, jwks: 'https://login.microsoftonline.com/keys', scope: 'access', keys: microsoft.keys },
    { kind: 'google', issuer: 'https://accounts.google.com', audience: GOOGLE_CLIENT, jwks: 'https://www.googleapis.com/keys', keys: google.keys },
  ]
})

const verify = async (token: string, nowMs = NOW_MS) => {
  const result = await createVerifier(providers).verify(token, nowMs)
  return result.ok ? result.value : result.failure.code
}

describe('a matrix of claims', () => {
  const issuers = [MICROSOFT.iss, `https://login.microsoftonline.com/${OTHER_TENANT}/v2.0`, `https://sts.windows.net/${TENANT}/`, `${MICROSOFT.iss}/`, 'https://login.microsoftonline.com/common/v2.0', undefined]
  const audiences = [AUDIENCE, 'api-other', [AUDIENCE], [AUDIENCE, 'api-other'], '', undefined]
  const scopes = ['access', 'other', 'accessible', '', undefined]
  const times = [{ exp: NOW_S + 3600 }, { exp: NOW_S - 1 }, { exp: undefined }, { exp: NOW_S + 3600, nbf: NOW_S + 600 }]
  const kinds = [{}, { idtyp: 'app' }, { oid: undefined }]
  const cells = issuers.flatMap((iss) => audiences.flatMap((aud) => scopes.flatMap((scp) => times.flatMap((time) => kinds.map((kind) => ({ iss, aud, scp, ...time, ...kind }))))))

  it('of 2,160 cells lets exactly the right one pass', async () => {
    expect(cells).toHaveLength(2160)
    const verifier = createVerifier(providers)
    const passed: object[] = []
    for (const [index, cell] of cells.entries()) {
      const result = await verifier.verify(await microsoft.sign({ ...MICROSOFT, uti: `t-${index}`, ...cell }), NOW_MS)
      if (result.ok) passed.push(cell)
    }
    expect(passed).toEqual([cells[0]])
  }, 60_000)
})

describe('a Microsoft token', () => {
  it('speaks for a person of a tenant, whose address only the tenant can vouch for', async () => {
    expect(await verify(await microsoft.sign(MICROSOFT))).toEqual({
      kind: 'microsoft', issuer: MICROSOFT.iss, subject: `${TENANT}/${OBJECT}`, tenant: TENANT, email: 'maria@acme.example', proof: 'tenant', expiresAt: MICROSOFT.exp,
    })
  })

  it.each([[false], [undefined], ['0'], [null], ['yes']])('with xms_edov %p proves no address', async (xms_edov) => {
    expect(await verify(await microsoft.sign({ ...MICROSOFT, xms_edov }))).toMatchObject({ proof: 'none' })
  })

  it.each([['1'], [1], ['true'], [true]])('with xms_edov %p proves its address', async (xms_edov) => {
    expect(await verify(await microsoft.sign({ ...MICROSOFT, xms_edov }))).toMatchObject({ proof: 'tenant' })
  })

  it.each([
    ['of the first version', { ver: '1.0' }],
    ['that is an ID token', { nonce: 'n', scp: undefined }],
    ['with a tenant that is no tenant', { tid: 'common' }],
    ['whose tenant is not that of its issuer', { tid: OTHER_TENANT }],
    ['with a tenant that walks out of the path', { tid: `${TENANT}/../${OTHER_TENANT}` }],
    ['for roles of an application', { scp: undefined, roles: ['access'], idtyp: 'app' }],
    ['with several scopes as a list', { scp: ['access'] }],
  ])('%s is refused', async (_what, claims) => {
    expect(await verify(await microsoft.sign({ ...MICROSOFT, ...claims }))).toBe('auth.invalid')
  })

  it('of another tenant is another identity, whatever address it claims', async () => {
    const token = await microsoft.sign({ ...MICROSOFT, tid: OTHER_TENANT, iss: `https://login.microsoftonline.com/${OTHER_TENANT}/v2.0`, email: 'owner@acme.example' })
    expect(await verify(token)).toMatchObject({ tenant: OTHER_TENANT, subject: `${OTHER_TENANT}/${OBJECT}` })
  })
})

describe('a Google token', () => {
  it.each([
    [{}, 'issuer', 'acme.example'],
    [{ hd: undefined }, 'none', null],
    [{ hd: undefined, email: 'maria@gmail.com' }, 'issuer', null],
    [{ email_verified: false }, 'none', 'acme.example'],
    [{ email_verified: 'true' }, 'none', 'acme.example'],
    [{ email: undefined }, 'none', 'acme.example'],
    [{ email: 'a@x.example, b@y.example' }, 'none', 'acme.example'],
  ])('with %j proves its address: %s', async (claims, proof, tenant) => {
    expect(await verify(await google.sign({ ...GOOGLE, ...claims }))).toMatchObject({ kind: 'google', subject: '1234', proof, tenant })
  })

  it.each([['foreign.apps.googleusercontent.com'], [[GOOGLE_CLIENT]], [undefined]])('for %j is refused', async (aud) => {
    expect(await verify(await google.sign({ ...GOOGLE, aud }))).toBe('auth.invalid')
  })

  it('of one provider is worth nothing under the name of the other', async () => {
    expect(await verify(await google.sign(MICROSOFT))).toBe('auth.invalid')
    expect(await verify(await microsoft.sign(GOOGLE))).toBe('auth.invalid')
  })
})

describe('a forged token', () => {
  const withHeader = async (header: object, signed?: string) => {
    const [, payload = '', signature = ''] = (signed ?? (await microsoft.sign(MICROSOFT))).split('.')
    return [Buffer.from(JSON.stringify(header)).toString('base64url'), payload, signature].join('.')
  }

  it('is refused without a signature, however that is spelt', async () => {
    expect(await verify(new UnsecuredJWT(MICROSOFT).encode())).toBe('auth.invalid')
    for (const alg of ['none', 'None', 'nOnE', '']) expect(await verify(await withHeader({ alg, kid: 'ms-1' }))).toBe('auth.invalid')
    const [header, payload] = (await microsoft.sign(MICROSOFT)).split('.')
    for (const token of [`${header}.${payload}.`, `${header}.${payload}`, `${header}..`, 'a.b.c', '', '...']) expect(await verify(token)).toBe('auth.invalid')
  })

  it('is refused when it is signed with the public key as a secret', async () => {
    const key = await importJWK(microsoft.keys.keys[0] ?? {}, 'RS256', { extractable: true })
    const secrets = [new TextEncoder().encode(key instanceof Uint8Array ? '' : await exportSPKI(key)), Buffer.from(JSON.stringify(microsoft.keys.keys[0]))]
    for (const secret of secrets) {
      for (const alg of ['HS256', 'HS512']) expect(await verify(await new SignJWT(MICROSOFT).setProtectedHeader({ alg, kid: 'ms-1' }).sign(secret))).toBe('auth.invalid')
    }
  })

  it('cannot bring its own key, by value, by address or by name', async () => {
    const jwk = stranger.keys.keys[0]
    for (const header of [{}, { jwk }, { jku: 'https://evil.example/keys' }, { x5u: 'https://evil.example/x5u' }, { kid: '../../etc/passwd' }, { kid: "' or 1=1" }, { kid: '' }, { kid: undefined, jwk }, { crit: ['b64'], b64: false }]) {
      const token = await stranger.sign(MICROSOFT, header as object).catch(() => '')
      expect(await verify(token)).toBe('auth.invalid')
    }
  })

  it('is refused with another algorithm than the two we take', async () => {
    for (const alg of ['RS384', 'RS512', 'PS256', 'ES384', 'EdDSA']) expect(await verify(await withHeader({ alg, kid: 'ms-1' }))).toBe('auth.invalid')
  })

  it('is refused when one character of it changes', async () => {
    const token = await microsoft.sign(MICROSOFT)
    const end = token.length - 40
    for (const at of [5, 60, 200, end]) expect(await verify(token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1))).toBe('auth.invalid')
  })

  it('with the claims of a verified one does not ride on its place in the cache', async () => {
    const verifier = createVerifier(providers)
    const token = await microsoft.sign(MICROSOFT)
    expect((await verifier.verify(token, NOW_MS)).ok).toBe(true)
    const [header, payload, signature = ''] = token.split('.')
    for (const forged of [`${header}.${payload}.`, `${header}.${payload}.${signature.split('').toReversed().join('')}`, await stranger.sign(MICROSOFT)]) {
      expect(await verifier.verify(forged, NOW_MS)).toMatchObject({ ok: false, failure: { code: 'auth.invalid' } })
    }
    expect((await verifier.verify(token, NOW_MS)).ok).toBe(true)
  })
})

describe('the cache', () => {
  it('ends with the token, and knows one token however it is spelt', async () => {
    const verifier = createVerifier(providers)
    const token = await microsoft.sign(MICROSOFT)
    expect((await verifier.verify(token, NOW_MS)).ok).toBe(true)
    expect((await verifier.verify(`${token}=`, NOW_MS)).ok).toBe((await createVerifier(providers).verify(`${token}=`, NOW_MS)).ok)
    expect(await verifier.verify(token, (MICROSOFT.exp + 1) * 1000)).toMatchObject({ ok: false, failure: { code: 'auth.expired' } })
  })
})

describe('the keys', () => {
  let server: Server
  let asked = 0
  let served: object = { keys: [] }
  let provider: TrustedProvider

  beforeAll(async () => {
    server = createServer((_request, response) => {
      asked += 1
      response.setHeader('content-type', 'application/json').end(JSON.stringify(served))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    provider = { kind: 'google', issuer: GOOGLE.iss, audience: GOOGLE_CLIENT, jwks: `http://127.0.0.1:${port}/keys` }
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  it('are asked for again at most once in five minutes, however many unknown ones are named', async () => {
    served = google.keys
    const verifier = createVerifier([provider])
    const known = await google.sign(GOOGLE)
    expect((await verifier.verify(known, NOW_MS)).ok).toBe(true)
    for (let n = 0; n < 20; n++) expect((await verifier.verify(await google.sign({ ...GOOGLE, jti: `x${n}` }, { kid: `unknown-${n}` }), NOW_MS)).ok).toBe(false)
    expect(asked).toBe(1)
    expect(REFETCH_MS).toBe(300_000)
  })

  it('that cannot be had make the caller come back, not sign in again', async () => {
    const verifier = createVerifier([{ ...provider, jwks: 'http://127.0.0.1:1/keys' }])
    expect(await verifier.verify(await google.sign(GOOGLE), NOW_MS)).toMatchObject({ ok: false, failure: { code: 'server.busy' } })
  })
})
