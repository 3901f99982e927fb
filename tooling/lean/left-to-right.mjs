/**
 * Stands for `rtl-css-js/core`, which turns every style round for scripts that run from right to
 * left. No language of the product does; with the first one that does this file goes.
 */
export const convert = (style) => style

/** The same declaration for both directions. */
export const convertProperty = (key, value) => ({ key, value })
