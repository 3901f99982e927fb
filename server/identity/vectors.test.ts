import { constants, createHash, createHmac, createSign, createVerify, generateKeyPairSync, privateEncrypt, sign, type KeyObject } from 'node:crypto'
import type { JSONWebKeySet, JWK } from 'jose'
import { createVerifier, type TrustedProvider } from './verify'

/*
 * Signatures and keys that libraries are known to get wrong, made anew for each run, in the manner of public
 * test vectors for JWS and JWK: what is odd in the encoding, in the numbers, in the header and in the keys.
 */

const NOW_S = Date.UTC(2026, 2, 2, 9) / 1000
const ISSUER = 'https://issuer.example'
const AUDIENCE = 'urn:orgdesk:api'
const CLAIMS = { iss: ISSUER, aud: AUDIENCE, sub: 'maria', email: 'maria@acme.example', email_verified: true, iat: NOW_S, exp: NOW_S + 600, jti: 'one' }

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const others = { rsa1024: generateKeyPairSync('rsa', { modulusLength: 1024 }), p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }), p521: generateKeyPairSync('ec', { namedCurve: 'P-521' }), k256: generateKeyPairSync('ec', { namedCurve: 'secp256k1' }), ed: generateKeyPairSync('ed25519') }
/** The order of P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const jwkOf = (key: KeyObject, more: JWK = {}): JWK => ({ ...(key.export({ format: 'jwk' }) as JWK), ...more })
const KEYS: JSONWebKeySet = { keys: [jwkOf(rsa.publicKey, { kid: 'rsa', alg: 'RS256', use: 'sig' }), jwkOf(ec.publicKey, { kid: 'ec', alg: 'ES256', use: 'sig' })] }

const b64 = (value: Buffer | string | object): string => Buffer.from(typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value)).toString('base64url')
const bytes32 = (n: bigint): Buffer => Buffer.from(n.toString(16).padStart(64, '0'), 'hex')
const concat = (r: Buffer, s: Buffer): Buffer => Buffer.concat([r, s])
type Algorithm = 'RS256' | 'ES256'
const inputOf = (header: object, claims: object = CLAIMS): string => `${b64(header)}.${b64(claims)}`
const signatureOf = (alg: Algorithm, input: string): Buffer =>
  alg === 'RS256' ? sign('sha256', Buffer.from(input), rsa.privateKey) : sign('sha256', Buffer.from(input), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' })
const HEADERS = { RS256: { alg: 'RS256', kid: 'rsa' }, ES256: { alg: 'ES256', kid: 'ec' } }
const tokenOf = (alg: Algorithm, header: object = HEADERS[alg], claims: object = CLAIMS): string => {
  const input = inputOf(header, claims)
  return `${input}.${b64(signatureOf(alg, input))}`
}

const passes = async (token: string, keys: JSONWebKeySet = KEYS): Promise<boolean> => {
  const provider: TrustedProvider = { kind: 'oidc', issuer: ISSUER, audience: AUDIENCE, jwks: `${ISSUER}/keys`, keys }
  return (await createVerifier([provider]).verify(token, NOW_S * 1000)).ok
}
const passed = async (tokens: Record<string, string>): Promise<string[]> => {
  const names: string[] = []
  for (const [name, token] of Object.entries(tokens)) if (await passes(token)) names.push(name)
  return names
}

it.each(['RS256', 'ES256'] as const)('the honest token passes, by %s', async (alg) => {
  expect(await passes(tokenOf(alg))).toBe(true)
})

/** Signatures made of other bytes over the honest input. */
const signed = (alg: Algorithm, change: (signature: Buffer, input: string) => Buffer): string => {
  const input = inputOf(HEADERS[alg])
  return `${input}.${b64(change(signatureOf(alg, input), input))}`
}

it('no signature of ES256 passes whose numbers are not two of the right size within their range', async () => {
  const edges = [0n, 1n, ORDER - 1n, ORDER, ORDER + 1n, (1n << 256n) - 1n]
  const pairs = edges.flatMap((r) => edges.map((s) => [`r ${r.toString(16).slice(0, 8)} s ${s.toString(16).slice(-8)}`, signed('ES256', () => concat(bytes32(r), bytes32(s)))] as const))
  const mixed = edges.flatMap((edge) => [
    [`r, then ${edge.toString(16).slice(-8)}`, signed('ES256', (signature) => concat(signature.subarray(0, 32), bytes32(edge)))] as const,
    [`${edge.toString(16).slice(-8)}, then s`, signed('ES256', (signature) => concat(bytes32(edge), signature.subarray(32)))] as const,
  ])
  expect(pairs.length + mixed.length).toBe(48)
  expect(await passed(Object.fromEntries([...pairs, ...mixed]))).toEqual([])
})

