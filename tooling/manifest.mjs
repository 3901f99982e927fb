import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OfficeAddinManifest } from 'office-addin-manifest'
import { parseStringPromise } from 'xml2js'
import { PLACEHOLDER_URL, ROOT } from './bundles.mjs'

/** Sign-in pages that the pane may have to show: addresses outside AppDomains open in a browser instead. */
const IDENTITY_DOMAINS = ['https://login.microsoftonline.com', 'https://login.live.com']

/** Longest value of each kind of text, in characters. */
const LIMITS = { DisplayName: 125, Description: 250, ProviderName: 125, ShortStrings: 125, LongStrings: 250 }
const MAX_ID = 32

const LOCALES = ['fr-FR', 'es-ES']
const EVENTS = ['OnNewMessageCompose', 'OnMessageSend', 'OnMessageRecipientsChanged', 'OnMessageAttachmentsChanged']
const BUTTON_SIZES = ['16/1', '32/1', '80/1']
const MOBILE_SIZES = ['25', '32', '48'].flatMap((size) => ['1', '2', '3'].map((scale) => `${size}/${scale}`))

/** The manifest with the placeholder host replaced by `publicUrl` (an https origin, no trailing slash). */
export const completeManifest = (xml, publicUrl) => xml.replaceAll(PLACEHOLDER_URL, publicUrl)

/**
 * Everything that is wrong with the manifest file, as lines of text; empty when
 * it may be installed. `assets` is the folder that its icon addresses stand for.
 */
export async function readManifestProblems(path, assets) {
  const xml = readFileSync(path, 'utf8')
  try {
    const info = await OfficeAddinManifest.readManifestFile(path)
    return [...basicProblems(info), ...await ruleProblems(xml, assets)]
  } catch (error) {
    return [`cannot be read: ${error.message ?? error}`]
  }
}

function basicProblems(info) {
  return [
    ...(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(info.id ?? '') ? [] : ['Id is not a GUID']),
    ...(info.permissions === 'ReadItem' ? [] : [`asks for the permission ${info.permissions}, not ReadItem`]),
    ...(info.officeAppType === 'MailApp' ? [] : ['is not a MailApp']),
  ]
}

/** Our own rules over the text of a manifest; see `readManifestProblems`. */
export async function ruleProblems(xml, assets) {
  const root = toNode('OfficeApp', (await parseStringPromise(xml, { explicitChildren: true, preserveChildrenOrder: true })).OfficeApp)
  const scopes = scopesOf(root)
  return [
    ...urlProblems(root),
    ...domainProblems(root),
    ...textProblems(root),
    ...localeProblems(root),
    ...eventProblems(root),
    ...scopes.flatMap((scope) => [...idProblems(scope), ...residProblems(scope), ...iconProblems(scope, assets)]),
    ...topIconProblems(root, assets),
  ]
}

const toNode = (name, raw) => ({
  name: name.replace(/^.*:/, ''),
  attributes: raw.$ ?? {},
  text: (raw._ ?? '').trim(),
  children: (raw.$$ ?? []).map((child) => toNode(child['#name'], child)),
})

/** The node and everything below it; `stop` leaves out what lies below nodes of that name. */
function all(node, stop) {
  return node.children.flatMap((child) => (child.name === stop ? [] : [child, ...all(child, stop)]))
}

const named = (node, name, stop) => all(node, stop).filter((one) => one.name === name)

/** Each VersionOverrides has its own resources and ids: the nodes of each, without the one inside it. */
const scopesOf = (root) => named(root, 'VersionOverrides').map((node) => ({
  version: node.attributes['xsi:type'],
  nodes: all(node, 'VersionOverrides'),
}))

