/** Reads page after page, the next one while the last is written: two are held at most. `null` is the end. */
export async function* pagesOf<Row, Position>(read: (after: Position | null) => Promise<{ rows: readonly Row[]; next: Position | null }>): AsyncGenerator<readonly Row[]> {
  let coming = read(null)
  for (;;) {
    const { rows, next } = await coming
    if (next !== null) {
      coming = read(next)
      // A reader who has gone away never asks for it.
      coming.catch(() => undefined)
    }
    if (rows.length > 0) yield rows
    if (next === null) return
  }
}

/** Each batch of rows as cells. */
export async function* mapBatches<Row, Out>(batches: AsyncIterable<readonly Row[]>, map: (row: Row) => Out): AsyncGenerator<readonly Out[]> {
  for await (const rows of batches) yield rows.map(map)
}
