import type { Action, Card, OnClick, Widget, WidgetKind } from '../../../gmail-addon/cards/card'

const action: Action = { function: 'onAction', parameters: [{ key: 'id', value: 'u1' }] }
const onClick: OnClick = { action }
const link: OnClick = { openLink: { url: 'https://orgdesk.example/help', openAs: 'FULL_SIZE', onClose: 'RELOAD' } }
const IMAGE = 'https://orgdesk.example/avatar.png'

/** Every kind of widget, with every part of it that the add-on's types know; an added kind does not compile without samples. */
export const WIDGET_SAMPLES: Record<WidgetKind, Widget[]> = {
  textParagraph: [{ textParagraph: { text: 'Hello <b>Ann</b>' } }],
  image: [{ image: { imageUrl: IMAGE, altText: 'Ann', onClick } }],
  decoratedText: [
    { decoratedText: { text: 'Ann', topLabel: 'User', bottomLabel: 'ann@a.example', wrapText: true, startIcon: { knownIcon: 'PERSON', altText: 'User', imageType: 'CIRCLE' }, onClick } },
    { decoratedText: { text: 'Ann', startIcon: { iconUrl: IMAGE }, endIcon: { materialIcon: { name: 'chevron_right', fill: true, weight: 300, grade: 200 } } } },
    { decoratedText: { text: 'Ann', button: { text: 'Open', type: 'FILLED', color: { red: 1, green: 0, blue: 51 / 255 }, onClick: link } } },
    { decoratedText: { text: 'Mail me', switchControl: { name: 'mailMe', value: 'on', selected: true, controlType: 'SWITCH', onChangeAction: action } } },
  ],
  buttonList: [{ buttonList: { buttons: [
    { text: 'Save', altText: 'Save the user', disabled: true, type: 'OUTLINED', onClick: { action: { ...action, loadIndicator: 'SPINNER', persistValues: true, allWidgetsAreRequired: true } } },
    { icon: { materialIcon: { name: 'refresh' } }, altText: 'Refresh', onClick },
    { icon: { iconUrl: IMAGE }, altText: 'Ann', onClick: link },
    { icon: { knownIcon: 'EMAIL' }, altText: 'Mail', onClick: { action: { ...action, requiredWidgets: ['name'] } } },
  ] } }],
  textInput: [
    { textInput: { name: 'name', label: 'Name', hintText: 'As others see it', value: 'Ann', type: 'SINGLE_LINE', validation: { characterLimit: 100, inputType: 'TEXT' } } },
    { textInput: { name: 'note', label: 'Note', type: 'MULTIPLE_LINE', onChangeAction: action } },
    { textInput: { name: 'city', label: 'City', initialSuggestions: { items: [{ text: 'Bern' }, { text: 'Lima' }] }, autoCompleteAction: action } },
  ],
  selectionInput: [
    { selectionInput: { name: 'role', label: 'Role', type: 'DROPDOWN', items: [{ text: 'User', value: 'user', selected: true }, { text: 'Admin', value: 'admin', selected: false }], onChangeAction: action } },
    { selectionInput: { name: 'chosen', type: 'CHECK_BOX', items: [{ text: 'Ann', value: 'u1', selected: true }, { text: 'Bob', value: 'u2', selected: true }] } },
    { selectionInput: { name: 'plan', label: 'Plan', type: 'RADIO_BUTTON', items: [{ text: 'Basic', value: 'basic', selected: false }] } },
    { selectionInput: { name: 'flags', label: 'Flags', type: 'SWITCH', items: [{ text: 'On', value: 'on', selected: false }] } },
  ],
  dateTimePicker: [
    { dateTimePicker: { name: 'day', label: 'Day', type: 'DATE_ONLY', valueMsEpoch: '1769817600000', onChangeAction: action } },
    { dateTimePicker: { name: 'moment', label: 'Moment', type: 'DATE_AND_TIME', valueMsEpoch: '1769851800000', timezoneOffsetDate: 60 } },
    { dateTimePicker: { name: 'hour', label: 'Hour', type: 'TIME_ONLY', valueMsEpoch: '34200000' } },
    { dateTimePicker: { name: 'anyDay', label: 'Day', type: 'DATE_ONLY' } },
  ],
  divider: [{ divider: {} }],
  grid: [{ grid: { title: 'People', columnCount: 2, borderStyle: { type: 'STROKE', strokeColor: { red: 0, green: 0, blue: 0 }, cornerRadius: 4 }, onClick, items: [
    { id: 'u1', title: 'Ann', subtitle: 'User', layout: 'TEXT_BELOW', image: { imageUri: IMAGE, altText: 'Ann', cropStyle: { type: 'RECTANGLE_CUSTOM', aspectRatio: 1.5 }, borderStyle: { type: 'NO_BORDER' } } },
    { id: 'u2', title: 'Bob' },
  ] } }],
  columns: [{ columns: { columnItems: [
    { horizontalSizeStyle: 'FILL_AVAILABLE_SPACE', horizontalAlignment: 'START', verticalAlignment: 'TOP', widgets: [{ textParagraph: { text: 'Seats' } }, { image: { imageUrl: IMAGE, altText: 'Seats' } }] },
    { horizontalSizeStyle: 'FILL_MINIMUM_SPACE', horizontalAlignment: 'END', verticalAlignment: 'CENTER', widgets: [{ buttonList: { buttons: [{ text: 'Buy', onClick }] } }, { textInput: { name: 'seats', label: 'Seats' } }] },
  ] } }],
}

/** A card that has every part a card can have, and every sample of a widget. */
export const WHOLE_CARD: Card = {
  name: 'whole',
  header: { title: 'Users', subtitle: '3 of 9', imageUrl: IMAGE, imageType: 'CIRCLE', imageAltText: 'Users' },
  displayStyle: 'PEEK',
  peekCardHeader: { title: 'Peek' },
  sections: [
    { header: 'All', collapsible: true, uncollapsibleWidgetsCount: 1, widgets: Object.values(WIDGET_SAMPLES).flat() },
    { widgets: [{ divider: {} }] },
  ],
  cardActions: [{ actionLabel: 'Refresh', onClick }, { actionLabel: 'Help', onClick: link }],
  fixedFooter: { primaryButton: { text: 'Save', type: 'FILLED', onClick }, secondaryButton: { text: 'Cancel', onClick } },
}
