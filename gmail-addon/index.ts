import { builtConfig } from './config'
import { appsScriptHost } from './host/apps-script'
import type { HostAnswer } from './host/host'
import { runAction, runCompose, runHomepage, runMail, runMenu, runSuggest } from './runner/run'

/** The functions that Gmail calls: each becomes a global of the bundle. `event` is Gmail's own object. */
export const onHomepage = (event: unknown): HostAnswer => runHomepage(event, appsScriptHost(), builtConfig())
export const onMailOpen = (event: unknown): HostAnswer => runMail(event, appsScriptHost(), builtConfig())
export const onComposeOpen = (event: unknown): HostAnswer => runCompose(event, appsScriptHost(), builtConfig())
export const onOpenScreen = (event: unknown): HostAnswer => runMenu(event, appsScriptHost(), builtConfig())
export const onAction = (event: unknown): HostAnswer => runAction(event, appsScriptHost(), builtConfig())
export const onSuggest = (event: unknown): HostAnswer => runSuggest(event, appsScriptHost(), builtConfig())
