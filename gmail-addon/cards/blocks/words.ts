import type { ActionRef, Block, Fact, Tone } from '../../../shared/screens/vocabulary'
import type { Button, Icon, Widget } from '../card'
import type { Draw, Part } from '../draw'
import { bold, html, material, toned } from '../text'
import { actionButton, actionButtons, button, buttons, copyButton, line, openClick, paragraph, reasons } from '../widgets'
import { pageOfRows } from './rows'

type Of<K extends Block['is']> = Extract<Block, { is: K }>

const TONE_ICONS: Record<Tone, Icon | null> = { neutral: null, info: material('info'), success: material('check_circle'), warning: material('warning'), danger: material('error') }

/** A sentence of the card's own, coloured by its tone. */
export const noticeWidget = (text: string, tone: Tone): Widget => {
  const icon = TONE_ICONS[tone]
  return line({ ...(icon ? { startIcon: icon } : {}), text: tone === 'neutral' ? html(text) : toned(html(text), tone) })
}

export const notice = (block: Of<'notice'>, draw: Draw): Part[] => [{ widgets: [noticeWidget(block.text, block.tone), ...actionButtons(block.actions ?? [], draw)], joins: true }]

const factButton = (fact: Fact, draw: Draw): Button | undefined => {
  if (fact.action) return actionButton(fact.action, draw)
  return fact.copy ? copyButton(fact.value, draw) : undefined
}

const factWidgets = (fact: Fact, draw: Draw): Widget[] => {
  const control = factButton(fact, draw)
  const both = fact.action && fact.copy ? copyButton(fact.value, draw) : undefined
  return [
    line({
      topLabel: fact.label,
      text: html(fact.value),
      ...(fact.note ? { bottomLabel: fact.note } : {}),
      ...(fact.open ? { onClick: openClick(fact.open, draw) } : {}),
      ...(control ? { button: control } : {}),
    }),
    ...(both ? [buttons([both])] : []),
    ...reasons(fact.action ? [fact.action] : [], draw),
  ]
}

/** Label above, value, note below; a value to copy or something to do at the end of the line. */
export const facts = (block: Of<'facts'>, draw: Draw): Part[] => {
  const { shown, more } = pageOfRows(block.items, draw)
  return [{ widgets: [...shown.flatMap((fact) => factWidgets(fact, draw)), ...more] }]
}

export const actions = (block: Of<'actions'>, draw: Draw): Part[] => [{ widgets: actionButtons(block.items, draw), joins: true }]

export const empty = (block: Of<'empty'>, draw: Draw): Part[] => [{ widgets: [paragraph(`${bold(html(block.title))}<br>${html(block.text)}`), ...actionButtons(block.action ? [block.action] : [], draw)] }]

const nextSteps = (block: Of<'failure'>, draw: Draw): Button[] => [
  ...(block.retry ? [actionButton(block.retry, draw)] : []),
  ...(block.way ? [button(block.way.label, { kind: 'open', to: block.way.open }, draw)] : []),
  ...(block.support !== null && block.support.startsWith('https://') ? [{ text: draw.t('common.support'), onClick: { openLink: { url: block.support } }, type: 'OUTLINED' as const }] : []),
]

/** What went wrong, what to tell support, and at least one thing to do next. */
export const failure = (block: Of<'failure'>, draw: Draw): Part[] => {
  const steps = nextSteps(block, draw)
  const { requestId } = block.failure
  return [{
    widgets: [
      line({ startIcon: material('error'), text: `${block.title === undefined ? '' : `${bold(html(block.title))}<br>`}${html(block.text)}`, ...(requestId ? { bottomLabel: draw.t('common.failure_reference', { id: requestId }) } : {}) }),
      buttons(steps.length > 0 ? steps : [button(draw.t('common.retry'), { kind: 'replace', to: draw.from.here }, draw)]),
    ],
  }]
}

/** Which step this is, in words; the steps themselves below, the current one bold. */
export const steps = (block: Of<'steps'>, draw: Draw): Part[] => {
  const total = block.labels.length
  const label = block.labels[block.current] ?? ''
  const here: ActionRef[] = block.skip ? [block.skip] : []
  return [{
    widgets: [
      line({ topLabel: draw.t('common.steps', { step: block.current + 1, total }), text: bold(html(label)) }),
      paragraph(block.labels.map((text, i) => (i === block.current ? bold(html(text)) : toned(html(text), 'neutral'))).join(toned(' › ', 'neutral'))),
      ...actionButtons(here, draw),
    ],
  }]
}
