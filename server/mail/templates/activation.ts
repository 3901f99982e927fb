import * as v from 'valibot'
import { defineMail } from './define'
import { note, text } from './layout'

/** The address of an activation link: the token stands in the fragment, which reaches no log. */
export const activationUrl = (publicUrl: string, token: string): string => `${publicUrl}/activate#${token}`

const invitation = v.object({ organization: v.string(), inviter: v.nullable(v.string()), plan: v.nullable(v.string()), expiresAt: v.string() })
const token = v.object({ token: v.string() })

/** The invitation with its activation link. */
export const activationMail = defineMail({
  params: invitation,
  secrets: token,
  write: (t, { organization, inviter, plan, expiresAt }, secrets, { publicUrl }) => ({
    subject: t('mails.activation_subject', { organization }),
    parts: [
      text(inviter === null ? t('mails.activation_intro', { organization }) : t('mails.activation_intro_by', { organization, inviter })),
      ...(plan === null ? [] : [text(t('mails.activation_license', { plan_name: t.code(`plan_name.${plan}`) }))]),
      text(t('mails.activation_how')),
      { is: 'action', label: t('mails.activation_action'), url: activationUrl(publicUrl, secrets.token) },
      note(t('mails.activation_until', { date: t.date(expiresAt) })),
      note(t('mails.activation_unexpected')),
    ],
  }),
})

/** The same link once more, renewed in nothing but its token, before the time is over. */
export const reminderMail = defineMail({
  params: invitation,
  secrets: token,
  write: (t, { organization, inviter, plan, expiresAt }, secrets, { publicUrl }) => ({
    subject: t('mails.reminder_subject', { organization, date: t.date(expiresAt) }),
    parts: [
      text(inviter === null ? t('mails.reminder_intro', { organization }) : t('mails.reminder_intro_by', { organization, inviter })),
      ...(plan === null ? [] : [text(t('mails.activation_license', { plan_name: t.code(`plan_name.${plan}`) }))]),
      text(t('mails.activation_how')),
      { is: 'action', label: t('mails.activation_action'), url: activationUrl(publicUrl, secrets.token) },
      note(t('mails.activation_until', { date: t.date(expiresAt) })),
      note(t('mails.reminder_newest')),
    ],
  }),
})

/** The code that shows who reads the mailbox. No link: whoever has this mail has not yet the other one. */
export const codeMail = defineMail({
  params: v.object({ organization: v.string(), minutes: v.number() }),
  secrets: v.object({ code: v.string() }),
  write: (t, { organization, minutes }, { code }) => ({
    subject: t('mails.code_subject', { organization }),
    parts: [text(t('mails.code_intro', { organization })), { is: 'code', code }, note(t('mails.code_until', { count: minutes })), note(t('mails.code_unexpected'))],
  }),
})
