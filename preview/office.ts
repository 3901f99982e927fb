import { createFakeOffice } from '../tests/doubles/office/fake'
import type { FakeItem } from '../tests/doubles/office/item'
import { surroundingBridge } from './bridge'
import type { Mail } from './mailbox'

/** Office.js of the preview: the same stand-in that the tests use, fed with the mail that is open around it. */

const itemOf = (mail: Mail): FakeItem => ({
  mode: 'read',
  id: mail.id,
  subject: mail.subject,
  from: mail.from,
  to: mail.to,
  cc: mail.cc,
  internetMessageId: mail.messageId ?? undefined,
  headers: mail.headers.map(({ name, value }) => `${name}: ${value}`).join('\r\n'),
  text: mail.text,
  html: mail.html,
  attachments: mail.attachments,
})

const bridge = surroundingBridge()
const first = bridge.current()
const LOCALES = { en: 'en-US', fr: 'fr-FR', es: 'es-ES' } as const

const fake = createFakeOffice({
  platform: 'OfficeOnline',
  displayLanguage: LOCALES[first.state.lang],
  address: first.state.person,
  displayName: first.state.person,
  theme: first.state.theme,
  item: first.mail ? itemOf(first.mail) : null,
  history: window.history,
})
window.Office = fake.Office

let openId = first.mail?.id ?? null
bridge.subscribe(({ state, mail }) => {
  fake.setTheme(state.theme)
  const id = mail?.id ?? null
  if (id === openId) return
  openId = id
  fake.open(mail ? itemOf(mail) : null)
})
