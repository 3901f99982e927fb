/** How the mail client's own sign-in behaves: a status of its protocol, silence, or a token for this person. */
export type BridgeReply = { status: 'USER_INTERACTION_REQUIRED' | 'USER_CANCEL' | 'NO_NETWORK' | 'PERSISTENT_ERROR' | 'DISABLED' | 'ACCOUNT_UNAVAILABLE' } | 'silent' | { token: string; username: string }

type Method = 'GetInitContext' | 'GetToken' | 'GetTokenPopup'
type Request = { requestId: string; method: Method; tokenParams?: { scope: string } }

const toBase64Url = (value: object) => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
const TENANT = '11111111-1111-1111-1111-111111111111'
const OBJECT = '22222222-2222-2222-2222-222222222222'

const idTokenOf = (username: string) => `${toBase64Url({ alg: 'none' })}.${toBase64Url({ sub: OBJECT, oid: OBJECT, tid: TENANT, preferred_username: username, name: 'Olivia Owner' })}.x`

const tokenOf = ({ token, username }: { token: string; username: string }, scope: string) => ({
  token: { access_token: token, id_token: idTokenOf(username), expires_in: 3600, scope, authority: 'https://login.microsoftonline.com/common' },
  account: { homeAccountId: `${OBJECT}.${TENANT}`, environment: 'login.microsoftonline.com', tenantId: TENANT, localAccountId: OBJECT, username, name: 'Olivia Owner' },
})

/** A mail client's side of nested app authentication, as MSAL finds it at `window.nestedAppAuthBridge`. */
export const createFakeBridge = (replies: Partial<Record<Method, BridgeReply>>) => {
  const listeners: ((message: string) => void)[] = []
  const asked: { method: Method; scope: string | undefined }[] = []
  const contentOf = (request: Request, reply: BridgeReply | undefined): object | null => {
    if (reply === 'silent') return null
    if (reply && 'status' in reply) return { success: false, error: { status: reply.status, code: '', description: '' } }
    if (request.method === 'GetInitContext') return { success: true, initContext: { sdkName: 'fake', sdkVersion: '1', capabilities: {} } }
    return reply ? { success: true, ...tokenOf(reply, request.tokenParams?.scope ?? '') } : { success: false, error: { status: 'PERSISTENT_ERROR' } }
  }
  return {
    asked,
    bridge: {
      addEventListener: (_: string, listener: (message: string) => void) => { listeners.push(listener) },
      postMessage: (text: string) => {
        const request: Request = JSON.parse(text)
        asked.push({ method: request.method, scope: request.tokenParams?.scope })
        const content = contentOf(request, replies[request.method])
        if (content) void Promise.resolve().then(() => { for (const listener of listeners) listener(JSON.stringify({ messageType: 'NestedAppAuthResponse', requestId: request.requestId, ...content })) })
      },
    },
  }
}