function urlProblems(root) {
  const values = all(root).flatMap((node) => [node.attributes.DefaultValue, node.attributes.Value, node.text])
  return values
    .filter((value) => /^[a-z][a-z+.-]*:\/\//i.test(value ?? ''))
    .flatMap((value) => [
      ...(URL.canParse(value) ? [] : [`${value} is not an address`]),
      ...(value.startsWith('https://') ? [] : [`${value} is not https`]),
    ])
}

function domainProblems(root) {
  const listed = named(root, 'AppDomain').map((node) => node.text)
  const own = [...named(root, 'SourceLocation'), ...named(root, 'Url')]
    .flatMap((node) => node.attributes.DefaultValue ?? [])
    .filter((url) => URL.canParse(url))
    .map((url) => new URL(url).origin)
  return [...new Set([...own, ...IDENTITY_DOMAINS])]
    .filter((origin) => !listed.includes(origin))
    .map((origin) => `AppDomains lacks ${origin}`)
}

function textProblems(root) {
  const check = (node, limit) => [node.attributes.DefaultValue ?? node.text, ...node.children.map((child) => child.attributes.Value)]
    .filter((value) => value !== undefined && ([...value].length > limit || value === ''))
    .map((value) => `${node.attributes.id ?? node.name} must have 1 to ${limit} characters: "${value}"`)
  return Object.entries(LIMITS).flatMap(([name, limit]) => named(root, name)
    .flatMap((node) => (name.endsWith('Strings') ? node.children : [node]))
    .filter((node) => node.attributes.resid === undefined)
    .flatMap((node) => check(node, limit)))
}

function localeProblems(root) {
  const translated = [...named(root, 'Description'), ...named(root, 'String')]
    .filter((node) => node.attributes.DefaultValue !== undefined)
  return translated.flatMap((node) => LOCALES
    .filter((locale) => !node.children.some((child) => child.attributes.Locale === locale))
    .map((locale) => `${node.attributes.id ?? node.name} has no ${locale} text`))
}

const eventProblems = (root) => named(root, 'LaunchEvent')
  .filter((node) => !EVENTS.includes(node.attributes.Type))
  .map((node) => `${node.attributes.Type} is not an event`)

function idProblems({ version, nodes }) {
  const ids = nodes.flatMap((node) => node.attributes.id ?? []).filter((id) => id !== 'TabDefault')
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${version}: id ${id} is used twice`),
    ...ids.filter((id) => id.length > MAX_ID).map((id) => `${version}: id ${id} is longer than ${MAX_ID} characters`),
  ]
}

const resourceNodes = (nodes) => nodes.filter((node) => ['Image', 'Url', 'String'].includes(node.name) && node.attributes.id !== undefined)

function residProblems({ version, nodes }) {
  const ids = resourceNodes(nodes).map((node) => node.attributes.id)
  const used = nodes.flatMap((node) => node.attributes.resid ?? [])
  return [
    ...used.filter((resid) => !ids.includes(resid)).map((resid) => `${version}: resid ${resid} points nowhere`),
    ...ids.filter((id) => !used.includes(id)).map((id) => `${version}: the resource ${id} is not used`),
  ]
}

function iconProblems({ version, nodes }, assets) {
  const urlById = new Map(resourceNodes(nodes).map((node) => [node.attributes.id, node.attributes.DefaultValue]))
  return nodes.filter((node) => node.name === 'Icon').flatMap((icon) => {
    const images = icon.children.map(({ attributes }) => ({ ...attributes, scale: attributes.scale ?? '1' }))
    const wanted = icon.attributes['xsi:type'] === 'bt:MobileIconList' ? MOBILE_SIZES : BUTTON_SIZES
    const present = images.map((image) => `${image.size}/${image.scale}`)
    return [
      ...wanted.filter((size) => !present.includes(size)).map((size) => `${version}: an icon lacks size ${size}`),
      ...images.filter((image) => urlById.has(image.resid))
        .flatMap((image) => imageProblems(urlById.get(image.resid), Number(image.size) * Number(image.scale), assets)),
    ]
  })
}

const topIconProblems = (root, assets) => [['IconUrl', 64], ['HighResolutionIconUrl', 128]].flatMap(([name, size]) => {
  const [node] = root.children.filter((child) => child.name === name)
  return node === undefined ? [`${name} is missing`] : imageProblems(node.attributes.DefaultValue, size, assets)
})

/** A PNG says its width and height, big-endian, at bytes 16 and 20. */
function imageProblems(url, size, assets) {
  const path = join(assets, url.slice(url.lastIndexOf('/') + 1))
  if (!existsSync(path)) return [`${url} has no file`]
  const bytes = readFileSync(path)
  if (bytes.toString('latin1', 1, 4) !== 'PNG') return [`${url} is not a PNG`]
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  return width === size && height === size ? [] : [`${url} is ${width} × ${height}, not ${size} × ${size}`]
}

async function main() {
  const problems = await readManifestProblems(join(ROOT, 'manifest.xml'), join(ROOT, 'outlook-addin/assets'))
  for (const problem of problems) console.error(`manifest.xml: ${problem}`)
  process.exitCode = problems.length === 0 ? 0 : 1
}

if (process.argv[1] === import.meta.filename) void main()
