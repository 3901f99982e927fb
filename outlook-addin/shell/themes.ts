import type { Theme as FluentTheme } from '@fluentui/react-components'
import type { Theme } from '../host/host'

/** Fluent's own colours; a pane loads those of the mail client it stands in. */
const THEMES: Record<Theme, () => Promise<FluentTheme>> = {
  light: () => import(/* webpackChunkName: "theme-light" */ './theme-light').then((part) => part.webLightTheme),
  dark: () => import(/* webpackChunkName: "theme-dark" */ './theme-dark').then((part) => part.webDarkTheme),
}

/** The values of a theme; loaded once. */
export const loadTheme = (theme: Theme): Promise<FluentTheme> => THEMES[theme]()
