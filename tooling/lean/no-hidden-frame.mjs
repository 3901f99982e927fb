/**
 * Stands for MSAL's ways to a token that the pane never takes: hidden frames, from which browsers keep
 * the provider's cookie, and codes that a server has fetched. With the first call that asks for either,
 * this file goes.
 */
const neverAsked = () => function Client() {
  throw new Error('the pane was built without hidden frames and codes of a server')
}

export const SilentIframeClient = neverAsked()
export const SilentAuthCodeClient = neverAsked()
