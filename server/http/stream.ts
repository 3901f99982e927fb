import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Permission } from '../../shared/access/permissions'
import type { Topic } from '../../shared/screens/vocabulary'
import type { Viewer } from '../identity/viewer'
import { corsHeaders } from './cors'

/** That something of an organization changed: which nouns, never what. */
export type ChangeNotice = { organizationId: string; topics: readonly Topic[] }

/** The open streams of this process. */
export type Streams = {
  /** Tells the viewers of the organization, each what they may see. */
  publish(notice: ChangeNotice): void
  /** Tells the viewers of every organization: what changed was not heard. */
  publishAll(topics: readonly Topic[]): void
  /** Keeps a connection until it closes. `refresh` looks the viewer up anew: null ends the stream. */
  add(response: ServerResponse, viewer: Viewer, refresh: () => Promise<Viewer | null>): void
  close(): void
  count(): number
}

type OpenStream = { organizationId: string; response: ServerResponse; refresh: () => Promise<Viewer | null> }

const HEARTBEAT_MS = 25_000

/** Topics that need a permission; whoever may enter hears of the others, which may be about themselves. */
const NEEDED: Partial<Record<Topic, readonly Permission[]>> = {
  users: ['users.view'],
  licenses: ['licenses.view'],
  domains: ['domains.view'],
  workspaces: ['workspaces.view'],
  roles: ['users.view', 'roles.manage', 'roles.assign'],
  imports: ['users.manage_members', 'users.manage_all'],
  orders: ['billing.view', 'subscription.manage'],
  organization: ['organization.view'],
  identity_links: ['settings.manage', 'organization.manage'],
}

/** The topics among these that the viewer may hear of. */
export const topicsFor = (viewer: Viewer, topics: readonly Topic[]): Topic[] =>
  topics.filter((topic) => NEEDED[topic]?.some((permission) => viewer.permissions.includes(permission)) ?? true)

/** Keeps the connections and their pulse, by which readers and proxies know them alive. */
export function createStreams(): Streams {
  const open = new Set<OpenStream>()
  const tell = async (stream: OpenStream, topics: readonly Topic[]): Promise<void> => {
    // Looked up for every notice: who was suspended a moment ago hears no more.
    const viewer = await stream.refresh().catch(() => null)
    if (viewer === null) return void stream.response.end()
    const readable = topicsFor(viewer, topics)
    if (topics.length === 0) stream.response.write(': alive\n\n')
    if (readable.length > 0) stream.response.write(`event: changed\ndata: ${JSON.stringify({ topics: readable })}\n\n`)
  }
  const pulse = setInterval(() => {
    for (const stream of open) void tell(stream, [])
  }, HEARTBEAT_MS)
  pulse.unref()
  return {
    publish: ({ organizationId, topics }) => {
      for (const stream of open) if (stream.organizationId === organizationId) void tell(stream, topics)
    },
    publishAll: (topics) => {
      for (const stream of open) void tell(stream, topics)
    },
    add: (response, viewer, refresh) => {
      const stream: OpenStream = { organizationId: viewer.organizationId, response, refresh }
      open.add(stream)
      response.on('close', () => open.delete(stream))
    },
    close: () => {
      clearInterval(pulse)
      // Whoever does not read on would hold the connection, and the stopping server, for seconds.
      for (const { response } of open) response.end(() => response.socket?.destroy())
      open.clear()
    },
    count: () => open.size,
  }
}

/** Answers `GET /v1/stream`: the connection is taken out of the framework's hands and kept. */
export function openStream(request: FastifyRequest, reply: FastifyReply, streams: Streams, who: { viewer: Viewer; refresh: () => Promise<Viewer | null> }, corsOrigins: readonly string[]): FastifyReply {
  reply.hijack()
  reply.raw.writeHead(200, {
    ...corsHeaders(request.headers.origin, corsOrigins),
    'content-type': 'text/event-stream; charset=utf-8',
    // Nothing follows a stream on its connection: kept alive, it would hold up a server that stops.
    connection: 'close',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
    'x-request-id': request.id,
  })
  reply.raw.write(': open\n\n')
  streams.add(reply.raw, who.viewer, who.refresh)
  return reply
}
