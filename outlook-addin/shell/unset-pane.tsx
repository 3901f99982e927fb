import { FluentProvider, webLightTheme } from '@fluentui/react-components'
import type { Translate } from '../../shared/i18n/translate'
import { Broken } from './broken'

/** What a page shows that the server has not filled in: nothing works but reloading. */
export const UnsetPane = ({ t, reload }: { t: Translate; reload(): void }) => <FluentProvider theme={webLightTheme}><Broken t={t} reload={reload} /></FluentProvider>
