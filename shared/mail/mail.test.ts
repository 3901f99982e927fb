import { activationTokenOf, linksInText, trackedMessageOf } from './links'
import type { MailContext } from './mail.model'
import { peopleOf, tableAttachmentsOf } from './people'

const APP = 'https://desk.example'
const MESSAGES = 'https://messages.example'
const TOKEN = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'

const mail = (part: Partial<MailContext>): MailContext => ({ key: 'm', mode: 'read', subject: '', people: [], internetMessageId: null, trackingHeader: null, text: null, links: null, attachments: [], ...part })

describe('an activation link is one of our own origin and no other', () => {
  it.each([`${APP}/activate#${TOKEN}`, ` <${APP}/activate#${TOKEN}> `, `"${APP}/activate#${TOKEN}"`])('finds %s', (link) => {
    expect(activationTokenOf(['https://other.example/', link], APP)).toBe(TOKEN)
  })

  it.each([
    `https://desk.example.evil.test/activate#${TOKEN}`,
    `https://desk.example@evil.test/activate#${TOKEN}`,
    `https://evil.test/https://desk.example/activate#${TOKEN}`,
    `https://xn--dsk-example.test/activate#${TOKEN}`,
    `https:\\\\desk.example\\activate#${TOKEN}`,
    `https://desk.example/activate?next=//evil#${TOKEN}`,
    `https://desk.example/activate/#${TOKEN}`,
    `https://desk.example/\tactivate#${TOKEN}`,
    `http://desk.example/activate#${TOKEN}`,
    `HTTPS://DESK.EXAMPLE/activate#${TOKEN}`,
    `${APP}/activate#${TOKEN}<script>`,
    `${APP}/activate#short`,
    `https://safelinks.test/?url=${encodeURIComponent(`${APP}/activate#${TOKEN}`)}`,
  ])('shows no button for %s', (link) => {
    expect(activationTokenOf([link], APP)).toBeNull()
  })
})

describe('a tracked message', () => {
  it('is known by its header before any link', () => {
    expect(trackedMessageOf(mail({ trackingHeader: ' M-1 ', links: [`${MESSAGES}/m/M-2`] }), MESSAGES)).toBe('M-1')
  })

  it.each([[`${MESSAGES}/m/M-2?open=1`, 'M-2'], [`${MESSAGES}.evil.test/m/M-2`, null], [`${MESSAGES}/x/M-2`, null]])('is found in %s', (link, id) => {
    expect(trackedMessageOf(mail({ links: [link] }), MESSAGES)).toBe(id)
  })

  it('is not looked for in links while no origin is configured', () => {
    expect(trackedMessageOf(mail({ links: [`${MESSAGES}/m/M-2`] }), null)).toBeNull()
  })

  it('is not taken from a header that is no id', () => {
    expect(trackedMessageOf(mail({ trackingHeader: 'M 1\r\nBcc: x' }), null)).toBeNull()
  })
})

describe('the people of a mail', () => {
  const person = (email: string, part: 'from' | 'to' | 'cc', name = '') => ({ email, part, name })

  it('come sender first, once each, without the viewer', () => {
    const open = mail({ people: [person('b@x.example', 'cc'), person('me@x.example', 'to'), person('A@x.example', 'from'), person('a@X.example', 'to'), person(' ', 'to')] })
    expect(peopleOf(open, 'ME@x.example').map((p) => p.email)).toEqual(['A@x.example', 'b@x.example'])
  })

  it('are at most 200', () => {
    expect(peopleOf(mail({ people: Array.from({ length: 500 }, (_, i) => person(`p${i}@x.example`, 'to')) }), null)).toHaveLength(200)
  })
})

describe('attachments that could be an import', () => {
  it.each([['hires.csv', 'application/octet-stream', true], ['HIRES.XLSX', '', true], ['hires', 'text/csv; charset=utf-8', true], ['photo.png', 'text/csv', false], ['notes.pdf', 'application/pdf', false]])('%s of type %s: %s', (name, mediaType, offered) => {
    expect(tableAttachmentsOf(mail({ attachments: [{ id: '1', name, bytes: 1, mediaType }] }))).toHaveLength(offered ? 1 : 0)
  })
})

it('finds the links of plain text', () => {
  expect(linksInText(`Hello,\n<${APP}/activate#${TOKEN}>\nBye`)).toEqual([`${APP}/activate#${TOKEN}`])
})
