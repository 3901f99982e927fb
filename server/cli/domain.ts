import { DOMAIN_STATUSES } from '../../shared/domains/domains.model'
import { parseDomainName } from '../../shared/domains/domains.parse'
import { toUnicode } from '../domains/lists'
import { approveClaim, findClaims, refuseClaim, type Decided, type OperatorDomain } from '../domains/operator'
import { toAscii } from '../identity/address'
import { EXIT, operatorScope, type Command, type CommandContext, type ExitCode } from './command'

const REASON_MAX = 500

/** The name among the words, in ASCII; null where it is none. */
function nameOf(word: string): string | null {
  const parsed = parseDomainName(word, toAscii, toUnicode)
  return parsed.ok ? parsed.value.name : null
}

const lineOf = ({ organization_id: organizationId, organization, name, status, contested_at: contestedAt, reason }: OperatorDomain): string =>
  [organizationId, organization, name, status, contestedAt === null ? '' : `contested since ${contestedAt.toISOString()}`, reason === null ? '' : `(${reason})`].filter((part) => part !== '').join('  ')

/** The one claim that is meant: by name, and by organization where several claim it. */
async function findClaim({ store, words, options, print }: CommandContext): Promise<OperatorDomain | ExitCode> {
  const name = nameOf(words[0] ?? '')
  if (name === null) return EXIT.usage
  const wanted = options['organization']
  const claims = (await findClaims(store, { name })).filter((claim) => wanted === undefined || claim.organization_id === wanted || claim.organization === wanted)
  const [claim, ...others] = claims
  if (claim !== undefined && others.length === 0) return claim
  print(claim === undefined ? 'no such claim' : 'several organizations claim this domain: name one with --organization')
  for (const one of claims) print(lineOf(one))
  return EXIT.failed
}

const SENTENCES: Record<string, string> = {
  'not_found': 'the claim is gone',
  'domain.held': 'this domain is approved for another organization; it can go over only once this claim has been proved and the owners have had 72 hours',
  'domain.notice_runs': 'the owners of this domain have been told and can still answer',
}

function report({ print }: CommandContext, decided: Decided, done: string): ExitCode {
  if (decided.ok) {
    print(done)
    return EXIT.done
  }
  print([SENTENCES[decided.code] ?? decided.code, ...(decided.until === undefined ? [] : [`until ${decided.until.toISOString()}`])].join(' '))
  return EXIT.failed
}

/** Lists claims. */
export const domainList: Command = {
  usage: 'domain list [--name NAME] [--status pending|approved|contested|failed|refused] [--organization ORGANIZATION]',
  summary: 'lists claimed domains: organization, name, status',
  words: 0,
  options: ['name', 'status', 'organization'],
  run: async ({ store, options, print }) => {
    const status = DOMAIN_STATUSES.find((one) => one === options['status'])
    const name = options['name'] === undefined ? undefined : nameOf(options['name'])
    if ((options['status'] !== undefined && status === undefined) || name === null) return EXIT.usage
    const wanted = options['organization']
    for (const claim of await findClaims(store, { name, status })) if (wanted === undefined || claim.organization_id === wanted || claim.organization === wanted) print(lineOf(claim))
    return EXIT.done
  },
}

/** Approves a claim for a customer who can't edit DNS, or decides a contest. */
export const domainApprove: Command = {
  usage: 'domain approve NAME [--organization ORGANIZATION]',
  summary: 'approves a claimed domain without DNS, or decides a contest once its 72 hours are over',
  words: 1,
  options: ['organization'],
  run: async (context) => {
    const claim = await findClaim(context)
    if (typeof claim === 'number') return claim
    return report(context, await approveClaim(context.store, (id) => operatorScope(context, id), claim), `${claim.name} is approved for ${claim.organization}`)
  },
}

/** Refuses a claim, or takes an approval back. */
export const domainRefuse: Command = {
  usage: 'domain refuse NAME --reason TEXT [--organization ORGANIZATION]',
  summary: 'refuses a claimed domain; its administrators read the reason',
  words: 1,
  options: ['reason', 'organization'],
  run: async (context) => {
    const reason = (context.options['reason'] ?? '').trim().slice(0, REASON_MAX)
    if (reason === '') return EXIT.usage
    const claim = await findClaim(context)
    if (typeof claim === 'number') return claim
    return report(context, await refuseClaim(context.store, (id) => operatorScope(context, id), claim, reason), `${claim.name} is refused for ${claim.organization}`)
  },
}
