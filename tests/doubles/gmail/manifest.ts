/** The slice of `appsscript.json` that Gmail acts on. */
export type Manifest = {
  oauthScopes: string[]
  urlFetchWhitelist: string[]
  addOns: {
    common: {
      openLinkUrlPrefixes: string[]
      homepageTrigger: { runFunction: string }
      universalActions?: { label: string; runFunction: string }[]
    }
    gmail: {
      homepageTrigger?: { runFunction: string }
      contextualTriggers: { onTriggerFunction: string }[]
      composeTrigger?: { selectActions: { text: string; runFunction: string }[] }
    }
  }
}

const READONLY = 'https://www.googleapis.com/auth/gmail.addons.current.message.readonly'
const ACTION = 'https://www.googleapis.com/auth/gmail.addons.current.message.action'

/** How far the open mail may be read with these scopes. */
export const mailAccessOf = (scopes: readonly string[]): 'readonly' | 'action' | 'none' => {
  if (scopes.includes(READONLY)) return 'readonly'
  return scopes.includes(ACTION) ? 'action' : 'none'
}
