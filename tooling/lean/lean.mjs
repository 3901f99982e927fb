import { join, sep } from 'node:path'
import webpack from 'webpack'
import { ROOT } from '../bundles.mjs'

const SHARED = join(ROOT, 'shared', sep)
const here = (file) => join(ROOT, 'tooling/lean', file)

/** Leaves out of a front what only the server reads of the contract. */
export const contractRule = () => ({ test: /\.contract\.ts$/, enforce: 'post', use: here('contract-loader.cjs') })

/** Says the keys of all phrases once: for a front that carries all languages. */
export const catalogRule = () => ({ test: /[\\/]i18n[\\/](?:fr|es)[\\/](?!index\.ts$)[\w-]+\.ts$/, enforce: 'post', use: here('catalog-loader.cjs') })

/** Module rules that leave out of the pane what it can't need. */
export const leanRules = () => [
  contractRule(),
  { test: /[\\/]shell[\\/]theme-(light|dark)\.ts$/, enforce: 'pre', use: here('theme-loader.cjs') },
]

const MAKES = ['CallExpression', 'ArrayExpression', 'ObjectExpression']

/**
 * What is made at the top of a module of `shared/` is all that happens there: nothing in it knows more
 * than its arguments. So a schema or a table that no front reads goes, with whatever only it reads.
 */
const sharedIsPure = {
  apply(compiler) {
    compiler.hooks.compilation.tap('lean', (_, { normalModuleFactory }) => {
      normalModuleFactory.hooks.parser.for('javascript/auto').tap('lean', (parser) => {
        for (const makes of MAKES) parser.hooks.isPure.for(makes).tap('lean', () => parser.state.module.resource?.startsWith(SHARED) || undefined)
      })
    })
  },
}

/** Packages' own modules that a smaller one of ours stands for. */
export const leanPlugins = () => [
  sharedIsPure,
  // The names of Fluent's tokens say all; its own table of them is 30 KB of script.
  // Before it is resolved, so that ours goes through its own loader.
  new webpack.NormalModuleReplacementPlugin(/^\.\/tokens(\.js)?$/, (asked) => {
    if (/@fluentui[\\/]tokens[\\/]lib$/.test(asked.context)) asked.request = join(ROOT, 'outlook-addin/blocks/parts/tokens.ts')
  }),
  new webpack.NormalModuleReplacementPlugin(/^rtl-css-js\/core$/, here('left-to-right.mjs')),
  new webpack.NormalModuleReplacementPlugin(/^\.\/fetch\.js$/, (asked) => {
    if (/axios[\\/]lib[\\/]adapters$/.test(asked.context)) asked.request = here('no-fetch.mjs')
  }),
  new webpack.NormalModuleReplacementPlugin(/[\\/]PlatformAuth(?:InteractionClient|ExtensionHandler|DOMHandler)\.mjs$/, here('no-broker.mjs')),
  new webpack.NormalModuleReplacementPlugin(/[\\/]Silent(?:Iframe|AuthCode)Client\.mjs$/, here('no-hidden-frame.mjs')),
  new webpack.NormalModuleReplacementPlugin(/\/(?:toFormData|toURLEncodedForm|formDataToJSON|HttpStatusCode)\.js$/, (asked) => {
    if (/[\\/]axios[\\/]lib/.test(asked.context ?? '')) asked.request = here('no-forms.mjs')
  }),
]

/** The files that the above is made of: the compiler's cache depends on them. */
export const LEAN_FILES = ['lean.mjs', 'theme-loader.cjs', 'contract-loader.cjs', 'catalog-loader.cjs', 'in-order-of.mjs', 'left-to-right.mjs', 'no-broker.mjs', 'no-hidden-frame.mjs', 'no-fetch.mjs', 'no-forms.mjs'].map(here)
