import * as v from 'valibot'
import type { Translate } from '../../../shared/i18n/translate'
import { layOut, type MailPart, type WrittenMail } from './layout'

/** What the invitation is stored with; the token is a secret of its own, emptied once it is sent. */
export const activationParams = v.object({ organization: v.string(), inviter: v.nullable(v.string()), plan: v.nullable(v.string()), expiresAt: v.string() })
export const activationSecrets = v.object({ token: v.string() })
type Content = v.InferOutput<typeof activationParams> & v.InferOutput<typeof activationSecrets> & { name: string; publicUrl: string; supportUrl: string | null }

/** The address of an activation link: the token stands in the fragment, which reaches no log. */
export const activationUrl = (publicUrl: string, token: string): string => `${publicUrl}/activate#${token}`

/** The invitation with its activation link. */
export function writeActivation(t: Translate, content: Content): WrittenMail {
  const { organization, inviter, plan, name } = content
  const text = (words: string): MailPart => ({ is: 'text', text: words })
  const note = (words: string): MailPart => ({ is: 'note', text: words })
  return layOut(t.locale, t('mails.activation_subject', { organization }), [
    text(name === '' ? t('mails.greeting_unnamed') : t('mails.greeting', { name })),
    text(inviter === null ? t('mails.activation_intro', { organization }) : t('mails.activation_intro_by', { organization, inviter })),
    ...(plan === null ? [] : [text(t('mails.activation_license', { plan_name: t.code(`plan_name.${plan}`) }))]),
    text(t('mails.activation_how')),
    { is: 'action', label: t('mails.activation_action'), url: activationUrl(content.publicUrl, content.token) },
    note(t('mails.activation_until', { date: t.date(content.expiresAt) })),
    note(t('mails.activation_unexpected')),
    ...(content.supportUrl === null ? [] : [note(t('mails.support', { url: content.supportUrl }))]),
  ])
}
