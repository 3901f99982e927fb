import { defineAction } from './define'
import { TAGS } from './vocabulary'

/** Actions of every screen: they send nothing themselves. */
export const sessionActions = {
  /** Reads everything again that this screen shows. */
  'screen.retry': defineAction({ confirm: 'never', then: () => [{ do: 'refresh', tags: [...TAGS] }], changes: [] }),
  'session.support': defineAction({ confirm: 'never', then: (_reply, args) => (args['url'] ? [{ do: 'link', url: args['url'] }] : []), changes: [] }),
  'session.sign_in': defineAction({ confirm: 'never', then: () => [{ do: 'signIn' }], changes: [] }),
}
