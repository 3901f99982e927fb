import type { Block, PlanGroup, Tone } from '../../../shared/screens/vocabulary'
import type { Widget } from '../card'
import type { Draw, Part } from '../draw'
import { bar, html, material, plain, toned } from '../text'
import { actionButton, actionButtons, button, buttons, line, openClick, paragraph } from '../widgets'
import { counted, pageOfRows, plainRow } from './rows'

type Of<K extends Block['is']> = Extract<Block, { is: K }>

/** Green while there is room, orange near the end, red when full. */
const meterTone = (block: Of<'meter'>): Tone => {
  const taken = block.used + (block.choosing ?? 0)
  if (taken >= block.total) return 'danger'
  return block.total > 0 && taken / block.total >= block.warnAt ? 'warning' : 'success'
}

/** How much is used, as a bar and in words, counting what is being chosen. */
export const meter = (block: Of<'meter'>, draw: Draw): Part[] => [{
  widgets: [
    line({ topLabel: block.label, text: `${bar(block.used, block.choosing ?? 0, block.total, meterTone(block))} ${html(`${draw.t.number(block.used + (block.choosing ?? 0))} / ${draw.t.number(block.total)}`)}`, bottomLabel: block.text }),
    ...actionButtons(block.action ? [block.action] : [], draw),
  ],
  joins: true,
}]

/** The same on one line, to stand beside a choice: what can be bought is there once little is left. */
export const meterLine = (block: Of<'meter'>, draw: Draw): Widget => {
  const tone = meterTone(block)
  return line({
    text: `${html(block.label)} ${bar(block.used, block.choosing ?? 0, block.total, tone)} ${html(`${draw.t.number(block.used + (block.choosing ?? 0))} / ${draw.t.number(block.total)}`)}`,
    ...(block.action?.enabled === true && tone !== 'success' ? { button: actionButton(block.action, draw) } : {}),
  })
}

const PROGRESS_TONES: Record<Of<'progress'>['state'], Tone> = { queued: 'neutral', running: 'info', done: 'success', failed: 'danger' }

/** How far a job is; nothing moves by itself here, so what still runs has a button to look again. */
export const progress = (block: Of<'progress'>, draw: Draw): Part[] => {
  const moving = block.state === 'queued' || block.state === 'running'
  return [{
    widgets: [
      line({ topLabel: block.label, text: `${bar(block.done, 0, block.total, PROGRESS_TONES[block.state])} ${html(`${draw.t.number(block.done)} / ${draw.t.number(block.total)}`)}`, bottomLabel: block.text }),
      ...(moving ? [buttons([button(draw.t('common.refresh'), { kind: 'do', ref: { action: 'screen.retry', args: {}, label: draw.t('common.refresh'), enabled: true } }, draw)])] : []),
      ...actionButtons(block.actions, draw),
    ],
  }]
}

/** Values as bars of text, largest full; its table stands beside it as a block of its own. */
export const chart = (block: Of<'chart'>, draw: Draw): Part[] => {
  const { shown, more } = pageOfRows(block.points, draw)
  const top = Math.max(0, ...block.points.map((point) => point.value))
  return [{
    header: plain(`${block.title}${block.unit === '' || block.unit === block.title ? '' : ` · ${block.unit}`}`),
    widgets: [...shown.map((point) => line({ topLabel: point.label, text: `${bar(point.value, 0, Math.max(top, 1), 'info')} ${html(point.text)}` })), ...more],
  }]
}

/** What follows the names that are shown: more of them here, the screen that has them all, or their number. */
const restOfGroup = (group: PlanGroup, more: Widget[], shown: number, draw: Draw): Widget[] => {
  const left = group.count - shown
  if (more.length > 0 || left <= 0) return more
  const text = html(draw.t('pane.more_count', { count: left }))
  return [group.more ? line({ text, onClick: openClick(group.more, draw), endIcon: material('chevron_right') }) : paragraph(toned(text, 'neutral'))]
}

const groupPart = (group: PlanGroup, index: number, draw: Draw): Part => {
  const { shown, more } = pageOfRows(group.rows, { ...draw, path: `${draw.path}:${index}` })
  return {
    header: plain(counted(group.label, group.count, draw)),
    widgets: [...shown.map((row) => plainRow(row, draw)), ...restOfGroup(group, more, draw.skip + shown.length, draw)],
    folded: group.folded === true && draw.skip === 0,
  }
}

/** One group of a plan alone, from `draw.skip` on. */
export const groupParts = (block: Of<'plan'>, index: number, draw: Draw): Part[] => {
  const group = block.groups[index]
  return group === undefined ? [] : [groupPart(group, index, draw)]
}

/** What a change will do: its costs in words first, then each group with its first names, then the button that does it. */
export const plan = (block: Of<'plan'>, draw: Draw): Part[] => [
  { header: plain(block.title), widgets: block.costs.length === 0 ? [] : [paragraph(block.costs.map((cost) => `• ${html(cost)}`).join('<br>'))] },
  ...block.groups.map((group, i) => groupPart(group, i, draw)),
  { widgets: actionButtons(block.apply ? [block.apply] : [], draw) },
]
