import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { parseSync } from '@swc/core'
import { cruise } from 'dependency-cruiser'
import { RULES, RUNTIME_RULES } from './boundary-rules.mjs'
import { ROOT } from './bundles.mjs'

const FOLDERS = ['shared', 'outlook-addin', 'gmail-addon', 'server', 'preview', 'tests']

/**
 * Every import of one source file (its path tells TS from TSX) as `{ to, typeOnly, dynamic }`. dependency-cruiser
 * itself would need the compiler's old interface for TSX and for imports of types.
 */
export function importsOf(source, path) {
  const found = []
  const add = (node, typeOnly, dynamic) => {
    if (typeof node?.value === 'string') found.push({ to: node.value, typeOnly, dynamic })
  }
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (node === null || typeof node !== 'object') return undefined
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration' || node.type === 'ExportNamedDeclaration') {
      add(node.source, isTypeOnly(node), false)
    }
    if (node.type === 'TsImportType') add(node.argument, true, false)
    if (node.type === 'TsExternalModuleReference') add(node.expression, false, false)
    if (node.type === 'CallExpression' && isLoading(node.callee)) add(node.arguments[0]?.expression, false, true)
    return Object.values(node).forEach(visit)
  }
  visit(parseSync(source, { syntax: 'typescript', tsx: path.endsWith('.tsx'), target: 'es2022' }).body)
  return found
}

function isTypeOnly(node) {
  if (node.typeOnly) return true
  const names = node.specifiers ?? []
  return names.length > 0 && names.every((name) => name.isTypeOnly)
}

const isLoading = (callee) => callee.type === 'Import' || (callee.type === 'Identifier' && callee.value === 'require')

function sourcesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|m?js)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
}

/** A tree with the same files, each reduced to its imports; `keep` chooses which. */
function writeOutline(target, files, keep) {
  for (const { path, imports } of files) {
    const lines = imports.filter(keep).map(({ to, dynamic }) => (dynamic ? `import(${JSON.stringify(to)})` : `import ${JSON.stringify(to)}`))
    mkdirSync(dirname(join(target, path)), { recursive: true })
    writeFileSync(join(target, path), `${lines.join('\n')}\n`)
  }
}

async function cruiseOutline(root, files, keep, rules) {
  const outline = mkdtempSync(join(tmpdir(), 'orgdesk-outline-'))
  try {
    writeOutline(outline, files, keep)
    symlinkSync(join(ROOT, 'node_modules'), join(outline, 'node_modules'))
    writeFileSync(join(outline, 'package.json'), readFileSync(join(root, 'package.json')))
    const { output } = await cruise(FOLDERS.filter((folder) => existsSync(join(outline, folder))), {
      baseDir: outline,
      validate: true,
      ruleSet: { forbidden: rules },
      parser: 'swc',
      preserveSymlinks: true,
      doNotFollow: { path: 'node_modules' },
    }, {
      symlinks: false,
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
      mainFields: ['module', 'main', 'types', 'typings'],
    })
    return output.summary.violations
  } finally {
    rmSync(outline, { recursive: true, force: true })
  }
}

/**
 * Every import below `root` (the project, or a tree laid out like it) that
 * breaks a rule, as `{ rule, from, to, comment }`; empty when all hold.
 */
export async function brokenBoundaries(root = ROOT) {
  const files = FOLDERS.flatMap((folder) => sourcesBelow(root, folder))
    .map((path) => ({ path, imports: importsOf(readFileSync(join(root, path), 'utf8'), path) }))
  const found = [
    ...await cruiseOutline(root, files, () => true, RULES),
    ...await cruiseOutline(root, files, ({ typeOnly }) => !typeOnly, RUNTIME_RULES),
  ]
  const commentByRule = new Map([...RULES, ...RUNTIME_RULES].map((rule) => [rule.name, rule.comment]))
  return found.map(({ rule, from, to, cycle }) => ({
    rule: rule.name,
    from,
    to: cycle === undefined ? to : cycle.map((step) => step.name).join(' → '),
    comment: commentByRule.get(rule.name),
  }))
}

// Arguments: `--json` for the list as data, and the tree to judge (the project when absent).
async function main() {
  const [tree] = process.argv.slice(2).filter((argument) => argument !== '--json')
  const broken = await brokenBoundaries(tree)
  if (process.argv.includes('--json')) console.log(JSON.stringify(broken))
  else for (const { rule, from, to, comment } of broken) console.error(`${from} → ${to}\n  ${rule}: ${comment}`)
  process.exitCode = broken.length === 0 ? 0 : 1
}

if (process.argv[1] === import.meta.filename) void main()
