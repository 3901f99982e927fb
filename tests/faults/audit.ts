import { findChainFaults, type AuditedLine } from './audit.chain'

/*
 * The auditor. It knows nothing of the product: it reads what clients were told, and what the database
 * holds, and says where the two do not agree or the database does not agree with itself.
 */

/**
 * One change as its client was told in the end, after as many attempts as it took. All attempts carried the
 * same request id, which the log keeps. `kinds`: the lines that the change leaves in the log, in any order.
 */
export type ToldChange = { requestId: string; what: string; status: number; kinds: readonly string[]; made?: { table: 'users' | 'workspaces' | 'contacts'; id: string } }

/** An export as a client received it: the head that it declares, and the sequences in it. */
export type ToldExport = { organizationId: string; head: number; sequences: readonly number[] }

/** A head of a log that was kept outside, in hex. */
export type KeptHead = { organizationId: string; sequence: number; hash: string }

/** A mail in a mailbox, by the id in its Message-ID. */
export type Delivered = { id: string; to: string }

/** Everything that clients were told; `mailboxes` reads what arrived for these people by now, null where nothing is sent. */
export type Told = { changes: readonly ToldChange[]; exports: readonly ToldExport[]; heads: readonly KeptHead[]; mailboxes: ((people: readonly string[]) => Promise<Delivered[]>) | null }

/** Reads SQL as whoever owns the database; times come as Date, bytes as Buffer, bigint as text. */
export type Query = (statement: string, values?: unknown[]) => Promise<Record<string, unknown>[]>

/** What does not agree, by the promise that is broken. */
export type Finding = { check: 'N1' | 'N2' | 'N3' | 'N4' | 'N5' | 'N6'; detail: string }

const found = (check: Finding['check'], rows: readonly Record<string, unknown>[], what: string): Finding[] =>
  rows.map((row) => ({ check, detail: `${what}: ${JSON.stringify(row)}` }))

/** One after the other: the query may stand for a single connection. */
async function each<T>(items: readonly T[], look: (item: T) => Promise<Finding[]>): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const item of items) findings.push(...(await look(item)))
  return findings
}

/** Runs every check; an empty list is what is hoped for. */
export async function audit(query: Query, told: Told): Promise<Finding[]> {
  const lines = await readLines(query)
  return [
    ...(await findLostOrDoubled(query, lines, told.changes)),
    ...(await findLogFaults(query, lines, told.heads)),
    ...(await findBrokenInvariants(query)),
    ...findExportGaps(lines, told.exports),
    ...(await findHalves(query)),
    ...(await findMailFaults(query, told.mailboxes)),
  ]
}

async function readLines(query: Query): Promise<AuditedLine[]> {
  const rows = await query('select * from events order by organization_id, sequence')
  return rows.map((row) => ({ ...row, sequence: Number(row['sequence']), at: (row['at'] as Date).toISOString(), recorded_at: (row['recorded_at'] as Date).toISOString() }) as AuditedLine)
}

/** N1: what was promised is there once, what was refused is not there at all. */
async function findLostOrDoubled(query: Query, lines: readonly AuditedLine[], changes: readonly ToldChange[]): Promise<Finding[]> {
  const kindsByRequest = new Map<string, string[]>()
  // Who signs in first is linked by whatever they ask for: that is no part of the change.
  for (const { category, kind, request_id: id } of lines) if (category === 'audit' && kind !== 'identity.linked') kindsByRequest.set(id, [...(kindsByRequest.get(id) ?? []), kind])
  const wrong = changes.flatMap(({ requestId, what, status, kinds }) => {
    const stored = (kindsByRequest.get(requestId) ?? []).sort().join(' ')
    const promised = status < 300 ? kinds.toSorted().join(' ') : ''
    return stored === promised ? [] : [{ check: 'N1' as const, detail: `${what} was answered with ${status}; the log holds [${stored}], not [${promised}]` }]
  })
  const made = changes.flatMap((change) => (change.status < 300 && change.made !== undefined ? [change.made] : []))
  const missing = await each(['users', 'workspaces', 'contacts'], async (table) => found('N1', await query(
    `select wanted.id from unnest($1::uuid[]) as wanted (id) where (select count(*) from ${table} where ${table}.id = wanted.id) <> 1`, [made.filter((one) => one.table === table).map(({ id }) => id)]), `promised, and not in ${table}`))
  return [...wrong, ...missing]
}

