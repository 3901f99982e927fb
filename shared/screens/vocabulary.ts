import type { Call } from '../api/call'
import type { Me } from '../access/me.model'
import type { Failure, Issue } from '../errors'
import type { Translate } from '../i18n/translate'
import type { FileRef } from '../kit/file'
import type { Instant } from '../kit/result'
import type { MailContext } from '../mail/mail.model'
import type { Plan } from '../change-plan'
import type { ActionId } from './ids'
import type { ScreenId } from './ids'

/**
 * The vocabulary of screens: values only, text already translated. Blocks say what, hosts decide
 * how. Each host has one exhaustive `Record<BlockKind, renderer>`; a new block kind does not compile
 * until both hosts draw it.
 */

/** What this host can do, so that a screen never asks for its name. */
export type Capabilities = { pageSize: number; live: boolean; pickFile: boolean; select: boolean; purchase: boolean; compose: boolean; /** Whether signing in is the product's own, and can be ended here; else it is the mail client's. */ signOut: boolean }

/** Everything a view may depend on besides replies, parameters and draft. `viewer` is null only on the sign-in screen. */
export type Env = { viewer: Me | null; mail: MailContext | null; can: Capabilities; t: Translate; now: Instant; supportUrl: string | null; origins: Origins }

/** Where our own links point, and where those of the messaging service do; both without a trailing slash. Only these count in a mail. */
export type Origins = { app: string; message: string | null }

/** Deep link and Gmail action parameters at once: strings, at most 1.5 KB together. */
export type Params = Record<string, string>

/** What the person has typed, chosen and attached on a screen but not sent. */
export type Draft = {
  values: Record<string, string | string[]>
  selected: string[] | { allMatching: Params }
  files: Record<string, FileRef>
  /** Problems of the last attempt, shown beside their fields until the next one. */
  issues?: Issue[]
  /** The plan of the last dry run, drawn by the screen that asked for it. */
  plan?: { digest: string; plan: Plan }
  /** The current record after a version conflict, for "theirs or mine". */
  theirs?: unknown
}

export type Loaded<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** Why an action can't be used now, as a sentence. */
export type RefusalText = string
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'
export type Badge = { text: string; tone: Tone }
export type Icon = 'user' | 'license' | 'mail' | 'domain' | 'log' | 'message' | 'signIn' | 'settings' | 'workspace' | 'contact' | 'role' | 'import' | 'billing' | 'warning'

export type Link = { screen: ScreenId; params: Params }
export type ActionRef = { action: ActionId; args: Params; label: string; tone?: 'primary' | 'danger'; icon?: Icon; enabled: true | RefusalText }

/** `next` is the cursor of the following page. Outlook appends, Gmail pushes. */
export type Page = { next: string | null; total?: number }
export type Row = { id: string; title: string; sub?: string; badge?: Badge; avatar?: string; open?: Link; menu?: ActionRef[]; selectable?: true | RefusalText }
export type Option = { value: string; label: string; note?: string; enabled: true | RefusalText }

type FieldBase = { name: string; label: string; hint?: string; required?: boolean; /** The screen is drawn again when it changes (Gmail: onChange). */ redraws?: boolean }
export type TextField = FieldBase & { as: 'text' | 'email' | 'multiline' | 'date' | 'number' | 'switch'; value: string; /** `switch`: 'on' or ''. */ suggest?: Call<unknown>['endpoint'] }
export type ChoiceField = FieldBase & { as: 'one' | 'many'; options: Option[]; value: string[]; max?: number }
/** A list of the contract whose records are found by typing. */
export type FindSource = 'workspaces.list'
/** A record by its id and name. */
export type Named = { value: string; label: string }
/**
 * One record, or several, of a list that may be long: found by typing. `chosen` stays in sight with its
 * names, `first` is offered before anything is typed, `none` is what it means to choose none. Beside the
 * ids a host puts their names into the draft (`namesOf`).
 */
