import { FluentProvider, type Theme } from '@fluentui/react-components'
import type { Translate } from '../../shared/i18n/translate'
import { Broken } from './broken'

/** What a page shows that the server has not filled in: nothing works but reloading. */
export const UnsetPane = ({ t, theme, reload }: { t: Translate; theme: Theme; reload(): void }) => <FluentProvider theme={theme}><Broken t={t} reload={reload} /></FluentProvider>
