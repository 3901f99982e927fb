import descriptor from '@google-apps/chat/build/protos/protos.json'
import type { Card } from '../../../gmail-addon/cards/card'
import { cardCapProblems, type CardScope } from './card-caps'

/** The slice of a protobuf descriptor that the check reads. */
type Field = { type: string; rule?: string }
type Node = { nested?: Record<string, Node>; fields?: Record<string, Field>; oneofs?: Record<string, { oneof: string[] }>; values?: Record<string, number> }

// By way of `object`: the literal type of the whole descriptor says nothing that the check needs.
const whole: object = descriptor
const ROOT: Node = whole
const CARD = ['google', 'apps', 'card', 'v1', 'Card']

const nodeAt = (path: string[]): Node | undefined => path.reduce<Node | undefined>((node, name) => node?.nested?.[name], ROOT)

/** A type name is looked up from the innermost message outwards, as protobuf does. */
const resolve = (type: string, scope: string[]): string[] | null => {
  for (let depth = scope.length; depth >= 0; depth -= 1) {
    const path = [...scope.slice(0, depth), ...type.split('.')]
    if (nodeAt(path) !== undefined) return path
  }
  return null
}

const isText = (value: unknown) => typeof value === 'string'
const isInt32 = (value: unknown) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value)

/** How JSON writes each scalar; 64-bit numbers are texts there. */
const SCALARS: Record<string, (value: unknown) => boolean> = {
  string: isText,
  bool: (value) => typeof value === 'boolean',
  int32: isInt32,
  int64: (value) => typeof value === 'string' && /^-?\d{1,19}$/.test(value),
  float: isNumber,
  double: isNumber,
}

const enumProblems = (node: Node, value: unknown, path: string): string[] =>
  (typeof value === 'string' && node.values !== undefined && value in node.values ? [] : [`${path}: no such value: ${String(value)}`])

const valueProblems = (field: Field, value: unknown, scope: string[], path: string): string[] => {
  const scalar = SCALARS[field.type]
  if (scalar) return scalar(value) ? [] : [`${path}: ${field.type} expected`]
  const type = resolve(field.type, scope)
  const node = type === null ? undefined : nodeAt(type)
  if (type === null || node === undefined) return [`${path}: unknown type ${field.type}`]
  return node.values ? enumProblems(node, value, path) : messageProblems(type, node, value, path)
}

const fieldProblems = (field: Field, value: unknown, scope: string[], path: string): string[] => {
  if (field.rule !== 'repeated') return valueProblems(field, value, scope, path)
  if (!Array.isArray(value)) return [`${path}: list expected`]
  return value.flatMap((entry: unknown, index) => valueProblems(field, entry, scope, `${path}[${index}]`))
}

const oneofProblems = (node: Node, keys: string[], path: string): string[] =>
  Object.entries(node.oneofs ?? {}).flatMap(([name, { oneof }]) => {
    const present = oneof.filter((key) => keys.includes(key))
    return present.length > 1 ? [`${path}: ${name} is one of ${present.join(' and ')}`] : []
  })

/** Of these messages exactly one part must be there: without it nothing is drawn. */
const MUST_CHOOSE = ['Widget', 'Widgets', 'Icon', 'OnClick']

const messageProblems = (type: string[], node: Node, value: unknown, path: string): string[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: object expected`]
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  const keys = entries.map(([key]) => key)
  const choices = Object.values(node.oneofs ?? {}).flatMap(({ oneof }) => oneof)
  const chosen = !MUST_CHOOSE.includes(type.at(-1) ?? '') || keys.some((key) => choices.includes(key))
  return [
    ...entries.flatMap(([key, entry]) => {
      const field = node.fields?.[key]
      return field ? fieldProblems(field, entry, type, `${path}.${key}`) : [`${path}: unknown field ${key}`]
    }),
    ...oneofProblems(node, keys, path),
    ...(chosen ? [] : [`${path}: ${type.at(-1)} without content`]),
  ]
}

const UNKNOWN: CardScope = { isGlobal: null, linkPrefixes: null }

/**
 * What is wrong with a card: first against Google's own descriptor of `google.apps.card.v1` (unknown
 * fields, types, enum names, oneofs), then against the limits. One line each, with its place.
 */
export const cardProblems = (card: Card | Record<string, unknown>, scope: CardScope = UNKNOWN): string[] => {
  const node = nodeAt(CARD)
  if (node === undefined) return ['the descriptor has no google.apps.card.v1.Card']
  return [...messageProblems(CARD, node, card, 'card'), ...cardCapProblems(card, scope)]
}