export type FindField = FieldBase & { as: 'find'; from: FindSource; several: boolean; chosen: Named[]; first: Named[]; max?: number; none?: string }
export type Field = TextField | ChoiceField | FindField

export type Fact = { label: string; value: string; note?: string; copy?: boolean; action?: ActionRef; open?: Link }
export type Column = { id: string; label: string; /** 1 stays at 320 px, 3 goes first. */ rank: 1 | 2 | 3; end?: boolean }
/** What a field was and what it is: "Member → Administrator". */
export type ChangeLine = { label: string; text: string }
export type TimelineEntry = { id: string; at: Instant; icon: Icon; text: string; note?: string; open?: Link; changes?: { lines: ChangeLine[]; /** How many they are, in words. */ label: string } }
export type PlanGroup = { label: string; tone: Tone; count: number; rows: Row[]; folded?: boolean; more?: Link }

export type Block =
  | { is: 'section'; title: string; blocks: Block[]; folded?: boolean }
  | { is: 'notice'; tone: Tone; text: string; actions?: ActionRef[] }
  | { is: 'facts'; items: Fact[] }
  | { is: 'people'; rows: Row[]; page: Page; /** What the rows are, where they are not people. */ icon?: Icon; bulk?: ActionRef[]; selectAll?: number; /** Search terms to emphasise, if any. */ label: string }
  | { is: 'table'; columns: Column[]; rows: (Row & { cells: string[] })[]; sort?: { by: string; down: boolean }; page: Page; label: string; /** What the rows are, where a picture tells it. */ icon?: Icon }
  | { is: 'timeline'; entries: TimelineEntry[]; page: Page; label: string }
  | { is: 'search'; q: string; placeholder: string; filters: Field[]; active: number; count?: number; /** The sentence for `count`, translated. */ countText?: string }
  | { is: 'form'; id: string; fields: Field[]; issues: Issue[]; submit: ActionRef; /** Of the record that is edited: a host where it can change meanwhile keeps it with the draft, as `BEGUN_ON`. */ version?: number; conflict?: { field: string; label: string; mine: string; theirs: string; /** How the values are read, where they are ids. */ mineText?: string; theirsText?: string }[] }
  | { is: 'files'; name: string; label: string; attachments: FileRef[]; accept: string[]; maxBytes: number; pick: boolean; paste: boolean; action: ActionRef }
  | { is: 'meter'; label: string; used: number; total: number; choosing?: number; warnAt: number; text: string; action?: ActionRef }
  | { is: 'plan'; digest: string; title: string; groups: PlanGroup[]; costs: string[]; apply: ActionRef | null }
  | { is: 'progress'; label: string; done: number; total: number; text: string; state: 'queued' | 'running' | 'done' | 'failed'; actions: ActionRef[] }
  | { is: 'steps'; labels: string[]; current: number; skip?: ActionRef }
  | { is: 'chart'; title: string; draw: 'bars' | 'line'; unit: string; points: { label: string; value: number; text: string }[] }
  | { is: 'links'; items: { label: string; sub?: string; icon: Icon; open: Link; badge?: Badge }[] }
  | { is: 'actions'; items: ActionRef[] }
  | { is: 'empty'; title: string; text: string; action?: ActionRef }
  | { is: 'failure'; failure: Failure; /** Absent where the screen is called so. */ title?: string; text: string; retry?: ActionRef; /** Where to go from here. */ way?: { label: string; open: Link }; support: string | null }

export type BlockKind = Block['is']
/** One kind of block. */
export type BlockOf<K extends BlockKind> = Extract<Block, { is: K }>

/** `primary` is the sticky footer. */
export type Screen = { title: string; blocks: Block[]; primary?: ActionRef; more?: ActionRef[] }

