const NOUNS = ['users', 'licenses', 'domains', 'logs', 'workspaces', 'billing', 'messages', 'organizations']
const NOUN = `(${NOUNS.join('|')})`
const TEST = '\\.test\\.tsx?$'
const PACKAGES = '(^|/)node_modules/'
const BUILT_IN = ['core']
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown']

/** A package by name, wherever it is installed. */
const pkg = (...names) => `${PACKAGES}(@types/)?(${names.join('|')})(/|$)`

/** One rule: files of `from` must not reach `to`. `from` and `to` are paths or lists of paths; tests are free. */
const never = (name, comment, from, to) => ({
  name, comment, severity: 'error', from: typeof from === 'string' ? { path: from, pathNot: TEST } : from, to,
})

/** Who may import whom; the table is that of docs/ARCHITECTURE.md. */
export const RULES = [
  never('no-circular', 'A circle has no order in which it can be understood.', {}, { circular: true }),
  never('not-to-unresolvable', 'What cannot be found cannot be judged.', {}, { couldNotResolve: true }),

  never('shared-stays-inside', 'shared/ knows nothing outside itself.', '^shared/',
    { pathNot: ['^shared/', pkg('valibot')] }),
  never('shared-no-builtins', 'shared/ runs in a bare V8.', '^shared/', { dependencyTypes: BUILT_IN }),
  never('shared-tests', 'Tests of shared/ may use test packages, but no other folder of ours.',
    { path: `^shared/.*${TEST}` }, { path: '^(server|outlook-addin|gmail-addon|preview)/' }),
  never('kit-imports-nothing', 'kit is words without a domain.', '^shared/kit/', { path: '^shared/(?!kit/)' }),
  never('nouns-stand-low', 'Nouns and access know kit, errors, change plans and each other’s models.',
    `^shared/(${NOUNS.join('|')}|access)/`, { path: '^shared/(imports|mail|api|i18n|screens)/' }),
  never('nouns-by-model', 'A noun is known to another one by its model only.',
    { path: `^shared/${NOUN}/`, pathNot: TEST },
    { path: `^shared/${NOUN}/`, pathNot: ['^shared/$1/', '\\.model\\.ts$'] }),
  never('wire-below-screens', 'Planning, mail, the wire and phrases do not know screens.',
    '^shared/(imports|mail|api|i18n)/', { path: '^shared/screens/' }),

  never('outlook-stays-inside', 'The Outlook front draws and sends.', '^outlook-addin/',
    { path: '^(gmail-addon|server|preview|tests)/' }),
  never('outlook-packages', 'The Outlook front knows React, Fluent, MSAL, axios and what reads values.', '^outlook-addin/', {
    dependencyTypes: NPM,
    pathNot: pkg('react', 'react-dom', '@fluentui/.*', '@azure/msal-browser', 'axios', 'office-js', '@microsoft/office-js',
      '@tanstack/react-virtual', 'valibot'),
  }),
  never('gmail-stays-inside', 'The Gmail front draws and sends.', '^gmail-addon/',
    { path: '^(outlook-addin|server|preview|tests)/' }),
  never('gmail-packages', 'The Gmail front runs in Apps Script: no package but the one that reads values.', '^gmail-addon/', {
    dependencyTypes: NPM, pathNot: pkg('google-apps-script', '@googleapis/chat', 'valibot'),
  }),
  never('fronts-no-builtins', 'A front runs in a browser or in Apps Script.', '^(outlook-addin|gmail-addon|preview)/',
    { dependencyTypes: BUILT_IN }),
  never('cards-are-pure', 'Cards are data: they know shared/ and themselves.', '^gmail-addon/cards/',
    { path: '^gmail-addon/', pathNot: '^gmail-addon/cards/' }),

  never('server-stays-inside', 'The server knows no front.', '^server/', { path: '^(outlook-addin|preview|tests)/' }),
  never('server-knows-cards-only', 'Google’s HTTP runtime needs the pure cards, in one file.',
    { path: '^server/', pathNot: ['^server/http/gmail\\.ts$', TEST] }, { path: '^gmail-addon/' }),
  never('server-http-gmail-cards', 'Of the Gmail front, only its cards.', '^server/http/gmail\\.ts$',
    { path: '^gmail-addon/', pathNot: '^gmail-addon/cards/' }),
  never('server-packages', 'The server is no browser.', '^server/',
    { path: pkg('react', 'react-dom', '@fluentui/.*', '@azure/msal-browser', 'axios', 'office-js', 'google-apps-script') }),
  never('payment-in-one-place', 'The payment provider is known to its port alone.', { path: '^server/', pathNot: ['^server/payment/', TEST] }, { path: pkg('stripe') }),
  never('nobody-imports-preview', 'The preview shows; nothing depends on it.', { pathNot: '^preview/' }, { path: '^preview/' }),
  never('nobody-imports-tests', 'Code does not know its tests.',
    { pathNot: ['^tests/', '^preview/', TEST] }, { path: ['^tests/', TEST] }),
  never('tests-leave-tests', 'A test is imported by nobody, other tests included.', {}, { path: TEST }),
  never('no-unlisted-packages', 'A package that is used is listed in package.json.', {},
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),
]

/** Rules about what is needed when the program runs: imports of types alone are free here. */
export const RUNTIME_RULES = [
  never('gmail-card-types-only', 'The card types are types; the package behind them is not bundled.',
    '^gmail-addon/', { path: pkg('@googleapis/chat') }),
  never('database-in-store', 'Only the store speaks to the database.',
    { path: '^server/', pathNot: ['^server/(store|cli)/', TEST] },
    { path: pkg('pg', 'kysely') }),

  never('no-dev-packages', 'What is shipped does not need what is only for building.',
    { path: '^(shared|server|outlook-addin|gmail-addon)/', pathNot: TEST },
    { dependencyTypes: ['npm-dev'] }),
]
