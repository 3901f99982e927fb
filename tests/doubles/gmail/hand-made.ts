import type { Manifest } from './manifest'
import { createGmail, type GmailSettings } from './runtime'
import { evaluateInVm } from './runtime.node'
import type { FakeMail } from './services/gmail-app'

/** A manifest with every right and trigger. */
export const MANIFEST: Manifest = {
  oauthScopes: ['openid', 'https://www.googleapis.com/auth/gmail.addons.current.message.action', 'https://www.googleapis.com/auth/gmail.addons.current.message.readonly', 'https://www.googleapis.com/auth/script.locale'],
  urlFetchWhitelist: ['https://orgdesk.example/'],
  addOns: {
    common: { openLinkUrlPrefixes: ['https://orgdesk.example/'], homepageTrigger: { runFunction: 'onHomepage' }, universalActions: [{ label: 'Help', runFunction: 'onHelp' }] },
    gmail: { contextualTriggers: [{ onTriggerFunction: 'onMailOpen' }], composeTrigger: { selectActions: [{ text: 'Orgdesk', runFunction: 'onHomepage' }] } },
  },
}

/** A mail with everything a mail can have. */
export const MAIL: FakeMail = {
  id: 'm1', from: 'Ann <ann@a.example>', to: 'bob@b.example', subject: 'Hello', body: 'Hi', headers: { 'X-Orgdesk-Message': 'M-1' },
  attachments: [{ name: 'users.csv', mediaType: 'text/csv', content: new Uint8Array([104, 255]) }],
}

/** A bundle made by hand: `S` is CardService, `onAction` runs the source that it is given as the parameter `run`'s name. */
const bundle = (actions: Record<string, string>): string => `
const S = CardService
const text = (words) => S.newTextParagraph().setText(words)
const card = (name, ...widgets) => { const s = S.newCardSection(); widgets.forEach((w) => s.addWidget(w)); return S.newCardBuilder().setName(name).addSection(s).build() }
const action = (run) => S.newAction().setFunctionName('onAction').setParameters({ run })
const button = (label, a) => S.newTextButton().setText(label).setOnClickAction(a)
const answer = () => S.newActionResponseBuilder()
const go = (f) => answer().setNavigation(f(S.newNavigation())).build()
const say = (words) => answer().setNotification(S.newNotification().setText(words)).build()
const buttons = S.newButtonSet()
const ACTIONS = { ${Object.entries(actions).map(([name, body]) => `${name}: (e) => { ${body} }`).join(',')} }
Object.keys(ACTIONS).forEach((run) => buttons.addButton(button(run, action(run))))
function onHomepage(e) { return card('home', text('Hello ' + e.commonEventObject.userLocale), buttons) }
function onMailOpen(e) { return [card('mail', text('Mail ' + e.gmail.messageId), buttons)] }
function onHelp() { return S.newUniversalActionResponseBuilder().setOpenLink(S.newOpenLink().setUrl('https://orgdesk.example/help')).build() }
function onAction(e) { return ACTIONS[e.commonEventObject.parameters.run](e) }
`

/** A Gmail over such a bundle, on its homepage: one button per action. */
export const openBundle = (actions: Record<string, string>, more: Partial<GmailSettings> = {}) => {
  const gmail = createGmail({ code: bundle(actions), manifest: MANIFEST, evaluate: evaluateInVm, transport: () => [], nowMs: () => 0, newId: () => 'id-1', ...more })
  gmail.openHomepage()
  return gmail
}
