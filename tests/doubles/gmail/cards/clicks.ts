import { breach } from '../strict'
import { append, asText, color, flag, heldBy, onlyOne, one, part, stateOf, text, unused, whole } from './fields'
import type { State, Tables } from './kinds'

const setClick = (kind: 'Action' | 'OpenLink', key: 'action' | 'openLink') => (state: State, value: unknown): void => {
  if (state['onClick'] !== undefined) breach('onClick is set twice')
  state['onClick'] = { [key]: stateOf(value, [kind]) }
}

/** The methods of everything that can be clicked. */
export const CLICK = {
  setOnClickAction: setClick('Action', 'action'),
  setOpenLink: setClick('OpenLink', 'openLink'),
  setAuthorizationAction: unused('setAuthorizationAction'),
  setComposeAction: unused('setComposeAction'),
  setOnClickOpenLinkAction: unused('setOnClickOpenLinkAction'),
}

const setParameters = (state: State, parameters: unknown): void => {
  if (typeof parameters !== 'object' || parameters === null) return breach('parameters are an object')
  state['parameters'] = Object.entries(parameters).map(([key, value]) => ({ key, value: asText(value) }))
}

const ICONS = ['knownIcon', 'iconUrl', 'materialIcon']

const knownIcon = onlyOne('knownIcon', ICONS, one('knownIcon', 'Icon'))
const iconUrl = onlyOne('iconUrl', ICONS, text('iconUrl'))
const materialIcon = onlyOne('materialIcon', ICONS, part('materialIcon', 'MaterialIcon'))

/** The icon of an image button is a message of its own in JSON. */
const inner = <V>(write: (state: State, value: V) => void) => (state: State, value: V): void => {
  const held = state['icon']
  const target: State = typeof held === 'object' && held !== null ? { ...held } : {}
  write(target, value)
  state['icon'] = target
}

/** The JSON of a button of either kind. */
export const buttonState = (value: unknown): State => stateOf(value, ['TextButton', 'ImageButton'])

/** What is clicked, and what a click does. */
export const CLICKS = {
  Action: {
    setFunctionName: text('function'),
    setParameters,
    setLoadIndicator: one('loadIndicator', 'LoadIndicator'),
    setPersistValues: flag('persistValues'),
    setAllWidgetsAreRequired: flag('allWidgetsAreRequired'),
    addRequiredWidget: (state, name) => append(state, 'requiredWidgets', asText(name)),
    setInteraction: unused('setInteraction'),
    setMethodName: unused('setMethodName'),
  },
  OpenLink: { setUrl: text('url'), setOpenAs: one('openAs', 'OpenAs'), setOnClose: one('onClose', 'OnClose') },
  TextButton: {
    ...CLICK,
    setText: text('text'),
    setAltText: text('altText'),
    setDisabled: flag('disabled'),
    setTextButtonStyle: one('type', 'TextButtonStyle'),
    setBackgroundColor: color('color'),
  },
  ImageButton: {
    ...CLICK,
    setAltText: text('altText'),
    setIcon: inner(knownIcon),
    setIconUrl: inner(iconUrl),
    setMaterialIcon: inner(materialIcon),
  },
  CardAction: { ...CLICK, setText: text('actionLabel') },
  ButtonSet: { addButton: (state, button) => append(state, 'buttons', buttonState(button)) },
  IconImage: {
    setAltText: text('altText'),
    setIcon: knownIcon,
    setIconUrl: iconUrl,
    setMaterialIcon: materialIcon,
    setImageCropType: one('imageType', 'ImageCropType'),
  },
  MaterialIcon: { setName: text('name'), setFill: flag('fill'), setWeight: whole('weight'), setGrade: whole('grade') },
} satisfies Tables<'Action' | 'OpenLink' | 'TextButton' | 'ImageButton' | 'CardAction' | 'ButtonSet' | 'IconImage' | 'MaterialIcon'>

/** The widget of card JSON that a fake stands for. */
export const widgetJson = (value: unknown): State => {
  const held = heldBy(value)
  const key = held === null ? undefined : WIDGET_KEYS[held.kind]
  if (held === null || key === undefined) return breach(`widget expected, not ${held?.kind ?? typeof value}`)
  return { [key]: held.state }
}

const WIDGET_KEYS: Record<string, string> = {
  TextParagraph: 'textParagraph',
  Image: 'image',
  DecoratedText: 'decoratedText',
  ButtonSet: 'buttonList',
  TextInput: 'textInput',
  SelectionInput: 'selectionInput',
  DatePicker: 'dateTimePicker',
  TimePicker: 'dateTimePicker',
  DateTimePicker: 'dateTimePicker',
  Divider: 'divider',
  Grid: 'grid',
  Columns: 'columns',
}
