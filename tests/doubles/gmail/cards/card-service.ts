import type { CardApi } from '../../../../gmail-addon/host/vendor'
import { reported, strictObject, type Report } from '../strict'
import { ANSWERS } from './answers'
import { CLICKS } from './clicks'
import { enumMembers } from './enums'
import { hold, unused } from './fields'
import type { Built, BuiltKind, Kind, State, Tables } from './kinds'
import { WIDGETS } from './widgets'

/** Every object of CardService that the double makes, by its methods. */
export const TABLES: Tables<Kind> = { ...CLICKS, ...WIDGETS, ...ANSWERS }

type Method = (state: State, ...args: unknown[]) => void | Built

/** What a new object holds before anything is set. */
const INITIAL: { [K in Kind]?: State } = {
  DatePicker: { type: 'DATE_ONLY' },
  TimePicker: { type: 'TIME_ONLY' },
  DateTimePicker: { type: 'DATE_AND_TIME' },
}

const copyOf = (state: State): State => JSON.parse(JSON.stringify(state)) as State

const isBuilt = (value: void | Built): value is Built => value !== undefined

const makeBuilt = (kind: BuiltKind, state: State, checkCard: (card: State) => void, report: Report): object => {
  if (kind === 'Card') checkCard(state)
  const made = strictObject(kind, { printJson: () => JSON.stringify(state) }, report)
  hold(made, { kind, state })
  return made
}

const make = (kind: Kind, checkCard: (card: State) => void, report: Report): object => {
  const state: State = { ...INITIAL[kind] }
  const methods = Object.entries(TABLES[kind] as Record<string, Method>).map(([name, method]) => [
    name,
    reported(report, (...args: unknown[]): object => {
      const result = method(state, ...args)
      return isBuilt(result) ? makeBuilt(result.built, copyOf(result.state), checkCard, report) : self
    }),
  ])
  const self: object = strictObject(kind, Object.fromEntries(methods) as object, report)
  hold(self, { kind, state })
  return self
}

/** Parts of CardService that this add-on has no use for, or that need rights it does not ask for. */
const UNUSED = [
  'newAttachment', 'newAuthorizationAction', 'newAuthorizationException', 'newCalendarEventActionResponseBuilder', 'newComposeActionResponseBuilder',
  'newDriveItemsSelectedActionResponseBuilder', 'newEditorFileScopeActionResponseBuilder', 'newKeyValue', 'newLinkPreview',
  'newUpdateDraftActionResponseBuilder', 'newUpdateDraftBccRecipientsAction', 'newUpdateDraftBodyAction', 'newUpdateDraftCcRecipientsAction',
  'newUpdateDraftSubjectAction', 'newUpdateDraftToRecipientsAction',
  'ComposedEmailType', 'ContentType', 'Interaction', 'UpdateDraftBodyType',
] as const satisfies readonly (keyof CardApi)[]

type Factories = Record<`new${Kind}`, () => object>
type Unused = Record<(typeof UNUSED)[number], () => never>

/**
 * CardService as Apps Script has it, and strict: an unknown method, a wrong argument or a card beyond
 * the limits (`checkCard` throws a breach) is reported and thrown.
 */
export const createCardService = (checkCard: (card: State) => void, report: Report): CardApi => {
  const factories = Object.fromEntries(Object.keys(TABLES).map((kind) => [`new${kind}`, () => make(kind as Kind, checkCard, report)])) as Factories
  const unusedParts = Object.fromEntries(UNUSED.map((name) => [name, reported(report, unused(name))])) as Unused
  // A part of CardService that is missing here does not compile.
  const members: { [K in keyof CardApi]: unknown } = { ...enumMembers(report), ...factories, ...unusedParts }
  return strictObject('CardService', members, report) as CardApi
}
