import * as v from 'valibot'
import { defineMail, noSecrets } from './define'
import { note, text } from './layout'

/** To whoever started an import: how it ended. */
export const importFinishedMail = defineMail({
  params: v.object({ organization: v.string(), name: v.string(), total: v.number(), applied: v.number(), rejected: v.number(), failure: v.nullable(v.string()) }),
  secrets: noSecrets,
  isNotice: true,
  write: (t, { organization, name, total, applied, rejected, failure }) => ({
    subject: failure === null ? t('mails.import_subject', { name }) : t('mails.import_failed_subject', { name }),
    parts: [
      text(failure === null ? t('mails.import_done', { name, organization }) : t('mails.import_failed', { name, organization })),
      ...(failure === null ? [] : [text(t('mails.import_reason', { reason: t.code(failure) }))]),
      { is: 'facts', items: [
        { label: t('mails.import_total'), value: t.number(total) }, { label: t('mails.import_applied'), value: t.number(applied) }, { label: t('mails.import_rejected'), value: t.number(rejected) },
      ] },
      ...(rejected > 0 ? [text(t('mails.import_next'))] : []),
    ],
  }),
})

/** To those who manage roles: somebody has become an organization administrator. Part of an account's safety, so nobody can stop it. */
export const newAdminMail = defineMail({
  params: v.object({ organization: v.string(), person: v.string(), email: v.string(), actor: v.string() }),
  secrets: noSecrets,
  write: (t, params) => ({
    subject: t('mails.new_admin_subject', { organization: params.organization }),
    parts: [text(t('mails.new_admin', params)), text(t('mails.new_admin_means')), note(t('mails.new_admin_unexpected'))],
  }),
})
