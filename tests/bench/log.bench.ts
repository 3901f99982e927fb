import { Client } from 'pg'
import { verifyLog } from '../../server/store/log.verify'
import { BENCH_EVENTS, onBenchServer, percentileOf, timed } from './bench-server'
import type { Series } from '../doubles/bench'

/** `BENCH_ROUNDS` makes it fewer: of a very long log plain SQL takes seconds. */
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 60)

/** Counting the lines of a month takes the longer the more there are, and always the same. */
const COUNTING_ROUNDS = Math.min(ROUNDS, 5)
const COUNTED = [
  ['statistics of 30 days', 'by=day', "date_trunc('day', at at time zone 'UTC')"],
  ['statistics by user', 'by=user', "subjects -> 0 ->> 'id'"],
  ['statistics by plan', 'by=plan', "(select plan from licenses where user_id = (subjects -> 0 ->> 'id')::uuid)"],
] as const

/** Reads of the log through the whole server, beside the same page in plain SQL as the owner of the database. */
export function run(): Promise<Series[]> {
  return onBenchServer(BENCH_EVENTS, async (server, add) => {
    const token = await server.tokenFor('owner@acme.example')
    const ask = (url: string) => timed(async () => {
      const reply = await server.app.inject({ url, headers: { authorization: `Bearer ${token}` } })
      if (reply.statusCode !== 200) throw new Error(reply.body)
      return reply
    })
    const bare = new Client(server.store.connection)
    // A read that fails ends the database under this connection: its own reason must not hide the first.
    bare.on('error', () => undefined)
    await bare.connect()
    const { rows: [acme] } = await bare.query("select organization_id as id, user_id as maria from users join (select id as user_id from users where email = 'maria@acme.example') m on m.user_id = users.id")
    const page = "select * from events where organization_id = $1 and %s order by sequence desc limit 51"
    const counting = `select %s, count(*) filter (where kind = 'sent'), count(*) filter (where kind = 'opened'), count(*) filter (where kind = 'signed') from events
      where organization_id = $1 and category = 'activity' and kind in ('sent', 'opened', 'signed') and at >= '2026-01-31Z' and at < '2026-03-02T23:59:59.999Z' group by 1`
    const cases: [name: string, query: string, where: string, values: unknown[]][] = [
      ['newest', '', 'true', []],
      ['one kind', 'kind=signed', "kind = 'signed'", []],
      ['one address', 'ip=203.0.113.7', "ip = '203.0.113.7'", []],
      ['one user', `user=${acme.maria}`, 'sequence in (select sequence from event_people where organization_id = $1 and user_id = $2)', [acme.maria]],
      ['one day', 'from=2026-02-01T00:00:00Z&to=2026-02-02T00:00:00Z', "at >= '2026-02-01Z' and at < '2026-02-02Z'", []],
      ['text', 'q=marceau', 'event_words(actor_email, actor_name, subjects, target_label, message_id, changes, ip) @@ event_query($2)', ['marceau']],
    ]
    for (const [name, query, where, values] of cases) {
      const [ours, theirs]: [number[], number[]] = [[], []]
      for (let round = 0; round < ROUNDS; round += 1) {
        ours.push((await ask(`/v1/events?limit=50&${query}`)).ms)
        theirs.push((await timed(() => bare.query(page.replace('%s', where), [acme.id, ...values]))).ms)
      }
      add(`${name}: through the server`, 'ms', ...ours)
      add(`${name}: plain SQL`, 'ms', ...theirs)
      add(`${name}: p50 ÷ (2 × plain + 1 ms)`, '×', percentileOf(ours, 0.5) / (2 * percentileOf(theirs, 0.5) + 1))
      add(`${name}: p95 ÷ 3 × plain`, '×', percentileOf(ours, 0.95) / (3 * percentileOf(theirs, 0.95)))
    }
    for (const [name, query, key] of COUNTED) {
      const [ours, theirs]: [number[], number[]] = [[], []]
      for (let round = 0; round < ROUNDS; round += 1) {
        ours.push((await ask(`/v1/events/statistics?${query}&from=2026-01-31T00:00:00Z&to=2026-03-02T23:59:59.999Z`)).ms)
        if (round < COUNTING_ROUNDS) theirs.push((await timed(() => bare.query(counting.replace('%s', key), [acme.id]))).ms)
      }
      add(`${name}: through the server`, 'ms', ...ours)
      add(`${name}: plain SQL over the lines`, 'ms', ...theirs)
      add(`${name}: p50 ÷ plain`, '×', percentileOf(ours, 0.5) / percentileOf(theirs, 0.5))
    }
    const verified = await timed(() => verifyLog(server.store, acme.id, []))
    if (!verified.value.ok) throw new Error('the log does not verify')
    add(`verify ${BENCH_EVENTS} lines`, 's', verified.ms / 1000)
    await bare.end()
  })
}
