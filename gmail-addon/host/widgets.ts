import type * as Json from '../cards/card'
import { clickable, toAction, toButton, toHex, toIcon } from './clicks'
import type { CardApi, Column, Widget } from './vendor'

const toSwitch = (api: CardApi, json: Json.SwitchControl): GoogleAppsScript.Card_Service.Switch => {
  const control = api.newSwitch().setFieldName(json.name).setValue(json.value)
  if (json.selected !== undefined) control.setSelected(json.selected)
  if (json.controlType) control.setControlType(api.SwitchControlType[json.controlType])
  if (json.onChangeAction) control.setOnChangeAction(toAction(api, json.onChangeAction))
  return control
}

const toDecoratedText = (api: CardApi, json: Json.DecoratedText): Widget => {
  const widget = clickable(api, api.newDecoratedText().setText(json.text), json.onClick)
  if (json.startIcon) widget.setStartIcon(toIcon(api, json.startIcon))
  if (json.topLabel) widget.setTopLabel(json.topLabel)
  if (json.bottomLabel) widget.setBottomLabel(json.bottomLabel)
  if (json.wrapText !== undefined) widget.setWrapText(json.wrapText)
  if (json.button) widget.setButton(toButton(api, json.button))
  if (json.switchControl) widget.setSwitchControl(toSwitch(api, json.switchControl))
  if (json.endIcon) widget.setEndIcon(toIcon(api, json.endIcon))
  return widget
}

const toValidation = (api: CardApi, json: Json.Validation): GoogleAppsScript.Card_Service.Validation => {
  const validation = api.newValidation()
  if (json.characterLimit !== undefined) validation.setCharacterLimit(json.characterLimit)
  if (json.inputType) validation.setInputType(api.InputType[json.inputType])
  return validation
}

const toTextInput = (api: CardApi, json: Json.TextInput): Widget => {
  const input = api.newTextInput().setFieldName(json.name).setTitle(json.label)
  if (json.hintText) input.setHint(json.hintText)
  if (json.value !== undefined) input.setValue(json.value)
  if (json.type) input.setMultiline(json.type === 'MULTIPLE_LINE')
  if (json.onChangeAction) input.setOnChangeAction(toAction(api, json.onChangeAction))
  if (json.initialSuggestions) input.setSuggestions(api.newSuggestions().addSuggestions(json.initialSuggestions.items.map((item) => item.text)))
  if (json.autoCompleteAction) input.setSuggestionsAction(toAction(api, json.autoCompleteAction))
  if (json.validation) input.setValidation(toValidation(api, json.validation))
  return input
}

const toSelectionInput = (api: CardApi, json: Json.SelectionInput): Widget => {
  const input = api.newSelectionInput().setFieldName(json.name).setType(api.SelectionInputType[json.type])
  if (json.label) input.setTitle(json.label)
  for (const item of json.items) input.addItem(item.text, item.value, item.selected)
  if (json.onChangeAction) input.setOnChangeAction(toAction(api, json.onChangeAction))
  return input
}

const DAY_MINUTES = 24 * 60

const toTimePicker = (api: CardApi, json: Json.DateTimePicker): Widget => {
  const picker = api.newTimePicker().setFieldName(json.name).setTitle(json.label)
  if (json.onChangeAction) picker.setOnChangeAction(toAction(api, json.onChangeAction))
  if (json.valueMsEpoch === undefined) return picker
  const minutes = Math.floor(Number(json.valueMsEpoch) / 60_000) % DAY_MINUTES
  return picker.setHours(Math.floor(minutes / 60)).setMinutes(minutes % 60)
}

type DatePicker = GoogleAppsScript.Card_Service.DatePicker | GoogleAppsScript.Card_Service.DateTimePicker

const withDate = (api: CardApi, picker: DatePicker, json: Json.DateTimePicker): Widget => {
  picker.setFieldName(json.name)
  picker.setTitle(json.label)
  if (json.onChangeAction) picker.setOnChangeAction(toAction(api, json.onChangeAction))
  if (json.valueMsEpoch !== undefined) picker.setValueInMsSinceEpoch(json.valueMsEpoch)
  return picker
}

const toDateTimePicker = (api: CardApi, json: Json.DateTimePicker): Widget => {
  if (json.type === 'TIME_ONLY') return toTimePicker(api, json)
  if (json.type === 'DATE_ONLY') return withDate(api, api.newDatePicker(), json)
  const picker = api.newDateTimePicker()
  if (json.timezoneOffsetDate !== undefined) picker.setTimeZoneOffsetInMins(json.timezoneOffsetDate)
  return withDate(api, picker, json)
}

