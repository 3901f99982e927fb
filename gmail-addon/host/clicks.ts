import type * as Json from '../cards/card'
import type { CardApi } from './vendor'

type Action = GoogleAppsScript.Card_Service.Action
type OpenLink = GoogleAppsScript.Card_Service.OpenLink
type Clickable = { setOnClickAction(action: Action): unknown; setOpenLink(link: OpenLink): unknown }

/** Card JSON's action as CardService's. */
export const toAction = (api: CardApi, json: Json.Action): Action => {
  const action = api.newAction().setFunctionName(json.function)
  if (json.parameters) action.setParameters(Object.fromEntries(json.parameters.map(({ key, value }) => [key, value])))
  if (json.loadIndicator) action.setLoadIndicator(api.LoadIndicator[json.loadIndicator])
  if (json.persistValues !== undefined) action.setPersistValues(json.persistValues)
  if (json.allWidgetsAreRequired !== undefined) action.setAllWidgetsAreRequired(json.allWidgetsAreRequired)
  for (const name of json.requiredWidgets ?? []) action.addRequiredWidget(name)
  return action
}

/** Card JSON's link as CardService's. */
export const toOpenLink = (api: CardApi, json: Json.OpenLink): OpenLink => {
  const link = api.newOpenLink().setUrl(json.url)
  if (json.openAs) link.setOpenAs(api.OpenAs[json.openAs])
  if (json.onClose) link.setOnClose(api.OnClose[json.onClose])
  return link
}

/** Gives `target` what a click on it does, and hands it back. */
export const clickable = <T extends Clickable>(api: CardApi, target: T, onClick: Json.OnClick | undefined): T => {
  if (onClick?.action) target.setOnClickAction(toAction(api, onClick.action))
  if (onClick?.openLink) target.setOpenLink(toOpenLink(api, onClick.openLink))
  return target
}

const channel = (part: number): string => Math.round(part * 255).toString(16).padStart(2, '0')

/** Card JSON's color as CSS hex, which CardService takes. */
export const toHex = (color: Json.Color): string => `#${channel(color.red)}${channel(color.green)}${channel(color.blue)}`

const toMaterialIcon = (api: CardApi, json: Json.MaterialIcon): GoogleAppsScript.Card_Service.MaterialIcon => {
  const icon = api.newMaterialIcon().setName(json.name)
  if (json.fill !== undefined) icon.setFill(json.fill)
  if (json.weight !== undefined) icon.setWeight(json.weight)
  if (json.grade !== undefined) icon.setGrade(json.grade)
  return icon
}

type IconHolder = {
  setIcon(icon: GoogleAppsScript.Card_Service.Icon): unknown
  setIconUrl(url: string): unknown
  setMaterialIcon(icon: GoogleAppsScript.Card_Service.MaterialIcon): unknown
}

const setIcon = (api: CardApi, target: IconHolder, json: Json.Icon): void => {
  if (json.knownIcon) target.setIcon(api.Icon[json.knownIcon])
  if (json.iconUrl) target.setIconUrl(json.iconUrl)
  if (json.materialIcon) target.setMaterialIcon(toMaterialIcon(api, json.materialIcon))
}

/** Card JSON's icon as CardService's. */
export const toIcon = (api: CardApi, json: Json.Icon): GoogleAppsScript.Card_Service.IconImage => {
  const icon = api.newIconImage()
  setIcon(api, icon, json)
  if (json.altText) icon.setAltText(json.altText)
  if (json.imageType) icon.setImageCropType(api.ImageCropType[json.imageType])
  return icon
}

/** Card JSON's text button as CardService's. */
export const toTextButton = (api: CardApi, json: Json.TextButton): GoogleAppsScript.Card_Service.TextButton => {
  const button = clickable(api, api.newTextButton().setText(json.text), json.onClick)
  if (json.altText) button.setAltText(json.altText)
  if (json.disabled !== undefined) button.setDisabled(json.disabled)
  if (json.type) button.setTextButtonStyle(api.TextButtonStyle[json.type])
  if (json.color) button.setBackgroundColor(toHex(json.color))
  return button
}

const toImageButton = (api: CardApi, json: Json.IconButton): GoogleAppsScript.Card_Service.ImageButton => {
  const button = clickable(api, api.newImageButton().setAltText(json.altText), json.onClick)
  setIcon(api, button, json.icon)
  return button
}

/** Card JSON's button as CardService's: one with text, or one with an icon. */
export const toButton = (api: CardApi, json: Json.Button): GoogleAppsScript.Card_Service.Button =>
  json.icon ? toImageButton(api, json) : toTextButton(api, json)
