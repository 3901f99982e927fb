import type { Theme } from '@fluentui/react-components'
import type { Translate } from '../../shared/i18n/translate'
import { Broken } from './broken'
import { ThemeRoot } from './theme-root'

/** What a page shows that the server has not filled in: nothing works but reloading. */
export const UnsetPane = ({ t, theme, reload }: { t: Translate; theme: Theme; reload(): void }) => <ThemeRoot theme={theme}><Broken t={t} reload={reload} /></ThemeRoot>
