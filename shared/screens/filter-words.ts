import type { Translate } from '../i18n/translate'
import type { Field } from './vocabulary'

const valueOf = (field: Field, t: Translate): string => {
  if (field.as === 'find') return t.list(field.chosen.map(({ label }) => label))
  if (!('options' in field)) {
    if (field.value === '' || (field.as !== 'date' && field.as !== 'switch')) return field.value
    return field.as === 'date' ? t.date(`${field.value}T12:00:00.000Z`) : t('common.on')
  }
  // The first of options of which one is always chosen stands for no filter at all.
  const [none] = field.options
  return t.list(field.options.filter((option) => field.value.includes(option.value) && (field.as === 'many' || option !== none)).map(({ label }) => label))
}

/** What a list is narrowed to, filter by filter: "Status: Live". Filters that are not used say nothing. */
export const filterWords = (filters: readonly Field[], t: Translate): string[] =>
  filters.flatMap((field) => {
    const value = valueOf(field, t)
    return value === '' ? [] : [t('common.labelled', { label: field.label, value })]
  })
