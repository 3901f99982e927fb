import type { FakeItem } from './item'

const bytes = 'email\nana@acme.example\n'

/** A received mail with everything that the host looks at. */
export const offer: FakeItem = {
  mode: 'read',
  id: 'mail/offer',
  subject: 'The offer',
  from: { name: 'Ana Alves', email: 'ana@partner.example' },
  to: [{ name: 'Olivia Owner', email: 'owner@acme.example' }],
  cc: [{ name: '', email: 'people@acme.example' }],
  internetMessageId: '<offer@partner.example>',
  headers: 'Received: from partner.example\r\nX-Orgdesk-Message: msg_\r\n 0001\r\nSubject: The offer\r\n',
  text: 'See https://orgdesk.example/activate#abc',
  html: '<p>See <a href="https://orgdesk.example/activate#abc">this</a>, <a href="javascript:alert(1)">that</a> and <a href="https://orgdesk.example/activate#abc">this again</a></p><img src="https://tracker.example/x.png">',
  attachments: [
    { id: 'a1', name: 'people.csv', bytes: bytes.length, mediaType: 'text/csv', content: 'ZW1haWwKYW5hQGFjbWUuZXhhbXBsZQo=' },
    { id: 'a2', name: 'logo.png', bytes: 9, mediaType: 'image/png', content: 'iVBORw0KGgo=', inline: true },
    { id: 'a3', name: 'in-the-cloud.csv', bytes: 0, mediaType: 'text/csv', content: 'https://files.partner.example/in-the-cloud.csv', kind: 'cloud' },
    { id: 'a4', name: 'forwarded', bytes: 40, mediaType: 'message/rfc822', content: 'Subject: forwarded', kind: 'item' },
  ],
}

/** Another received mail, from another person. */
export const question: FakeItem = {
  ...offer,
  id: 'mail/question',
  subject: 'A question',
  from: { name: 'Bo Berg', email: 'bo@other.example' },
  headers: 'Subject: A question\r\n',
  text: 'Hello',
  html: '<p>Hello</p>',
  attachments: [],
}

/** A mail being written. */
export const answer: FakeItem = {
  mode: 'compose',
  subject: 'Re: The offer',
  to: [{ name: 'Ana Alves', email: 'ana@partner.example' }],
  cc: [],
  text: 'Thanks',
  html: '<p>Thanks</p>',
  attachments: [{ id: 'c1', name: 'new.csv', bytes: 6, mediaType: 'text/csv', content: 'ZW1haWwK' }],
}
