import { defineAction } from './define'
import type { ScreenId } from './ids'

/** To another screen, whose parameters are the action's own. */
const leadsTo = (screen: ScreenId) => defineAction({ confirm: 'never', then: (_reply, params) => [{ do: 'open', to: { screen, params } }], changes: [] })

/** Actions that only lead somewhere else. */
export const navActions = {
  'nav.users': defineAction({ confirm: 'never', then: () => [{ do: 'replace', to: { screen: 'users', params: {} } }], changes: [] }),
  'nav.imports': leadsTo('imports'),
  'nav.statistics': leadsTo('statistics'),
  'nav.exports': leadsTo('exports'),
  'nav.messages': leadsTo('messages'),
  'nav.retention': leadsTo('retention'),
}