/** N2: sequences without a gap, a chain that holds, and heads kept outside that are still in it. */
async function findLogFaults(query: Query, lines: readonly AuditedLine[], kept: readonly KeptHead[]): Promise<Finding[]> {
  const linesOf = (organizationId: string): AuditedLine[] => lines.filter(({ organization_id: id }) => id === organizationId)
  const heads = await query('select organization_id, sequence::int as sequence, hash from chain_heads')
  const chains = heads.flatMap(({ organization_id: id, sequence, hash }) => {
    const own = linesOf(String(id))
    const last = own.at(-1)
    const ends = last?.sequence === sequence && last?.hash.equals(hash as Buffer) === true
    return [...findChainFaults(own), ...(ends ? [] : [`the head stands at ${String(sequence)}, the log ends at ${last?.sequence}`])].map((fault) => `${String(id)}: ${fault}`)
  })
  const cut = kept.filter(({ organizationId, sequence, hash }) => linesOf(organizationId).find((line) => line.sequence === sequence)?.hash.toString('hex') !== hash)
  const nameless = await query('select distinct organization_id from events where organization_id not in (select organization_id from chain_heads)')
  return [
    ...chains.map((detail) => ({ check: 'N2' as const, detail })),
    ...cut.map(({ organizationId, sequence }) => ({ check: 'N2' as const, detail: `${organizationId}: line ${sequence} is not what was kept outside` })),
    ...found('N2', nameless, 'lines without a head'),
  ]
}

/** What must hold in every committed state, each as a query for what breaks it. */
const INVARIANTS: Record<string, string> = {
  'more licenses assigned than bought': 'select organization_id, plan, quantity, assigned from license_pools where assigned > quantity',
  'licenses that are not counted': `select p.organization_id, p.plan, p.assigned, count(l.user_id)::int as held from license_pools p
    left join licenses l on l.organization_id = p.organization_id and l.plan = p.plan group by 1, 2, 3 having p.assigned <> count(l.user_id)`,
  'no active administrator': `select o.id from organizations o where o.deleted_at is null and exists (select from users u where u.organization_id = o.id)
    and not exists (select from users u where u.organization_id = o.id and u.role = 'org_admin' and u.status = 'active')`,
  'a domain of two organizations': `select name from domains where status = 'approved' group by name having count(*) > 1`,
  'a link used twice': `select e.target_id, count(*)::int as times from events e where e.kind = 'activation.redeemed' group by e.organization_id, e.target_id
    having count(*) > (select count(*) from activation_links k where k.organization_id = e.organization_id and k.user_id::text = e.target_id and k.used_at is not null)`,
}

/** N3, for one moment. */
export async function findBrokenInvariants(query: Query): Promise<Finding[]> {
  return each(Object.entries(INVARIANTS), async ([what, statement]) => found('N3', await query(statement), what))
}

/** N4: an export holds every line up to the head it declares, once. */
function findExportGaps(lines: readonly AuditedLine[], exports: readonly ToldExport[]): Finding[] {
  return exports.flatMap(({ organizationId, head, sequences }) => {
    const wanted = lines.filter((line) => line.organization_id === organizationId && line.sequence <= head).map(({ sequence }) => sequence)
    const given = sequences.toSorted((a, b) => a - b)
    return JSON.stringify(given) === JSON.stringify(wanted) ? [] : [{ check: 'N4' as const, detail: `${organizationId}: an export up to ${head} holds ${given.length} lines of ${wanted.length}` }]
  })
}

