import type { chat_v1 as Chat } from '@googleapis/chat'

/**
 * Card JSON (`google.apps.card.v1`) as this add-on writes it: the published schema, narrowed to what
 * is generally available and to what CardService can say. Types only; nothing here reaches a bundle.
 */

/** `Own`, checked against the published message: neither a field it lacks nor a wrong type compiles. */
type Of<Base, Own extends Base & { [K in Exclude<keyof Own, keyof Base>]: never }> = Own

export type ActionParameter = Of<Chat.Schema$GoogleAppsCardV1ActionParameter, { key: string; value: string }>

/** `function` is a global of the built bundle. Parameters together stay under 1.5 KB. */
export type Action = Of<Chat.Schema$GoogleAppsCardV1Action, {
  function: string
  parameters?: ActionParameter[]
  loadIndicator?: 'SPINNER' | 'NONE'
  /** What was typed survives when the card is drawn again. */
  persistValues?: boolean
  /** Names of inputs without which the click is refused by Gmail itself. */
  requiredWidgets?: string[]
  allWidgetsAreRequired?: boolean
}>

/** `url` is https and starts with a prefix of the manifest's `openLinkUrlPrefixes`. */
export type OpenLink = Of<Chat.Schema$GoogleAppsCardV1OpenLink, { url: string; openAs?: 'FULL_SIZE' | 'OVERLAY'; onClose?: 'NOTHING' | 'RELOAD' }>

type ActionClick = { action: Action; openLink?: undefined }
type LinkClick = { action?: undefined; openLink: OpenLink }
export type OnClick = Of<Chat.Schema$GoogleAppsCardV1OnClick, ActionClick> | Of<Chat.Schema$GoogleAppsCardV1OnClick, LinkClick>

export type KnownIcon =
  | 'BOOKMARK' | 'CLOCK' | 'DESCRIPTION' | 'DOLLAR' | 'EMAIL' | 'INVITE' | 'MEMBERSHIP' | 'MULTIPLE_PEOPLE' | 'PERSON' | 'PHONE' | 'STAR' | 'STORE' | 'TICKET'

export type MaterialIcon = Of<Chat.Schema$GoogleAppsCardV1MaterialIcon, { name: string; fill?: boolean; weight?: number; grade?: number }>
type IconLook = { altText?: string; imageType?: 'SQUARE' | 'CIRCLE' }
/** Exactly one source. `iconUrl` is https and never SVG. */
export type Icon =
  | Of<Chat.Schema$GoogleAppsCardV1Icon, IconLook & { knownIcon: KnownIcon; iconUrl?: undefined; materialIcon?: undefined }>
  | Of<Chat.Schema$GoogleAppsCardV1Icon, IconLook & { iconUrl: string; knownIcon?: undefined; materialIcon?: undefined }>
  | Of<Chat.Schema$GoogleAppsCardV1Icon, IconLook & { materialIcon: MaterialIcon; knownIcon?: undefined; iconUrl?: undefined }>

/** Parts from 0 to 1. */
export type Color = Of<Chat.Schema$Color, { red: number; green: number; blue: number }>

export type TextButton = Of<Chat.Schema$GoogleAppsCardV1Button, {
  text: string
  altText?: string
  onClick: OnClick
  disabled?: boolean
  type?: 'OUTLINED' | 'FILLED' | 'FILLED_TONAL' | 'BORDERLESS'
  /** Only with `FILLED`. */
  color?: Color
  icon?: undefined
}>
export type IconButton = Of<Chat.Schema$GoogleAppsCardV1Button, { icon: Icon; altText: string; onClick: OnClick; text?: undefined }>
export type Button = TextButton | IconButton
export type ButtonList = Of<Chat.Schema$GoogleAppsCardV1ButtonList, { buttons: Button[] }>

/** `text` may hold Google's small HTML (`<b> <i> <u> <s> <font color> <a href> <br>`): escape what people wrote. */
export type TextParagraph = Of<Chat.Schema$GoogleAppsCardV1TextParagraph, { text: string }>
export type Image = Of<Chat.Schema$GoogleAppsCardV1Image, { imageUrl: string; altText: string; onClick?: OnClick }>

export type SwitchControl = Of<Chat.Schema$GoogleAppsCardV1SwitchControl, {
  name: string
  value: string
  selected?: boolean
  onChangeAction?: Action
  controlType?: 'SWITCH' | 'CHECK_BOX'
}>

type DecoratedBody = {
  startIcon?: Icon
  topLabel?: string
  text: string
  wrapText?: boolean
  bottomLabel?: string
  onClick?: OnClick
}
/** At most one control at the end. */
export type DecoratedText =
  | Of<Chat.Schema$GoogleAppsCardV1DecoratedText, DecoratedBody & { button?: Button; switchControl?: undefined; endIcon?: undefined }>
  | Of<Chat.Schema$GoogleAppsCardV1DecoratedText, DecoratedBody & { switchControl: SwitchControl; button?: undefined; endIcon?: undefined }>
  | Of<Chat.Schema$GoogleAppsCardV1DecoratedText, DecoratedBody & { endIcon: Icon; button?: undefined; switchControl?: undefined }>

export type Suggestions = Of<Chat.Schema$GoogleAppsCardV1Suggestions, { items: { text: string }[] }>
export type Validation = Of<Chat.Schema$GoogleAppsCardV1Validation, { characterLimit?: number; inputType?: 'TEXT' | 'INTEGER' | 'FLOAT' | 'EMAIL' }>
/** `autoCompleteAction` answers with `Reply.suggestions` while the person types. */
export type TextInput = Of<Chat.Schema$GoogleAppsCardV1TextInput, {
  name: string
  label: string
  hintText?: string
  value?: string
  type?: 'SINGLE_LINE' | 'MULTIPLE_LINE'
  onChangeAction?: Action
  initialSuggestions?: Suggestions
  autoCompleteAction?: Action
  validation?: Validation
}>