it('no signature of ES256 passes in another form', async () => {
  const der = (input: string): Buffer => createSign('sha256').update(input).sign(ec.privateKey)
  expect(createVerify('sha256').update('x').verify(ec.publicKey, der('x'))).toBe(true)
  expect(await passed({
    'as DER': signed('ES256', (_signature, input) => der(input)),
    'empty': signed('ES256', () => Buffer.alloc(0)),
    'r alone': signed('ES256', (signature) => signature.subarray(0, 32)),
    'one byte short': signed('ES256', (signature) => signature.subarray(0, 63)),
    'one byte more': signed('ES256', (signature) => Buffer.concat([signature, Buffer.from([0])])),
    'a zero before': signed('ES256', (signature) => Buffer.concat([Buffer.from([0]), signature])),
    'both padded': signed('ES256', (signature) => concat(Buffer.concat([Buffer.alloc(16), signature.subarray(0, 32)]), Buffer.concat([Buffer.alloc(16), signature.subarray(32)]))),
    's and r swapped': signed('ES256', (signature) => concat(signature.subarray(32), signature.subarray(0, 32))),
    's with the order added': signed('ES256', (signature) => concat(signature.subarray(0, 32), bytes32((BigInt(`0x${signature.subarray(32).toString('hex')}`) + ORDER) % (1n << 256n)))),
    'over another hash': signed('ES256', (_signature, input) => sign('sha512', Buffer.from(input), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' })),
    'by a key of P-384': signed('ES256', (_signature, input) => sign('sha256', Buffer.from(input), { key: others.p384.privateKey, dsaEncoding: 'ieee-p1363' })),
    'by a key of secp256k1': signed('ES256', (_signature, input) => sign('sha256', Buffer.from(input), { key: others.k256.privateKey, dsaEncoding: 'ieee-p1363' })),
  })).toEqual([])
})

/** PKCS#1 v1.5 around a hash, with its padding in the hands of the test. */
const padded = (input: string, { prefix = '3031300d060960864801650304020105000420', fill = 0xff, type = 0x01, tail = Buffer.alloc(0), first = 0x00 }: { prefix?: string; fill?: number; type?: number; tail?: Buffer; first?: number } = {}): Buffer => {
  const digest = Buffer.concat([Buffer.from(prefix, 'hex'), createHash('sha256').update(input).digest(), tail])
  const block = Buffer.concat([Buffer.from([first, type]), Buffer.alloc(256 - digest.length - 3, fill), Buffer.from([0]), digest])
  return privateEncrypt({ key: rsa.privateKey, padding: constants.RSA_NO_PADDING }, block)
}
it('no signature of RS256 passes whose padding is not exactly the right one', async () => {
  expect(await passes(signed('RS256', (_signature, input) => padded(input)))).toBe(true)
  expect(await passed({
    'the hash without its name': signed('RS256', (_signature, input) => padded(input, { prefix: '' })),
    'a name without its NULL': signed('RS256', (_signature, input) => padded(input, { prefix: '302f300b06096086480165030402010420' })),
    'the name of SHA-1': signed('RS256', (_signature, input) => padded(input, { prefix: '3021300906052b0e03021a05000414' })),
    'the name of SHA-512': signed('RS256', (_signature, input) => padded(input, { prefix: '3051300d060960864801650304020305000440' })),
    'rubbish behind the hash': signed('RS256', (_signature, input) => padded(input, { tail: Buffer.alloc(20, 1) })),
    'padding of zeros': signed('RS256', (_signature, input) => padded(input, { fill: 0x00 })),
    'padding of an encryption': signed('RS256', (_signature, input) => padded(input, { type: 0x02, fill: 0x5a })),
    'block type 0': signed('RS256', (_signature, input) => padded(input, { type: 0x00 })),
    'PSS': signed('RS256', (_signature, input) => sign('sha256', Buffer.from(input), { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING })),
    'SHA-512': signed('RS256', (_signature, input) => sign('sha512', Buffer.from(input), rsa.privateKey)),
    'zero': signed('RS256', () => Buffer.alloc(256)),
    'one': signed('RS256', () => Buffer.concat([Buffer.alloc(255), Buffer.from([1])])),
    'all ones': signed('RS256', () => Buffer.alloc(256, 0xff)),
    'empty': signed('RS256', () => Buffer.alloc(0)),
    'one byte short': signed('RS256', (signature) => signature.subarray(1)),
    'one byte more': signed('RS256', (signature) => Buffer.concat([signature, Buffer.from([0])])),
    'a zero before': signed('RS256', (signature) => Buffer.concat([Buffer.from([0]), signature])),
  })).toEqual([])
})

it('no header passes that asks for something else than was signed for, or for more', async () => {
  const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' })
  const hmac = (alg: string, secret: string | Buffer): string => {
    const input = inputOf({ alg, kid: 'rsa' })
    return `${input}.${createHmac(`sha${alg.slice(2)}`, secret).update(input).digest('base64url')}`
  }
  const algs = ['none', 'None', 'NONE', 'nOnE', '', 'rs256', 'RS256 ', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256K', 'ES384', 'ES512', 'EdDSA', 'HS256', 'dir', 'A128GCM', 'RSA-OAEP', 'RSA1_5']
  const kinds = [null, 1, true, [], ['RS256'], {}, { alg: 'RS256' }]
  expect(await passed({
    ...Object.fromEntries(algs.map((alg) => [`alg ${alg}`, tokenOf('RS256', { alg, kid: 'rsa' })])),
    ...Object.fromEntries(kinds.map((alg) => [`alg ${JSON.stringify(alg)}`, tokenOf('RS256', { alg, kid: 'rsa' })])),
    ...Object.fromEntries(['HS256', 'HS384', 'HS512'].flatMap((alg) => [[`${alg} by the public key`, hmac(alg, pem)], [`${alg} by its JWK`, hmac(alg, JSON.stringify(KEYS.keys[0]))], [`${alg} by nothing`, hmac(alg, '')], [`${alg} by n`, hmac(alg, Buffer.from(KEYS.keys[0]?.n ?? '', 'base64url'))]])),
    'without alg': tokenOf('RS256', { kid: 'rsa' }),
    'the kid of another kind of key': tokenOf('RS256', { alg: 'RS256', kid: 'ec' }),
    'the alg of the other key': tokenOf('RS256', { alg: 'ES256', kid: 'ec' }),
    'a kid that is no text': tokenOf('RS256', { alg: 'RS256', kid: 7 }),
    'an unknown kid': tokenOf('RS256', { alg: 'RS256', kid: 'RSA' }),
    ...Object.fromEntries([[], ['exp'], ['made-up'], ['b64', 'made-up'], 'b64', [1], null].map((crit) => [`crit ${JSON.stringify(crit)}`, tokenOf('RS256', { ...HEADERS.RS256, crit, b64: true, exp: 1, 'made-up': 1 })])),
    'b64 false': tokenOf('RS256', { ...HEADERS.RS256, crit: ['b64'], b64: false }),
    'a header that is a list': tokenOf('RS256', [HEADERS.RS256]),
    'a header that is text': tokenOf('RS256', Object('RS256')),
  })).toEqual([])
})

it('no encoding passes but the one of the standard', async () => {
  const token = tokenOf('ES256')
  const [header = '', claims = '', signature = ''] = token.split('.')
  const twice = `${b64('{"alg":"none","alg":"ES256","kid":"ec"}')}.${claims}`
  expect(await passed({
    'no signature': `${header}.${claims}`,
    'an empty one': `${header}.${claims}.`,
    'four parts': `${token}.`,
    'five parts': `${header}..${claims}.${signature}.`,
    'parts swapped': `${claims}.${header}.${signature}`,
    'a dot first': `.${token}`,
    'spaces': `${header}. ${claims}.${signature}`,
    'claims with a letter that is none': `${header}.${claims}!.${signature}`,
    'the JSON form': JSON.stringify({ protected: header, payload: claims, signature }),
    'an encrypted form': `${b64({ alg: 'dir', enc: 'A128GCM' })}..${b64('iv')}.${b64('x')}.${b64('tag')}`,
    'claims that are a list': tokenOf('ES256', HEADERS.ES256, [CLAIMS]),
    'claims that are null': `${header}.${b64('null')}.${signature}`,
    'a header said twice, signed for neither': `${twice}.${signature}`,
    'bytes that are no text': `${header}.${b64(Buffer.from([0xff, 0xfe]))}.${signature}`,
  })).toEqual([])
})

/** What is wrong with the keys of a provider must make nobody's token good. */
it('no key passes that is not a public key for this use', async () => {
  const hs = (k: string): string => {
    const input = inputOf({ alg: 'HS256', kid: 'k' })
    return `${input}.${createHmac('sha256', Buffer.from(k, 'base64url')).update(input).digest('base64url')}`
  }
  const by = (alg: string, key: KeyObject): string => {
    const input = inputOf({ alg, kid: 'k' })
    return `${input}.${b64(sign(alg === 'EdDSA' ? null : `sha${alg.slice(2)}`, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }))}`
  }
  const rs = by('RS256', rsa.privateKey)
  const es = by('ES256', ec.privateKey)
  const cases: [string, JWK, string][] = [
    ['a secret', { kty: 'oct', k: 'c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0', kid: 'k' }, hs('c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0')],
    ['a secret that calls itself RS256', { kty: 'oct', k: 'c2VjcmV0', kid: 'k', alg: 'RS256' }, hs('c2VjcmV0')],
    ['1,024 bits', jwkOf(others.rsa1024.publicKey, { kid: 'k' }), by('RS256', others.rsa1024.privateKey)],
    ['P-384', jwkOf(others.p384.publicKey, { kid: 'k' }), by('ES384', others.p384.privateKey)],
    ['P-384 that says ES256', jwkOf(others.p384.publicKey, { kid: 'k', alg: 'ES256' }), by('ES256', others.p384.privateKey)],
    ['P-521', jwkOf(others.p521.publicKey, { kid: 'k' }), by('ES512', others.p521.privateKey)],
    ['secp256k1', jwkOf(others.k256.publicKey, { kid: 'k' }), by('ES256', others.k256.privateKey)],
    ['Ed25519', jwkOf(others.ed.publicKey, { kid: 'k' }), by('EdDSA', others.ed.privateKey)],
    ['for encryption', jwkOf(rsa.publicKey, { kid: 'k', use: 'enc' }), rs],
    ['for other operations', jwkOf(rsa.publicKey, { kid: 'k', key_ops: ['encrypt'] }), rs],
    ['for another algorithm', jwkOf(rsa.publicKey, { kid: 'k', alg: 'PS256' }), rs],
    ['of another name', jwkOf(rsa.publicKey, { kid: 'K' }), rs],
    ['of another type', { ...jwkOf(rsa.publicKey), kty: 'EC', kid: 'k' }, rs],
    ['without its exponent', { kty: 'RSA', n: jwkOf(rsa.publicKey).n ?? '', kid: 'k' }, rs],
    ['with the exponent one', jwkOf(rsa.publicKey, { e: 'AQ', kid: 'k' }), `${inputOf({ alg: 'RS256', kid: 'k' })}.${b64(Buffer.alloc(256, 1))}`],
    ['a point that is not on its curve', jwkOf(ec.publicKey, { y: b64(Buffer.alloc(32, 7)), kid: 'k' }), es],
    ['a point of zeros', jwkOf(ec.publicKey, { x: b64(Buffer.alloc(32)), y: b64(Buffer.alloc(32)), kid: 'k' }), es],
    ['a coordinate too short', jwkOf(ec.publicKey, { x: b64(Buffer.alloc(8, 1)), kid: 'k' }), es],
    ['nothing', { kid: 'k' } as JWK, rs],
  ]
  expect([await passes(rs, { keys: [jwkOf(rsa.publicKey, { kid: 'k' })] }), await passes(es, { keys: [jwkOf(ec.publicKey, { kid: 'k' })] })]).toEqual([true, true])
  const wrong: string[] = []
  for (const [name, key, token] of cases) if (await passes(token, { keys: [key] }).catch(() => false)) wrong.push(name)
  expect(wrong).toEqual([])
})

it('two keys of one name make no token good that neither signed', async () => {
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const input = inputOf({ alg: 'ES256', kid: 'k' })
  const forged = `${input}.${b64(sign('sha256', Buffer.from(input), { key: others.k256.privateKey, dsaEncoding: 'ieee-p1363' }))}`
  expect(await passes(forged, { keys: [jwkOf(ec.publicKey, { kid: 'k' }), jwkOf(stranger.publicKey, { kid: 'k' })] })).toBe(false)
})
