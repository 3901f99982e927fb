import { exportJWK, generateKeyPair, SignJWT, type JSONWebKeySet, type JWTHeaderParameters } from 'jose'

/** A signer of tokens with its public keys, as an identity provider is. */
export type TokenSigner = { keys: JSONWebKeySet; sign: (claims: Record<string, unknown>, header?: Partial<JWTHeaderParameters>) => Promise<string> }

/** A fresh key pair that signs whatever it is given; claims of `undefined` are left out. */
export async function createSigner(alg: 'RS256' | 'ES256', kid: string): Promise<TokenSigner> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }
  return {
    keys: { keys: [jwk] },
    sign: (claims, header = {}) => new SignJWT(JSON.parse(JSON.stringify(claims))).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  }
}
