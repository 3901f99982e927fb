import type { Theme as FluentTheme } from '@fluentui/react-components'
import type { Theme } from '../host/host'

/** Fluent's own colours; a pane loads those of the mail client it stands in. */
const THEMES: Record<Theme, () => Promise<FluentTheme>> = {
  light: () => import(/* webpackChunkName: "theme-light" */ './theme-light').then((part) => part.webLightTheme),
  dark: () => import(/* webpackChunkName: "theme-dark" */ './theme-dark').then((part) => part.webDarkTheme),
}

/** The values of a theme; loaded once. */
export const loadTheme = async (theme: Theme): Promise<FluentTheme> => {
  const loaded = await THEMES[theme]()
  // What the browser draws itself (checkboxes, lists, scroll bars) follows along.
  document.documentElement.style.colorScheme = theme
  return loaded
}
