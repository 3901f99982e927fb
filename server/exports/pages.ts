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

/** Pieces that a garbage collector takes back as soon as they were written: large texts stay until it has to look everywhere. */
const ROWS_AT_ONCE = 100

/** Batches of rows as text, in pieces of few rows. */
export async function* textOf<Row>(batches: AsyncIterable<readonly Row[]>, write: (row: Row) => string): AsyncGenerator<string> {
  for await (const rows of batches) {
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield rows.slice(from, from + ROWS_AT_ONCE).map(write).join('')
  }
}

/** Each batch of rows as cells. */
export async function* mapBatches<Row, Out>(batches: AsyncIterable<readonly Row[]>, map: (row: Row) => Out): AsyncGenerator<readonly Out[]> {
  for await (const rows of batches) yield rows.map(map)
}
