import * as v from 'valibot'
import { defineMail, noSecrets } from './define'
import { note, text } from './layout'

/** To whoever works with a license that is another one now, or gone. */
export const licenseChangedMail = defineMail({
  params: v.object({ organization: v.string(), from: v.string(), to: v.nullable(v.string()), actor: v.string() }),
  secrets: noSecrets,
  write: (t, { organization, from, to, actor }) => {
    const planName = (plan: string) => t.code(`plan_name.${plan}`)
    const told = to === null
      ? { subject: t('mails.license_removed_subject', { organization }), words: t('mails.license_removed', { organization, actor, from_plan: planName(from) }) }
      : { subject: t('mails.license_changed_subject', { organization }), words: t('mails.license_changed', { organization, actor, from_plan: planName(from), to_plan: planName(to) }) }
    return { subject: told.subject, parts: [text(told.words), note(t('mails.license_questions', { organization, actor }))] }
  },
})

/** To those who can buy: a pool is nearly empty, or empty. */
export const licensesLowMail = defineMail({
  params: v.object({ organization: v.string(), plan: v.string(), quantity: v.number(), available: v.number() }),
  secrets: noSecrets,
  isNotice: true,
  write: (t, { organization, plan, quantity, available }) => {
    const params = { organization, quantity, plan_name: t.code(`plan_name.${plan}`) }
    return {
      subject: available === 0 ? t('mails.licenses_out_subject', params) : t('mails.licenses_low_subject', { ...params, count: available }),
      parts: [
        text(available === 0 ? t('mails.licenses_out', params) : t('mails.licenses_low', { ...params, assigned: quantity - available })),
        { is: 'facts', items: [
          { label: t('pool.quantity'), value: t.number(quantity) }, { label: t('pool.assigned'), value: t.number(quantity - available) }, { label: t('pool.available'), value: t.number(available) },
        ] },
        text(t('mails.licenses_next')),
      ],
    }
  },
})
