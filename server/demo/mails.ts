import { createTransport } from 'nodemailer'
import type { Mailbox } from './mailbox'
import { newHiresCsv } from './mails.csv'
import { DEMO_PEOPLE, demoNameOf } from './people'
import { TRACKED_MESSAGES } from './seed.messages'

type File = { filename: string; content: string; contentType: string }
type DemoMail = { from: string; to: string[]; cc?: string[]; subject: string; text: string; html?: string; hoursAgo: number; tracked?: string; files?: File[] }

const HOUR_MS = 3_600_000

/** Names as people have them who are asked for by software: shown as text, never run. */
const NAUGHTY = `<script>alert(1)</script>
<img src=x onerror=alert(2)>
"'; drop table users; --
=cmd|' /C calc'!A0
\u202eevil\u202c Ω≈ç√∫ 田中さん 👩‍👩‍👧‍👦 ́̂̃
javascript:alert(3)
{{7*7}} \${7*7} %00 %n
nil null undefined NaN true`

const ACME_MAILS: readonly DemoMail[] = [
  {
    from: 'Personnel <personnel@acme.example>', to: ['owner@acme.example'], cc: ['people@acme.example'], hoursAgo: 1, subject: 'New hires starting next month',
    text: 'Hello Olive,\n\nattached are the 200 people who start next month. Could you add them?\n\nThank you\nPersonnel\n',
    files: [{ filename: 'new-hires.csv', content: newHiresCsv(), contentType: 'text/csv' }],
  },
  {
    from: 'maria@acme.example', to: ['owner@acme.example'], cc: ['people@acme.example', 'legal@partner.example'], hoursAgo: 3, subject: 'License for the partner contract',
    text: 'Hi Olive,\n\nI need a license to send the partner contract. Paula and the partner are in copy.\n\nMaria\n',
    html: '<p>Hi Olive,</p><p>I need a <b>license</b> to send the partner contract. Paula and the partner are in copy.</p><p>Maria</p>',
  },
  { from: 'owner@acme.example', to: ['maria@acme.example', 'people@acme.example'], hoursAgo: 2, subject: 'Re: License for the partner contract', text: 'Hello Maria,\n\nPaula will see to it today.\n\nOlive\n' },
  {
    from: 'owner@acme.example', to: ['legal@partner.example'], cc: ['owner@acme.example', 'maria@acme.example'], hoursAgo: 20, subject: 'Offer for review', tracked: TRACKED_MESSAGES[0],
    text: 'A secure message is waiting for you.\n',
  },
  { from: 'billing@acme.example', to: ['sales@supplier.example'], cc: ['billing@acme.example'], hoursAgo: 26, subject: 'Invoice and annexes', tracked: TRACKED_MESSAGES[1], text: 'A secure message is waiting for you.\n' },
  { from: 'people@acme.example', to: ['maria@acme.example'], cc: ['people@acme.example'], hoursAgo: 30, subject: 'Contract to sign', tracked: TRACKED_MESSAGES[2], text: 'A secure message is waiting for you.\n' },
  {
    from: 'notaire@etude.example', to: ['maria@acme.example', 'owner@acme.example'], hoursAgo: 28, subject: 'Signature de l’acte — pièces à préparer',
    text: 'Bonjour,\n\nmerci de préparer les pièces pour la signature de jeudi.\n\nMaître Lefèvre\n',
  },
  {
    from: 'compras@cliente.example', to: ['people@acme.example', 'billing@acme.example'], cc: ['owner@acme.example'], hoursAgo: 50, subject: 'Propuesta revisada',
    text: 'Buenos días:\n\nadjuntamos nuestros comentarios a la propuesta.\n\nUn saludo\n',
  },
  { from: 'it@acrne.example', to: ['owner@acme.example'], hoursAgo: 52, subject: 'Your mailbox is almost full', text: 'Dear user, confirm your password at https://acrne.example/login\n' },
  { from: '"<script>alert(1)</script>" <naughty@partner.example>', to: ['owner@acme.example', 'maria@acme.example'], hoursAgo: 70, subject: '<img src=x onerror=alert(1)> ‮evil‬ "quotes" 👩‍👩‍👧‍👦', text: NAUGHTY },
  { from: 'owner@acme.example', to: ['owner@acme.example', 'billing@acme.example', 'people@acme.example', 'maria@acme.example'], hoursAgo: 90, subject: '', text: '' },
]

const GLOBEX_MAILS: readonly DemoMail[] = [
  { from: 'owner@acme.example', to: ['owner@globex.example'], hoursAgo: 5, subject: 'Shall we meet on Thursday?', text: 'Hello Gus,\n\nThursday at ten?\n\nOlive\n' },
  { from: 'sales@supplier.example', to: ['owner@globex.example'], hoursAgo: 40, subject: 'Spring catalog', text: 'Our new catalog is out.\n' },
]

/** Puts into each mailbox what the demo is tried out on. */
export async function deliverDemoMails(mailbox: Mailbox, messageOrigin: string | null, now: Date): Promise<void> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  for (const [index, mail] of [...ACME_MAILS, ...GLOBEX_MAILS].entries()) {
    const at = new Date(now.getTime() - mail.hoursAgo * HOUR_MS)
    const { message } = await composer.sendMail({ ...partsOf(mail, messageOrigin), date: at, messageId: `<demo-${index + 1}@${mail.from.replace(/^.*@|>$/g, '')}>` })
    await mailbox.deliver(message instanceof Buffer ? message : Buffer.alloc(0), recipientsOf(mail), at)
  }
}

/** Everybody of the demo who is named in the mail: senders keep a copy. */
function recipientsOf({ from, to, cc = [] }: DemoMail): string[] {
  return DEMO_PEOPLE.map(({ email }) => email).filter((email) => [from, ...to, ...cc].includes(email))
}

const addressOf = (text: string) => (text.includes('<') ? text : { address: text, name: demoNameOf(text) === text ? '' : demoNameOf(text) })

function partsOf(mail: DemoMail, messageOrigin: string | null) {
  const link = mail.tracked === undefined || messageOrigin === null ? '' : `\n${messageOrigin}/m/${mail.tracked}\n`
  return {
    from: addressOf(mail.from),
    to: mail.to.map(addressOf),
    cc: (mail.cc ?? []).map(addressOf),
    subject: mail.subject,
    text: mail.text + link,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    attachments: mail.files ?? [],
    headers: mail.tracked === undefined ? {} : { 'X-Orgdesk-Message': mail.tracked },
  }
}
