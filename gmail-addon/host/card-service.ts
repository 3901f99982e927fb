import type * as Json from '../cards/card'
import { clickable, toOpenLink, toTextButton } from './clicks'
import type { CardApi } from './vendor'
import { toWidget } from './widgets'

type Card = GoogleAppsScript.Card_Service.Card

const toHeader = (api: CardApi, json: Json.CardHeader): GoogleAppsScript.Card_Service.CardHeader => {
  const header = api.newCardHeader().setTitle(json.title)
  if (json.subtitle) header.setSubtitle(json.subtitle)
  if (json.imageUrl) header.setImageUrl(json.imageUrl)
  if (json.imageType) header.setImageStyle(api.ImageStyle[json.imageType])
  if (json.imageAltText) header.setImageAltText(json.imageAltText)
  return header
}

const toSection = (api: CardApi, json: Json.Section): GoogleAppsScript.Card_Service.CardSection => {
  const section = api.newCardSection()
  if (json.header) section.setHeader(json.header)
  if (json.collapsible !== undefined) section.setCollapsible(json.collapsible)
  if (json.uncollapsibleWidgetsCount !== undefined) section.setNumUncollapsibleWidgets(json.uncollapsibleWidgetsCount)
  for (const widget of json.widgets) section.addWidget(toWidget(api, widget))
  return section
}

const toFooter = (api: CardApi, json: Json.FixedFooter): GoogleAppsScript.Card_Service.FixedFooter => {
  const footer = api.newFixedFooter().setPrimaryButton(toTextButton(api, json.primaryButton))
  return json.secondaryButton ? footer.setSecondaryButton(toTextButton(api, json.secondaryButton)) : footer
}

/** Card JSON as CardService's card: the one place where the two meet. */
export const toCard = (api: CardApi, json: Json.Card): Card => {
  const card = api.newCardBuilder()
  if (json.name) card.setName(json.name)
  if (json.header) card.setHeader(toHeader(api, json.header))
  if (json.displayStyle) card.setDisplayStyle(api.DisplayStyle[json.displayStyle])
  if (json.peekCardHeader) card.setPeekCardHeader(toHeader(api, json.peekCardHeader))
  for (const section of json.sections) card.addSection(toSection(api, section))
  for (const { actionLabel, onClick } of json.cardActions ?? []) card.addCardAction(clickable(api, api.newCardAction().setText(actionLabel), onClick))
  if (json.fixedFooter) card.setFixedFooter(toFooter(api, json.fixedFooter))
  return card.build()
}

const linkOf = (api: CardApi, link: string | Json.OpenLink) => toOpenLink(api, typeof link === 'string' ? { url: link } : link)

/** The steps of navigation of a reply, in the order pop, update, push; null when it moves nowhere. */
const toNavigation = (api: CardApi, reply: Json.Reply): GoogleAppsScript.Card_Service.Navigation | null => {
  const { pop, update, push } = reply
  if (pop === undefined && update === undefined && push === undefined) return null
  const navigation = api.newNavigation()
  if (pop === 'root') navigation.popToRoot()
  if (typeof pop === 'object') navigation.popToNamedCard(pop.to)
  for (let left = typeof pop === 'number' ? pop : 0; left > 0; left -= 1) navigation.popCard()
  if (update) navigation.updateCard(toCard(api, update))
  if (push) navigation.pushCard(toCard(api, push))
  return navigation
}

const toSuggestions = (api: CardApi, suggestions: string[]): object =>
  api.newSuggestionsResponseBuilder().setSuggestions(api.newSuggestions().addSuggestions(suggestions)).build()

/** A reply as the answer to a card's action, or to a request for suggestions. */
export const toAnswer = (api: CardApi, reply: Json.Reply): object => {
  if (reply.suggestions) return toSuggestions(api, reply.suggestions)
  const answer = api.newActionResponseBuilder()
  const navigation = toNavigation(api, reply)
  if (navigation) answer.setNavigation(navigation)
  if (reply.notify) answer.setNotification(api.newNotification().setText(reply.notify))
  if (reply.openLink) answer.setOpenLink(linkOf(api, reply.openLink))
  if (reply.stateChanged !== undefined) answer.setStateChanged(reply.stateChanged)
  return answer.build()
}

/** The answer of a universal action: cards, or a link. */
export const toUniversalAnswer = (api: CardApi, reply: { cards: Json.Card[] } | { openLink: string }): object => {
  const answer = api.newUniversalActionResponseBuilder()
  if ('openLink' in reply) return answer.setOpenLink(linkOf(api, reply.openLink)).build()
  return answer.displayAddOnCards(reply.cards.map((card) => toCard(api, card))).build()
}
