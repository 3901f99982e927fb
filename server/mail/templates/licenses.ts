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

/** To those who can buy: a term comes to its end, is over without having been paid, or has been renewed. `on` is the day of it. */
export const licensesRenewalMail = defineMail({
  params: v.object({ organization: v.string(), plan: v.string(), quantity: v.number(), cents: v.number(), currency: v.string(), on: v.string(), news: v.picklist(['ahead', 'overdue', 'renewed']), byItself: v.boolean() }),
  secrets: noSecrets,
  isNotice: true,
  write: (t, { organization, plan, quantity, cents, currency, on, news, byItself }) => {
    const params = { organization, count: quantity, plan_name: t.code(`plan_name.${plan}`), date: t.date(on) }
    const said = news === 'ahead' && !byItself ? 'to_pay' : news
    return {
      subject: t(`mails.renewal_${said}_subject`, params),
      parts: [
        text(t(`mails.renewal_${said}`, params)),
        { is: 'facts', items: [
          { label: t('license.plan'), value: params.plan_name }, { label: t('pool.quantity'), value: t.number(quantity) }, { label: t('mails.renewal_price'), value: t.money(cents, currency) },
        ] },
        text(t(news === 'renewed' ? 'mails.renewal_invoice' : byItself ? 'mails.renewal_fewer' : 'mails.renewal_pay')),
      ],
    }
  },
})
