import type { MailWords } from '../words'
import { escapeHtml } from '../../http/docs'

/** A part of a mail: a sentence, a remark, the one thing to do with its words and its link, a code to type, or named values. */
export type MailPart =
  | { is: 'text'; text: string }
  | { is: 'note'; text: string }
  | { is: 'action'; label: string; url: string }
  | { is: 'code'; code: string }
  | { is: 'facts'; items: readonly { label: string; value: string }[] }

/** What a mail says; the greeting and what all mails end with are added when it is laid out. */
export type MailContent = { subject: string; parts: readonly MailPart[] }

/** Whom a mail goes to, on whose behalf, and where its reader gets help. */
export type MailFrame = { organization: string; to: { email: string; name: string }; supportUrl: string | null }

/** A written mail, in both forms with the same content. */
export type WrittenMail = { subject: string; text: string; html: string }

/** A sentence of a mail. */
export const text = (words: string): MailPart => ({ is: 'text', text: words })
/** A remark, smaller than a sentence. */
export const note = (words: string): MailPart => ({ is: 'note', text: words })

const FONT = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const LINK = '#0f6cbd'

/** Lays a mail out as plain text and as HTML that mail clients of all ages draw. */
export function layOut(t: MailWords, { subject, parts }: MailContent, { organization, to, supportUrl }: MailFrame): WrittenMail {
  const whole: MailPart[] = [text(to.name === '' ? t('mails.greeting_unnamed') : t('mails.greeting', { name: to.name })), ...parts]
  const ending: MailPart[] = [
    ...(supportUrl === null ? [] : [note(t('mails.support', { url: supportUrl }))]),
    note(t('mails.why', { address: to.email, organization })),
  ]
  return {
    subject,
    text: `${[...whole, ...ending].map(asText).join('\n\n')}\n`,
    html: asPage(t.locale, subject, whole.map(asHtml).join('\n'), ending.map(asHtml).join('\n')),
  }
}

function asText(part: MailPart): string {
  if (part.is === 'action') return `${part.label}\n${part.url}`
  if (part.is === 'code') return `    ${part.code}`
  if (part.is === 'facts') return part.items.map(({ label, value }) => `${label}: ${value}`).join('\n')
  return part.text
}

function asHtml(part: MailPart): string {
  if (part.is === 'text') return `<p style="margin:0 0 16px;overflow-wrap:anywhere">${escapeHtml(part.text)}</p>`
  if (part.is === 'note') return `<p class="faint" style="margin:0 0 12px;font-size:13px;line-height:1.5;color:#5b6470;overflow-wrap:anywhere">${escapeHtml(part.text)}</p>`
  if (part.is === 'code') return `<p class="well" style="margin:0 0 16px;padding:16px;border-radius:6px;background:#f3f5f8;text-align:center;font-family:Consolas,Menlo,monospace;font-size:30px;letter-spacing:8px;font-weight:600">${escapeHtml(part.code)}</p>`
  if (part.is === 'facts') return asTable(part.items)
  return asButton(part.label, part.url)
}

/** A cell of its own colour: some clients paint nothing behind a link. */
function asButton(label: string, url: string): string {
  const href = escapeHtml(url)
  return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 12px"><tr><td bgcolor="${LINK}" style="border-radius:6px;mso-padding-alt:12px 24px"><a href="${href}" style="display:inline-block;padding:12px 24px;border-radius:6px;background:${LINK};color:#ffffff;text-decoration:none;font-weight:600">${escapeHtml(label)}</a></td></tr></table>
<p style="margin:0 0 16px;font-size:13px;line-height:1.5;word-break:break-all"><a class="link" href="${href}" style="color:${LINK}">${href}</a></p>`
}

const NUMBER = /^[\d\s.,]+$/
const cellsOf = (label: string, value: string): string => `<td class="faint" style="padding:4px 24px 4px 0;color:#5b6470">${label}</td><td align="right" style="padding:4px 0;font-weight:600">${value}</td>`
const stackOf = (label: string, value: string): string => `<td style="padding:4px 0"><span class="faint" style="font-size:13px;color:#5b6470">${label}</span><br><span style="font-weight:600;word-break:break-word;overflow-wrap:anywhere">${value}</span></td>`

/** Numbers stand beside their names and below each other; anything longer stands below its name, and has the whole width to wrap in. */
function asTable(items: readonly { label: string; value: string }[]): string {
  const rowOf = items.every(({ value }) => NUMBER.test(value)) ? cellsOf : stackOf
  const rows = items.map(({ label, value }) => `<tr>${rowOf(escapeHtml(label), escapeHtml(value))}</tr>`)
  return `<table cellpadding="0" cellspacing="0" style="margin:0 0 16px;font-size:15px">${rows.join('')}</table>`
}

/** Clients that know a dark theme take it from here; the others draw the light one, which stands in the elements. */
const DARK = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.page{background:#16191d!important}.card{background:#22262b!important;border-color:#3a4048!important;color:#eef1f4!important}.faint{color:#a9b2bd!important}.well{background:#16191d!important}.link{color:#79b8f3!important}}`

function asPage(language: string, subject: string, body: string, ending: string): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no"><title>${escapeHtml(subject)}</title><style>${DARK}</style></head>
<body class="page" style="margin:0;padding:0;background:#f3f5f8"><table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" bgcolor="#f3f5f8" style="background:#f3f5f8"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px"><tr><td class="faint" style="padding:0 4px 12px;${FONT};font-size:15px;font-weight:600;color:#5b6470"><span style="display:inline-block;width:10px;height:10px;margin:0 8px 0 0;border-radius:3px;background:${LINK}"></span>Orgdesk</td></tr>
<tr><td class="card" bgcolor="#ffffff" style="padding:32px 28px 20px;border:1px solid #e1e5ea;border-radius:8px;background:#ffffff;${FONT};font-size:15px;line-height:1.5;color:#1b1f24">
${body}
</td></tr>
<tr><td style="padding:16px 4px 0;${FONT}">
${ending}
</td></tr></table></td></tr></table></body></html>
`
}
