import type { Column, Columns } from '../../../../gmail-addon/host/vendor'

type Api = GoogleAppsScript.Card_Service.CardService
type Made<K extends keyof Api> = Api[K] extends () => infer X ? X : never

/** Every kind of CardService object that the double makes, with its published type. */
export type Kinds = {
  Action: Made<'newAction'>
  ActionResponseBuilder: Made<'newActionResponseBuilder'>
  BorderStyle: Made<'newBorderStyle'>
  ButtonSet: Made<'newButtonSet'>
  CardAction: Made<'newCardAction'>
  CardBuilder: Made<'newCardBuilder'>
  CardHeader: Made<'newCardHeader'>
  CardSection: Made<'newCardSection'>
  Column: Column
  Columns: Columns
  DatePicker: Made<'newDatePicker'>
  DateTimePicker: Made<'newDateTimePicker'>
  DecoratedText: Made<'newDecoratedText'>
  Divider: Made<'newDivider'>
  FixedFooter: Made<'newFixedFooter'>
  Grid: Made<'newGrid'>
  GridItem: Made<'newGridItem'>
  IconImage: Made<'newIconImage'>
  Image: Made<'newImage'>
  ImageButton: Made<'newImageButton'>
  ImageComponent: Made<'newImageComponent'>
  ImageCropStyle: Made<'newImageCropStyle'>
  MaterialIcon: Made<'newMaterialIcon'>
  Navigation: Made<'newNavigation'>
  Notification: Made<'newNotification'>
  OpenLink: Made<'newOpenLink'>
  SelectionInput: Made<'newSelectionInput'>
  Suggestions: Made<'newSuggestions'>
  SuggestionsResponseBuilder: Made<'newSuggestionsResponseBuilder'>
  Switch: Made<'newSwitch'>
  TextButton: Made<'newTextButton'>
  TextInput: Made<'newTextInput'>
  TextParagraph: Made<'newTextParagraph'>
  TimePicker: Made<'newTimePicker'>
  UniversalActionResponseBuilder: Made<'newUniversalActionResponseBuilder'>
  Validation: Made<'newValidation'>
}
export type Kind = keyof Kinds

/** What a builder brings when it is built. */
export type BuiltKind = 'Card' | 'ActionResponse' | 'SuggestionsResponse' | 'UniversalActionResponse'

export type State = Record<string, unknown>

/**
 * The methods of a published type as functions over the JSON being written. A method that is missing,
 * invented or takes something else does not compile; returning nothing means chaining.
 */
export type Table<X> = { [K in keyof X]: X[K] extends (...args: infer A) => unknown ? (state: State, ...args: A) => void | Built : never }
export type Tables<K extends Kind> = { [P in K]: Table<Kinds[P]> }

/** The result of `build()`: JSON of another kind. */
export type Built = { built: BuiltKind; state: State }
