import { breach, strictObject, type Report } from '../strict'

/** Every enum that the double offers, with its values as the JSON says them. */
export const ENUMS = {
  BorderType: ['NO_BORDER', 'STROKE'],
  DisplayStyle: ['PEEK', 'REPLACE'],
  GridItemLayout: ['TEXT_BELOW', 'TEXT_ABOVE'],
  HorizontalAlignment: ['START', 'CENTER', 'END'],
  HorizontalSizeStyle: ['FILL_AVAILABLE_SPACE', 'FILL_MINIMUM_SPACE'],
  Icon: [
    'NONE', 'AIRPLANE', 'BOOKMARK', 'BUS', 'CAR', 'CLOCK', 'CONFIRMATION_NUMBER_ICON', 'DOLLAR', 'DESCRIPTION', 'EMAIL', 'EVENT_PERFORMER',
    'EVENT_SEAT', 'FLIGHT_ARRIVAL', 'FLIGHT_DEPARTURE', 'HOTEL', 'HOTEL_ROOM_TYPE', 'INVITE', 'MAP_PIN', 'MEMBERSHIP', 'MULTIPLE_PEOPLE',
    'OFFER', 'PERSON', 'PHONE', 'RESTAURANT_ICON', 'SHOPPING_CART', 'STAR', 'STORE', 'TICKET', 'TRAIN', 'VIDEO_CAMERA', 'VIDEO_PLAY',
  ],
  ImageCropType: ['SQUARE', 'CIRCLE', 'RECTANGLE_CUSTOM', 'RECTANGLE_4_3'],
  ImageStyle: ['SQUARE', 'CIRCLE'],
  InputType: ['TEXT', 'INTEGER', 'FLOAT', 'EMAIL'],
  LoadIndicator: ['SPINNER', 'NONE'],
  OnClose: ['NOTHING', 'RELOAD', 'RELOAD_ADD_ON'],
  OpenAs: ['FULL_SIZE', 'OVERLAY'],
  SelectionInputType: ['CHECK_BOX', 'RADIO_BUTTON', 'DROPDOWN', 'SWITCH', 'MULTI_SELECT'],
  SwitchControlType: ['SWITCH', 'CHECK_BOX'],
  TextButtonStyle: ['OUTLINED', 'FILLED', 'FILLED_TONAL', 'BORDERLESS'],
  VerticalAlignment: ['CENTER', 'TOP', 'BOTTOM'],
  WrapStyle: ['NOWRAP', 'WRAP'],
} as const

export type EnumName = keyof typeof ENUMS

type Value = { enumeration: string; name: string }
const valueByToken = new WeakMap<object, Value>()

const token = (enumeration: string, name: string): object => {
  const made = Object.freeze({ toString: () => `${enumeration}.${name}` })
  valueByToken.set(made, { enumeration, name })
  return made
}

const TOKENS = Object.fromEntries(Object.entries(ENUMS).map(([enumeration, names]) =>
  [enumeration, Object.fromEntries(names.map((name) => [name, token(enumeration, name)]))]))

/** The enums as members of CardService: opaque values, so that a bare string or another enum's value is noticed. */
export const enumMembers = (report: Report): Record<EnumName, object> =>
  Object.fromEntries(Object.entries(TOKENS).map(([enumeration, tokens]) => [enumeration, strictObject(enumeration, tokens, report)])) as Record<EnumName, object>

/** The JSON name of a value of the named enum. */
export const enumName = (enumeration: string, value: unknown): string => {
  const known = typeof value === 'object' && value !== null ? valueByToken.get(value) : undefined
  if (known === undefined || known.enumeration !== enumeration) return breach(`${enumeration} expected, not ${String(value)}`)
  return known.name
}
