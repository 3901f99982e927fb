import { allowanceSchema, meSchema } from '../access/me.model'
import { contextReplySchema, contextRequestSchema } from '../mail/context.model'
import { endpoint } from './endpoint'

/** The viewer and the open mail: all that a first screen asks for. */
export const viewerContract = {
  'me.get': endpoint({ method: 'GET', path: '/v1/me', who: 'identity', summary: 'The viewer', reply: meSchema, errors: [] }),
  'me.allowance': endpoint({ method: 'GET', path: '/v1/me/allowance', who: 'user', summary: 'What the own license allows', reply: allowanceSchema, errors: [] }),
  'context.read': endpoint({ method: 'POST', path: '/v1/context', who: 'identity', summary: 'All that a card for the open mail needs', body: contextRequestSchema, reply: contextReplySchema, errors: [] }),
} as const
