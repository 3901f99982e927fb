import { meScreen } from './account/me.screen'
import { activationCodeScreen, activationsScreen } from './activation/activation.screen'
import type { AnyScreen } from './define'
import { homeScreen } from './home.screen'
import type { ScreenId } from './ids'
import { importProgressScreen, importsScreen } from './imports/import-progress.screen'
import { importScreen } from './imports/import.screen'
import { licensesScreen } from './licenses/licenses.screen'
import { logScreen } from './logs/log.screen'
import { mailScreen } from './mail/mail.screen'
import { userScreen } from './users/user.screen'
import { usersScreen } from './users/users.screen'

/** All screens: an id without one does not compile, and no host names any of them. */
export const SCREENS: Record<ScreenId, AnyScreen> = {
  home: homeScreen,
  me: meScreen,
  mail: mailScreen,
  users: usersScreen,
  user: userScreen,
  licenses: licensesScreen,
  log: logScreen,
  imports: importsScreen,
  import: importScreen,
  import_progress: importProgressScreen,
  activations: activationsScreen,
  activation_code: activationCodeScreen,
}