/** What one transaction stores together, each as a query for a half of it. */
const HALVES: Record<string, string> = {
  'a removed user holds something': `select u.id from users u where u.status = 'removed' and (exists (select from licenses l where l.organization_id = u.organization_id and l.user_id = u.id)
    or exists (select from workspace_members m where m.organization_id = u.organization_id and m.user_id = u.id) or exists (select from contacts c where c.organization_id = u.organization_id and c.assigned_to = u.id))`,
  'a status that the log does not tell of': `select u.id, u.status, last.status as told from users u join lateral (select e.changes -> 'status' ->> 'to' as status from events e
    where e.organization_id = u.organization_id and e.subjects @> jsonb_build_array(jsonb_build_object('id', u.id::text)) and e.changes ? 'status' and e.category = 'audit' order by e.sequence desc limit 1) last on true where last.status <> u.status`,
  'a license that the log does not tell of': `select u.id, l.plan, last.plan as told from users u left join licenses l on l.organization_id = u.organization_id and l.user_id = u.id
    join lateral (select e.changes -> 'license' ->> 'to' as plan from events e where e.organization_id = u.organization_id and e.target_type = 'user' and e.target_id = u.id::text and e.changes ? 'license' and e.kind <> 'license.transferred' order by e.sequence desc limit 1) last on true
    where last.plan is distinct from l.plan and not exists (select from events t where t.organization_id = u.organization_id and t.kind = 'license.transferred' and t.subjects @> jsonb_build_array(jsonb_build_object('id', u.id::text)))`,
  'a link without its line in the log': `select k.id from activation_links k where k.sent_by is not null and (select count(*) from events e where e.organization_id = k.organization_id and e.kind = 'activation.sent' and e.target_id = k.user_id::text)
    < (select count(*) from activation_links a where a.organization_id = k.organization_id and a.user_id = k.user_id and a.sent_by is not null and a.reminded_at is null)`,
  'members of what is not there': 'select m.user_id from workspace_members m left join workspaces w on w.organization_id = m.organization_id and w.id = m.workspace_id where w.id is null',
}

/** N5: nothing is half there. */
async function findHalves(query: Query): Promise<Finding[]> {
  return each(Object.entries(HALVES), async ([what, statement]) => found('N5', await query(statement), what))
}

/** Links that were sent, by whom they are for, against the mails that were stored for them. */
const UNWRITTEN = `select sent.organization_id, sent.email, sent.links, count(m.id)::int as mails
  from (select e.organization_id, e.subjects -> 0 ->> 'email' as email, count(*)::int as links from events e
    where e.kind = 'activation.sent' and e.recorded_at >= (select min(created_at) from outbox) group by 1, 2) sent
  left join outbox m on m.organization_id = sent.organization_id and m.to_email = sent.email and m.kind like 'activation%' and m.kind <> 'activation_code'
  group by 1, 2, 3 having count(m.id) <> sent.links`

/** N6: for each link that the log says was sent a mail is stored, each mail that counts as sent arrived, and nothing else did. */
async function findMailFaults(query: Query, mailboxes: Told['mailboxes']): Promise<Finding[]> {
  const unwritten = found('N6', await query(UNWRITTEN), 'links and mails differ')
  if (mailboxes === null) return unwritten
  // Read before the mailboxes, so that whatever counts as sent by now must be there by then; those who wrote later are read after them.
  const settled = await query("select id::text as id, to_email, state from outbox where state <> 'queued'")
  const arrived = new Set((await mailboxes([...new Set(settled.map(({ to_email: to }) => String(to)))])).map(({ id, to }) => `${id} ${to}`))
  const known = new Set((await query('select id::text as id, to_email from outbox')).map(({ id, to_email: to }) => `${String(id)} ${String(to)}`))
  const lost = settled.filter(({ id, to_email: to }) => !arrived.has(`${String(id)} ${String(to)}`))
  const invented = [...arrived].filter((mail) => !known.has(mail)).map((mail) => ({ mail }))
  return [...unwritten, ...found('N6', lost, 'given up, or sent and never arrived'), ...found('N6', invented, 'arrived and was never stored')]
}

/** Looks at N3 again and again, each time at one committed state, until it is stopped. */
export function watchInvariants(query: Query): { stop: () => Promise<{ findings: Finding[]; looks: number }> } {
  const state = { stopped: false, looks: 0 }
  const findings: Finding[] = []
  const watching = (async () => {
    while (!state.stopped) {
      // While the database is away there is no state to look at.
      const broken = await findBrokenInvariants(query).catch(() => null)
      if (broken !== null) { findings.push(...broken); state.looks += 1 }
      await new Promise((resolve) => { setTimeout(resolve, 20) })
    }
  })()
  return { stop: async () => { state.stopped = true; await watching; return { findings, looks: state.looks } } }
}