export type SelectionItem = Of<Chat.Schema$GoogleAppsCardV1SelectionItem, { text: string; value: string; selected: boolean }>
/** At most 100 items; values are unique. */
export type SelectionInput = Of<Chat.Schema$GoogleAppsCardV1SelectionInput, {
  name: string
  label?: string
  type: 'CHECK_BOX' | 'RADIO_BUTTON' | 'SWITCH' | 'DROPDOWN'
  items: SelectionItem[]
  onChangeAction?: Action
}>

/** `valueMsEpoch` in decimal digits: the day's midnight in UTC for `DATE_ONLY`, since 1970-01-01 for `TIME_ONLY`. */
export type DateTimePicker = Of<Chat.Schema$GoogleAppsCardV1DateTimePicker, {
  name: string
  label: string
  type: 'DATE_AND_TIME' | 'DATE_ONLY' | 'TIME_ONLY'
  valueMsEpoch?: string
  /** Minutes east of UTC; only with `DATE_AND_TIME`. */
  timezoneOffsetDate?: number
  onChangeAction?: Action
}>

export type Divider = Record<string, never>

export type BorderStyle = Of<Chat.Schema$GoogleAppsCardV1BorderStyle, { type: 'NO_BORDER' | 'STROKE'; strokeColor?: Color; cornerRadius?: number }>
export type ImageCropStyle = Of<Chat.Schema$GoogleAppsCardV1ImageCropStyle, { type: 'SQUARE' | 'CIRCLE' | 'RECTANGLE_CUSTOM' | 'RECTANGLE_4_3'; aspectRatio?: number }>
export type ImageComponent = Of<Chat.Schema$GoogleAppsCardV1ImageComponent, { imageUri: string; altText: string; cropStyle?: ImageCropStyle; borderStyle?: BorderStyle }>
/** `id` comes back as the parameter `grid_item_identifier` of the grid's action. */
export type GridItem = Of<Chat.Schema$GoogleAppsCardV1GridItem, { id: string; title?: string; subtitle?: string; image?: ImageComponent; layout?: 'TEXT_BELOW' | 'TEXT_ABOVE' }>
export type Grid = Of<Chat.Schema$GoogleAppsCardV1Grid, { title?: string; items: GridItem[]; columnCount: number; borderStyle?: BorderStyle; onClick?: OnClick }>

/** Exactly one of the fields, the others absent. */
type OneOf<T> = { [K in keyof T]: { [P in K]: T[P] } & { [P in Exclude<keyof T, K>]?: undefined } }[keyof T]

type Inner = {
  textParagraph: TextParagraph
  image: Image
  decoratedText: DecoratedText
  buttonList: ButtonList
  textInput: TextInput
  selectionInput: SelectionInput
  dateTimePicker: DateTimePicker
}
export type ColumnWidget = OneOf<Inner>
export type Column = Of<Chat.Schema$GoogleAppsCardV1Column, {
  horizontalSizeStyle?: 'FILL_AVAILABLE_SPACE' | 'FILL_MINIMUM_SPACE'
  horizontalAlignment?: 'START' | 'CENTER' | 'END'
  verticalAlignment?: 'CENTER' | 'TOP' | 'BOTTOM'
  widgets: ColumnWidget[]
}>
export type Columns = Of<Chat.Schema$GoogleAppsCardV1Columns, { columnItems: [Column, Column] | [Column] }>

type WidgetByKind = Inner & { divider: Divider; grid: Grid; columns: Columns }
export type WidgetKind = keyof WidgetByKind
/** One widget: exactly one kind. */
export type Widget = OneOf<WidgetByKind>
/** The content of one kind of widget, as `{ [K]: … }` of `Widget`. */
export type WidgetOf<K extends WidgetKind> = WidgetByKind[K]

/** With `collapsible`, the first `uncollapsibleWidgetsCount` widgets always show. At most 100 widgets in all sections of a card. */
export type Section = Of<Chat.Schema$GoogleAppsCardV1Section, { header?: string; widgets: Widget[]; collapsible?: boolean; uncollapsibleWidgetsCount?: number }>
export type CardHeader = Of<Chat.Schema$GoogleAppsCardV1CardHeader, { title: string; subtitle?: string; imageType?: 'SQUARE' | 'CIRCLE'; imageUrl?: string; imageAltText?: string }>
/** An entry of the card's own menu. */
export type CardAction = Of<Chat.Schema$GoogleAppsCardV1CardAction, { actionLabel: string; onClick: OnClick }>
export type FixedFooter = Of<Chat.Schema$GoogleAppsCardV1CardFixedFooter, { primaryButton: TextButton; secondaryButton?: TextButton }>

/** `name` is what `pop: { to }` goes back to. `peekCardHeader` only with `displayStyle: 'PEEK'`. */
export type Card = Of<Chat.Schema$GoogleAppsCardV1Card, {
  name?: string
  header?: CardHeader
  sections: Section[]
  cardActions?: CardAction[]
  fixedFooter?: FixedFooter
  displayStyle?: 'PEEK' | 'REPLACE'
  peekCardHeader?: CardHeader
}>

/**
 * What an entry function wants done, as plain data. Steps run in the order pop, update, push.
 * `pop` counts cards, or goes to the root or to a card by name. `suggestions` stand alone, as the
 * answer to `autoCompleteAction`.
 */
export type Reply = {
  pop?: number | 'root' | { to: string }
  update?: Card
  push?: Card
  notify?: string
  openLink?: string | OpenLink
  /** Data of earlier cards changed: Gmail draws them again when the person comes back. */
  stateChanged?: boolean
  suggestions?: string[]
}
