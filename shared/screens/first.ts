import type { AnyScreen } from './define'
import { homeScreen } from './home.screen'
import type { ScreenId } from './ids'
import { mailScreen } from './mail/mail.screen'

/** Where people come in: a front may load these before all other screens. */
export const FIRST_SCREENS = { home: homeScreen, mail: mailScreen } satisfies Partial<Record<ScreenId, AnyScreen>>