/** A part of the data that a change makes stale and a screen depends on. */
export const TAGS = ['me', 'mail', 'users', 'licenses', 'domains', 'events', 'messages', 'workspaces', 'contacts', 'roles', 'imports', 'orders', 'organization', 'activations', 'identity_links'] as const
export type Tag = (typeof TAGS)[number]
/** What the live stream speaks of: the same words as the tags. */
export type Topic = Tag

/** Calls of a screen by name; each brings `R[name]`. */
export type Needs<R> = { [K in keyof R]: Call<R[K]> }
export type Replies<R> = { [K in keyof R]: Loaded<R[K]> }

/**
 * One screen. `needs` is one parallel batch: a dependent read means a better endpoint. `view` is
 * total and pure, and runs again on each change of the draft.
 */
export type ScreenDef<R> = {
  id: ScreenId
  /** Good parameters, or what is wrong with a deep link. */
  parse(params: Params): { ok: true; params: Params } | { ok: false; issues: Issue[] }
  needs(params: Params, env: Env): Needs<R>
  /** These fail alone and leave a failure block; the others fail the screen. */
  optional?: (keyof R & string)[]
  /** The reply that carries the viewer (`viewer: Me`), so that `/v1/me` need not be asked as well. */
  viewerFrom?: keyof R & string
  /** Shown to an identity that no user is linked to (activation, sign-in). */
  withoutUser?: boolean
  /** The skeleton before data. */
  shape: BlockKind[]
  view(replies: Replies<R>, params: Params, draft: Draft, env: Env): Screen
  cache: { forS: number; tags: Tag[] }
  watch?: { topics: Topic[]; everyS?: number }
}

/**
 * One action. With `plan`, the host first sends the dry run and shows what will happen; `request`
 * then carries the digest. The idempotency key is minted by the host on the first click and kept on
 * every retry. An action without `request` is pure navigation: `then` runs at once.
 */
export type ActionDef<T> = {
  check?(args: Params, draft: Draft, env: Env): Issue[]
  plan?(args: Params, draft: Draft): Call<{ plan: Plan; digest: string }>
  /** The field that holds the address which the plan is about: why it is refused stands there. */
  addressIn?: string
  confirm: 'never' | 'if_consequences' | 'always' | 'type_name'
  /** What the confirmation says, where there is no plan to show. */
  question?(args: Params, draft: Draft, env: Env): string
  /** The word to type for `type_name`. */
  typed?(args: Params): string
  request?(args: Params, draft: Draft, digest: string | undefined): Call<T>
  /** The screen as it will be, shown at once and taken back on any failure. Only without a plan. */
  optimistic?(screen: Screen, args: Params): Screen
  then(reply: T, args: Params, draft: Draft, env: Env): Effect[]
  undo?(reply: T, args: Params, env: Env): ActionRef
  changes: Tag[]
}

/** What a host does after an action. One effect runner in each host, exhaustive. */
export type Effect =
  | { do: 'open' | 'replace'; to: Link; keepDraft?: boolean }
  | { do: 'back'; to?: ScreenId }
  | { do: 'home' }
  | { do: 'refresh'; tags: Tag[] }
  | { do: 'draft'; values: Record<string, string | string[]> }
  /** From now on these rows are chosen on the nearest screen of that id. */
  | { do: 'select'; on: ScreenId; ids: string[] }
  | { do: 'notify'; tone: Tone; text: string; undo?: ActionRef }
  | { do: 'issues'; issues: Issue[] }
  | { do: 'plan'; plan: Plan; digest: string }
  | { do: 'conflict'; theirs: unknown }
  | { do: 'failure'; failure: Failure }
  | { do: 'download'; ticket: Call<{ url: string | null; expiresAt: Instant | null }> }
  | { do: 'link'; url: string }
  | { do: 'compose'; to: string[]; subject: string; html: string }
  | { do: 'copy'; text: string }
  | { do: 'signIn' }
  /** Forgets who is here and everything that was read or typed. */
  | { do: 'signOut' }
