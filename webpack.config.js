import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import CopyPlugin from 'copy-webpack-plugin'
import HtmlPlugin from 'html-webpack-plugin'
import TerserPlugin from 'terser-webpack-plugin'
import webpack from 'webpack'
import { BUNDLES, PLACEHOLDER_URL, ROOT, entriesOf } from './tooling/bundles.mjs'
import { OUTLOOK_BUDGET, budgetPlugin } from './tooling/budget.mjs'
import { gmailAddresses } from './tooling/appsscript.mjs'
import { gmailPlugin } from './tooling/gmail.mjs'
import { LEAN_FILES, catalogRule, contractRule, leanPlugins, leanRules } from './tooling/lean/lean.mjs'

/** In a `.ts` file `<T>(…)` opens a function, in a `.tsx` file an element. */
const swc = (target, tsx) => ({
  loader: 'swc-loader',
  options: {
    swcrc: false,
    jsc: {
      parser: { syntax: 'typescript', tsx },
      transform: { react: { runtime: 'automatic' } },
      target,
    },
  },
})

/** What every bundle shares; `target` is the language level that the sources are compiled to. */
const base = (name, target) => ({
  name,
  mode: 'production',
  context: ROOT,
  entry: entriesOf(name),
  devtool: false,
  resolve: { extensions: ['.tsx', '.ts', '.mjs', '.js'] },
  module: { rules: [{ test: /\.ts$/, use: swc(target, false) }, { test: /\.tsx$/, use: swc(target, true) }] },
  output: { path: join(ROOT, 'dist', name), clean: true },
  optimization: { minimizer: [new TerserPlugin({ minify: TerserPlugin.swcMinify, terserOptions: { compress: { passes: 3 } }, extractComments: false })] },
  cache: {
    type: 'filesystem',
    name,
    cacheDirectory: join(ROOT, '.cache/webpack'),
    buildDependencies: { config: [import.meta.filename, join(ROOT, 'tooling/bundles.mjs'), join(ROOT, 'tooling/gmail.mjs'), ...LEAN_FILES] },
  },
  performance: { hints: false },
  infrastructureLogging: { level: 'warn' },
  stats: 'errors-warnings',
})

/** One HTML page per entry that exists: `filename` from `template`, with the scripts of that entry alone. */
const pages = (entry, table) => table
  .filter(({ chunk, template }) => (chunk === undefined || chunk in entry) && existsSync(join(ROOT, template)))
  .map(({ chunk, template, filename }) => new HtmlPlugin({
    template: join(ROOT, template),
    filename,
    chunks: chunk === undefined ? [] : [chunk],
    inject: 'body',
    scriptLoading: 'defer',
  }))

function outlook() {
  const config = base('outlook', 'es2022')
  return {
    ...config,
    target: ['web', 'es2022'],
    module: { rules: [...config.module.rules, ...leanRules()] },
    // Names of one or two letters between modules: the default ones change less between versions, but weigh 2 KB.
    optimization: { ...config.optimization, mangleExports: 'size' },
    output: {
      ...config.output,
      publicPath: '/outlook/',
      filename: '[name].[contenthash].js',
      chunkFilename: '[name].[contenthash].js',
    },
    plugins: [
      ...leanPlugins(),
      ...pages(config.entry, [
        { chunk: 'taskpane', template: 'outlook-addin/taskpane.html', filename: 'taskpane.html' },
        { chunk: 'activate', template: 'outlook-addin/activate.html', filename: 'activate.html' },
        { chunk: 'redirect', template: 'outlook-addin/auth/redirect.html', filename: 'auth/redirect.html' },
        { chunk: 'dialog', template: 'outlook-addin/auth/dialog.html', filename: 'auth/dialog.html' },
        { template: 'outlook-addin/auth/blank.html', filename: 'auth/blank.html' },
      ]),
      new CopyPlugin({ patterns: [{ from: 'outlook-addin/assets/*.png', to: 'assets/[name][ext]', noErrorOnMissing: true }] }),
      budgetPlugin(['taskpane', 'activate'], OUTLOOK_BUDGET),
    ],
  }
}

function gmail({ publicUrl }) {
  const { messageOrigin, supportUrl } = gmailAddresses()
  const config = base('gmail', 'es2020')
  const manifest = JSON.parse(readFileSync(join(ROOT, 'appsscript.json'), 'utf8'))
  return {
    ...config,
    // Apps Script knows no private or static fields, so packages are compiled down as well.
    module: { rules: [{ test: /\.(ts|m?js)$/, use: swc('es2020', false) }, contractRule(), catalogRule()] },
    target: ['es2020'],
    output: {
      ...config.output,
      filename: 'code.js',
      library: { type: 'var', name: 'App' },
      chunkFormat: false,
      chunkLoading: false,
      wasmLoading: false,
    },
    plugins: [
      new webpack.DefinePlugin({
        __PUBLIC_URL__: JSON.stringify(publicUrl),
        __MESSAGE_ORIGIN__: JSON.stringify(messageOrigin),
        __SUPPORT_URL__: JSON.stringify(supportUrl),
      }),
      gmailPlugin(manifest),
    ],
  }
}

function preview() {
  const config = base('preview', 'es2022')
  return {
    ...config,
    target: ['web', 'es2022'],
    output: {
      ...config.output,
      publicPath: '/preview/',
      // The page that stands in for Office is loaded by a fixed address.
      filename: ({ chunk }) => (chunk?.name === 'office' ? 'office.js' : '[name].[contenthash].js'),
      chunkFilename: '[name].[contenthash].js',
    },
    plugins: pages(config.entry, [
      { chunk: 'index', template: 'preview/index.html', filename: 'index.html' },
      { chunk: 'gmail', template: 'preview/gmail.html', filename: 'gmail.html' },
    ]),
  }
}

/** How the server is compiled; benchmarks are compiled the same way. */
export function server() {
  const config = base('server', 'es2022')
  return {
    ...config,
    target: 'node20',
    devtool: 'source-map',
    experiments: { outputModule: true },
    externalsType: 'module-import',
    externals: ({ request }, done) => (/^[./]/.test(request) ? done() : done(null, request)),
    module: {
      ...config.module,
      // Addresses relative to the built file (workers, the other bundles) are left for run time.
      parser: { javascript: { url: false, worker: false, importMeta: false, createRequire: false } },
    },
    output: {
      ...config.output,
      module: true,
      chunkFormat: 'module',
      library: { type: 'module' },
      filename: '[name].js',
      chunkFilename: '[name].js',
    },
    optimization: { minimize: false },
  }
}

const CONFIGS = { outlook, gmail, server, preview }

/**
 * The configurations of the named bundles, without those that have no entry yet.
 * `publicUrl` is the https origin that the add-ins will call.
 */
export default function configure({ only = BUNDLES, publicUrl = PLACEHOLDER_URL } = {}) {
  return only.filter((name) => Object.keys(entriesOf(name)).length > 0).map((name) => CONFIGS[name]({ publicUrl }))
}
