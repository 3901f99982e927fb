import type { AnyScreen } from './define'
import { homeScreen } from './home.screen'
import type { ScreenId } from './ids'
import { mailScreen } from './mail/mail.screen'
import { userScreen } from './users/user.screen'
import { usersScreen } from './users/users.screen'

/** All screens: an id without one does not compile, and no host names any of them. */
export const SCREENS: Record<ScreenId, AnyScreen> = {
  home: homeScreen,
  mail: mailScreen,
  users: usersScreen,
  user: userScreen,
}
