import { breach } from '../strict'
import { widgetJson } from './clicks'
import { append, asText, flag, one, part, stateOf, text, unused, whole } from './fields'
import type { Built, BuiltKind, State, Tables } from './kinds'

/** One step on the card stack. */
export type Step = { do: 'pop' } | { do: 'root' } | { do: 'to'; name: string } | { do: 'push' | 'update'; card: State }

const step = (make: (value: unknown) => Step) => (state: State, value?: unknown): void => append(state, 'steps', make(value))

const built = (kind: BuiltKind) => (state: State): Built => ({ built: kind, state })

const cardsOf = (values: unknown): State[] =>
  (Array.isArray(values) && values.length > 0 ? values.map((value) => stateOf(value, ['Card'])) : breach('at least one card is expected'))

/** Cards, and what an entry function answers. */
export const ANSWERS = {
  CardBuilder: {
    build: built('Card'),
    setName: text('name'),
    setHeader: part('header', 'CardHeader'),
    setPeekCardHeader: part('peekCardHeader', 'CardHeader'),
    setDisplayStyle: one('displayStyle', 'DisplayStyle'),
    setFixedFooter: part('fixedFooter', 'FixedFooter'),
    addSection: (state, section) => append(state, 'sections', stateOf(section, ['CardSection'])),
    addCardAction: (state, action) => append(state, 'cardActions', stateOf(action, ['CardAction'])),
  },
  CardHeader: {
    setTitle: text('title'),
    setSubtitle: text('subtitle'),
    setImageUrl: text('imageUrl'),
    setImageStyle: one('imageType', 'ImageStyle'),
    setImageAltText: text('imageAltText'),
  },
  CardSection: {
    setHeader: text('header'),
    setCollapsible: flag('collapsible'),
    setNumUncollapsibleWidgets: whole('uncollapsibleWidgetsCount'),
    addWidget: (state, widget) => append(state, 'widgets', widgetJson(widget)),
  },
  FixedFooter: { setPrimaryButton: part('primaryButton', 'TextButton'), setSecondaryButton: part('secondaryButton', 'TextButton') },
  Navigation: {
    popCard: step(() => ({ do: 'pop' })),
    popToRoot: step(() => ({ do: 'root' })),
    popToNamedCard: step((name) => ({ do: 'to', name: asText(name) })),
    pushCard: step((card) => ({ do: 'push', card: stateOf(card, ['Card']) })),
    updateCard: step((card) => ({ do: 'update', card: stateOf(card, ['Card']) })),
    printJson: unused('printJson'),
  },
  Notification: { setText: text('text') },
  ActionResponseBuilder: {
    build: built('ActionResponse'),
    setNavigation: part('navigation', 'Navigation'),
    setNotification: part('notification', 'Notification'),
    setOpenLink: part('openLink', 'OpenLink'),
    setStateChanged: flag('stateChanged'),
  },
  SuggestionsResponseBuilder: { build: built('SuggestionsResponse'), setSuggestions: part('suggestions', 'Suggestions') },
  UniversalActionResponseBuilder: {
    build: built('UniversalActionResponse'),
    displayAddOnCards: (state, cards) => void (state['cards'] = cardsOf(cards)),
    setOpenLink: part('openLink', 'OpenLink'),
  },
} satisfies Tables<
  'CardBuilder' | 'CardHeader' | 'CardSection' | 'FixedFooter' | 'Navigation' | 'Notification' | 'ActionResponseBuilder' | 'SuggestionsResponseBuilder' | 'UniversalActionResponseBuilder'
>
