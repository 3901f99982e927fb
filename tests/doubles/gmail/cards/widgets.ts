import { breach } from '../strict'
import { CLICK, buttonState, widgetJson } from './clicks'
import { append, asText, asWhole, color, number, onlyOne, one, part, stateOf, flag, text, unused, whole } from './fields'
import type { State, Tables } from './kinds'

const CONTROLS = ['button', 'switchControl', 'endIcon']

const CARD_IN_COLUMN = ['textParagraph', 'image', 'decoratedText', 'buttonList', 'textInput', 'selectionInput', 'dateTimePicker']

const addToColumn = (state: State, widget: unknown): void => {
  const json = widgetJson(widget)
  const kind = Object.keys(json).join()
  if (!CARD_IN_COLUMN.includes(kind)) breach(`a column holds no ${kind}`)
  append(state, 'widgets', json)
}

const MINUTE_MS = 60_000

const minutesOfDay = (state: State): number => Number(state['valueMsEpoch'] ?? 0) / MINUTE_MS

const setTime = (hours: (state: State, value: number) => number, minutes: (state: State, value: number) => number) => (state: State, value: number): void => {
  state['valueMsEpoch'] = String((hours(state, asWhole(value)) * 60 + minutes(state, asWhole(value))) * MINUTE_MS)
}

const setMoment = (state: State, value: unknown): void => {
  const digits = typeof value === 'number' ? String(asWhole(value)) : asText(value)
  if (!/^-?\d+$/.test(digits)) breach(`milliseconds expected, not ${digits}`)
  state['valueMsEpoch'] = digits
}

const PICKER = { setFieldName: text('name'), setTitle: text('label'), setOnChangeAction: part('onChangeAction', 'Action') }

const suggestionItems = (values: unknown): { text: string }[] =>
  (Array.isArray(values) ? values.map((value) => ({ text: asText(value) })) : breach('suggestions are a list'))

/** What stands in a card's sections. */
export const WIDGETS = {
  TextParagraph: { setText: text('text') },
  Divider: {},
  Image: { ...CLICK, setImageUrl: text('imageUrl'), setAltText: text('altText') },
  DecoratedText: {
    ...CLICK,
    setText: text('text'),
    setTopLabel: text('topLabel'),
    setBottomLabel: text('bottomLabel'),
    setWrapText: flag('wrapText'),
    setStartIcon: part('startIcon', 'IconImage'),
    setEndIcon: onlyOne('endIcon', CONTROLS, part('endIcon', 'IconImage')),
    setButton: onlyOne('button', CONTROLS, (state, button) => void (state['button'] = buttonState(button))),
    setSwitchControl: onlyOne('switchControl', CONTROLS, part('switchControl', 'Switch')),
    setIcon: unused('setIcon'),
    setIconAltText: unused('setIconAltText'),
    setIconUrl: unused('setIconUrl'),
  },
  Switch: {
    setFieldName: text('name'),
    setValue: text('value'),
    setSelected: flag('selected'),
    setControlType: one('controlType', 'SwitchControlType'),
    setOnChangeAction: part('onChangeAction', 'Action'),
  },
  TextInput: {
    ...PICKER,
    setHint: text('hintText'),
    setValue: text('value'),
    setMultiline: (state, multiline) => void (state['type'] = multiline ? 'MULTIPLE_LINE' : 'SINGLE_LINE'),
    setSuggestions: part('initialSuggestions', 'Suggestions'),
    setSuggestionsAction: part('autoCompleteAction', 'Action'),
    setValidation: part('validation', 'Validation'),
  },
  Validation: { setCharacterLimit: whole('characterLimit'), setInputType: one('inputType', 'InputType') },
  Suggestions: {
    addSuggestion: (state, value) => append(state, 'items', { text: asText(value) }),
    addSuggestions: (state, values) => void (state['items'] = [...(Array.isArray(state['items']) ? state['items'] : []), ...suggestionItems(values)]),
  },
  SelectionInput: {
    ...PICKER,
    setType: one('type', 'SelectionInputType'),
    addItem: (state, label, value, selected) => {
      if (typeof selected !== 'boolean') breach('selected is true or false')
      append(state, 'items', { text: asText(label), value: asText(value), selected })
    },
    addMultiSelectItem: unused('addMultiSelectItem'),
    setExternalDataSource: unused('setExternalDataSource'),
    setMultiSelectMaxSelectedItems: unused('setMultiSelectMaxSelectedItems'),
    setMultiSelectMinQueryLength: unused('setMultiSelectMinQueryLength'),
  },
  DatePicker: { ...PICKER, setValueInMsSinceEpoch: setMoment },
  DateTimePicker: { ...PICKER, setValueInMsSinceEpoch: setMoment, setTimeZoneOffsetInMins: whole('timezoneOffsetDate') },
  TimePicker: {
    ...PICKER,
    setHours: setTime((_state, hours) => hours, (state) => minutesOfDay(state) % 60),
    setMinutes: setTime((state) => Math.floor(minutesOfDay(state) / 60), (_state, minutes) => minutes),
  },
  Grid: {
    ...CLICK,
    setTitle: text('title'),
    setNumColumns: whole('columnCount'),
    setBorderStyle: part('borderStyle', 'BorderStyle'),
    addItem: (state, item) => append(state, 'items', stateOf(item, ['GridItem'])),
  },
  GridItem: {
    setIdentifier: text('id'),
    setTitle: text('title'),
    setSubtitle: text('subtitle'),
    setImage: part('image', 'ImageComponent'),
    setLayout: one('layout', 'GridItemLayout'),
    setTextAlignment: unused('setTextAlignment'),
  },
  ImageComponent: {
    setImageUrl: text('imageUri'),
    setAltText: text('altText'),
    setCropStyle: part('cropStyle', 'ImageCropStyle'),
    setBorderStyle: part('borderStyle', 'BorderStyle'),
  },
  ImageCropStyle: { setImageCropType: one('type', 'ImageCropType'), setAspectRatio: number('aspectRatio') },
  BorderStyle: { setType: one('type', 'BorderType'), setStrokeColor: color('strokeColor'), setCornerRadius: whole('cornerRadius') },
  Columns: {
    addColumn: (state, column) => append(state, 'columnItems', stateOf(column, ['Column'])),
    // How columns wrap is not said in JSON; the value is checked all the same.
    setWrapStyle: (_state, style) => one('wrapStyle', 'WrapStyle')({}, style),
  },
  Column: {
    addWidget: addToColumn,
    setHorizontalAlignment: one('horizontalAlignment', 'HorizontalAlignment'),
    setHorizontalSizeStyle: one('horizontalSizeStyle', 'HorizontalSizeStyle'),
    setVerticalAlignment: one('verticalAlignment', 'VerticalAlignment'),
  },
} satisfies Tables<
  | 'TextParagraph' | 'Divider' | 'Image' | 'DecoratedText' | 'Switch' | 'TextInput' | 'Validation' | 'Suggestions' | 'SelectionInput' | 'DatePicker'
  | 'DateTimePicker' | 'TimePicker' | 'Grid' | 'GridItem' | 'ImageComponent' | 'ImageCropStyle' | 'BorderStyle' | 'Columns' | 'Column'
>
