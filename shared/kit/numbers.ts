/** The sum of what `of` says of each item. */
export const sumOf = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((sum, item) => sum + of(item), 0)

/** How many items there are of each key. */
export const countBy = <T, K>(items: readonly T[], key: (item: T) => K): Map<K, number> => {
  const counts = new Map<K, number>()
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return counts
}
