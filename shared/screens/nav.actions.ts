import { defineAction } from './define'

/** Actions that only lead somewhere else. */
export const navActions = {
  'nav.users': defineAction({ confirm: 'never', then: () => [{ do: 'replace', to: { screen: 'users', params: {} } }], changes: [] }),
  'nav.imports': defineAction({ confirm: 'never', then: () => [{ do: 'open', to: { screen: 'imports', params: {} } }], changes: [] }),
}
