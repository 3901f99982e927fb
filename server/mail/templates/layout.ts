import { escapeHtml } from '../../http/docs'

/** A part of a mail: a sentence, or the one thing to do with its words and its link. */
export type MailPart = { is: 'text'; text: string } | { is: 'note'; text: string } | { is: 'action'; label: string; url: string }

/** A written mail, in both forms with the same content. */
export type WrittenMail = { subject: string; text: string; html: string }

const FONT = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

/** Lays the parts out as plain text and as HTML that mail clients of all ages draw. */
export function layOut(language: string, subject: string, parts: readonly MailPart[]): WrittenMail {
  return { subject, text: `${parts.map(asText).join('\n\n')}\n`, html: asPage(language, subject, parts.map(asHtml).join('\n')) }
}

function asText(part: MailPart): string {
  return part.is === 'action' ? part.url : part.text
}

function asHtml(part: MailPart): string {
  if (part.is === 'text') return `<p style="margin:0 0 16px">${escapeHtml(part.text)}</p>`
  if (part.is === 'note') return `<p style="margin:0 0 12px;font-size:13px;color:#5b6470">${escapeHtml(part.text)}</p>`
  const url = escapeHtml(part.url)
  return `<p style="margin:0 0 8px"><a href="${url}" style="display:inline-block;padding:12px 24px;border-radius:6px;background:#0f6cbd;color:#ffffff;text-decoration:none;font-weight:600">${escapeHtml(part.label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;word-break:break-all"><a href="${url}" style="color:#0f6cbd">${url}</a></p>`
}

function asPage(language: string, subject: string, body: string): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:0;background:#f3f5f8"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border-radius:8px"><tr><td style="padding:32px;${FONT};font-size:15px;line-height:1.5;color:#1b1f24">
${body}
</td></tr></table></td></tr></table></body></html>
`
}
