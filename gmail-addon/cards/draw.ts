import type { Translate } from '../../shared/i18n/translate'
import type { Draft } from '../../shared/screens/vocabulary'
import type { Section, Widget } from './card'
import type { Origin } from './click'

/** What a renderer may know besides its block: the words, where clicks come from, what is chosen, and where the block stands. */
export type Draw = {
  t: Translate
  from: Origin
  draft: Draft
  /** Place of the block in its screen (`2`, `2.1`), by which a click finds it again. */
  path: string
  /** Rows before this one were shown on an earlier card. */
  skip: number
  /** `action args` of the sticky footer, so that a form does not repeat it. */
  footer: string
}

/** A section to be; without a header it may stand together with the one before it. */
export type Part = { header?: string; widgets: Widget[]; folded?: boolean; joins?: boolean }

/** Rows of a list on one card. */
export const LIST_ROWS = 20
/** What Google draws at most; a section that goes beyond vanishes with all that follow. */
export const MAX_WIDGETS = 100
/** Items of one selection. */
export const MAX_ITEMS = 100

/** The parts as sections, joined where they belong together; empty ones are left out. */
export const toSections = (parts: readonly Part[]): Section[] => {
  const sections: Section[] = []
  for (const part of parts) {
    if (part.widgets.length === 0) continue
    const last = sections[sections.length - 1]
    if (part.joins && part.header === undefined && last !== undefined && !last.collapsible) {
      sections[sections.length - 1] = { ...last, widgets: [...last.widgets, ...part.widgets] }
      continue
    }
    sections.push({ widgets: part.widgets, ...(part.header === undefined ? {} : { header: part.header }), ...(part.folded ? { collapsible: true, uncollapsibleWidgetsCount: 0 } : {}) })
  }
  return sections
}

/** Widgets of a section or a part, those inside columns counted too. */
export const widgetCount = (sections: readonly { widgets: Widget[] }[]): number =>
  sections.reduce((sum, section) => sum + section.widgets.reduce((n, widget) => n + 1 + (widget.columns?.columnItems.reduce((m, column) => m + column.widgets.length, 0) ?? 0), 0), 0)

/** As many widgets behind `from` as `max` allows, and where the rest begins; null when nothing is left. */
export const cutSections = (sections: readonly Section[], from: number, max: number): { sections: Section[]; rest: number | null } => {
  const shown: Section[] = []
  let at = 0
  let room = max
  for (const section of sections) {
    const start = Math.max(0, from - at)
    const widgets = section.widgets.slice(start)
    const taken = takeWidgets(widgets, room)
    if (taken.length > 0) shown.push({ ...section, widgets: taken })
    room -= widgetCount([{ widgets: taken }])
    if (taken.length < widgets.length) return { sections: shown, rest: at + Math.min(start, section.widgets.length) + taken.length }
    at += section.widgets.length
  }
  return { sections: shown, rest: null }
}

const takeWidgets = (widgets: readonly Widget[], room: number): Widget[] => {
  const taken: Widget[] = []
  for (const widget of widgets) {
    if (widgetCount([{ widgets: [...taken, widget] }]) > room) break
    taken.push(widget)
  }
  return taken
}