const toBorder = (api: CardApi, json: Json.BorderStyle): GoogleAppsScript.Card_Service.BorderStyle => {
  const border = api.newBorderStyle().setType(api.BorderType[json.type])
  if (json.strokeColor) border.setStrokeColor(toHex(json.strokeColor))
  if (json.cornerRadius !== undefined) border.setCornerRadius(json.cornerRadius)
  return border
}

const toImageComponent = (api: CardApi, json: Json.ImageComponent): GoogleAppsScript.Card_Service.ImageComponent => {
  const image = api.newImageComponent().setImageUrl(json.imageUri).setAltText(json.altText)
  if (json.borderStyle) image.setBorderStyle(toBorder(api, json.borderStyle))
  if (!json.cropStyle) return image
  const crop = api.newImageCropStyle().setImageCropType(api.ImageCropType[json.cropStyle.type])
  if (json.cropStyle.aspectRatio !== undefined) crop.setAspectRatio(json.cropStyle.aspectRatio)
  return image.setCropStyle(crop)
}

const toGridItem = (api: CardApi, json: Json.GridItem): GoogleAppsScript.Card_Service.GridItem => {
  const item = api.newGridItem().setIdentifier(json.id)
  if (json.title) item.setTitle(json.title)
  if (json.subtitle) item.setSubtitle(json.subtitle)
  if (json.image) item.setImage(toImageComponent(api, json.image))
  if (json.layout) item.setLayout(api.GridItemLayout[json.layout])
  return item
}

const toGrid = (api: CardApi, json: Json.Grid): Widget => {
  const grid = clickable(api, api.newGrid().setNumColumns(json.columnCount), json.onClick)
  if (json.title) grid.setTitle(json.title)
  if (json.borderStyle) grid.setBorderStyle(toBorder(api, json.borderStyle))
  for (const item of json.items) grid.addItem(toGridItem(api, item))
  return grid
}

const toImage = (api: CardApi, json: Json.Image): Widget =>
  clickable(api, api.newImage().setImageUrl(json.imageUrl).setAltText(json.altText), json.onClick)

const toButtonSet = (api: CardApi, json: Json.ButtonList): Widget => {
  const set = api.newButtonSet()
  for (const button of json.buttons) set.addButton(toButton(api, button))
  return set
}

const toColumn = (api: CardApi, json: Json.Column): Column => {
  const column = api.newColumn()
  if (json.horizontalSizeStyle) column.setHorizontalSizeStyle(api.HorizontalSizeStyle[json.horizontalSizeStyle])
  if (json.horizontalAlignment) column.setHorizontalAlignment(api.HorizontalAlignment[json.horizontalAlignment])
  if (json.verticalAlignment) column.setVerticalAlignment(api.VerticalAlignment[json.verticalAlignment])
  for (const widget of json.widgets) column.addWidget(toWidget(api, widget))
  return column
}

const toColumns = (api: CardApi, json: Json.Columns): Widget => {
  const columns = api.newColumns().setWrapStyle(api.WrapStyle.WRAP)
  for (const item of json.columnItems) columns.addColumn(toColumn(api, item))
  return columns
}

type Builders = { [K in Json.WidgetKind]: (api: CardApi, json: Json.WidgetOf<K>) => Widget }

const BUILDERS: Builders = {
  textParagraph: (api, json) => api.newTextParagraph().setText(json.text),
  image: toImage,
  decoratedText: toDecoratedText,
  buttonList: toButtonSet,
  textInput: toTextInput,
  selectionInput: toSelectionInput,
  dateTimePicker: toDateTimePicker,
  divider: (api) => api.newDivider(),
  grid: toGrid,
  columns: toColumns,
}

const build = <K extends Json.WidgetKind>(api: CardApi, kind: K, json: Json.WidgetOf<K> | undefined): Widget | null =>
  (json === undefined ? null : BUILDERS[kind](api, json))

const KINDS = Object.keys(BUILDERS) as Json.WidgetKind[]

/** Card JSON's widget as CardService's; a widget of no known kind is a bug of the card. */
export const toWidget = (api: CardApi, json: Json.Widget): Widget => {
  for (const kind of KINDS) {
    const widget = build(api, kind, json[kind])
    if (widget !== null) return widget
  }
  throw new Error(`no widget: ${Object.keys(json).join()}`)
}
