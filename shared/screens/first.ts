import type { AnyScreen } from './define'
import { homeScreen } from './home.screen'
import type { ScreenId } from './ids'
import { plainEntry } from './logs/events'
import { mailScreen } from './mail/mail.screen'

/**
 * Where people come in: a front may load these before all other screens. Only what was changed by an
 * event of a secure message is missing there: the words for it weigh as much as the screen.
 */
export const FIRST_SCREENS = { home: homeScreen, mail: mailScreen(plainEntry) } satisfies Partial<Record<ScreenId, AnyScreen>>
