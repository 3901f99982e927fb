import { done, refused, type Handler } from '../../http/handler'
import { describeLink } from './activations.describe'
import type { ActionDeps } from '../deps'

/** `POST /v1/activations/lookup`: describes a link to the bearer of its token. Consumes nothing. */
export const activationsLookup = ({ store }: ActionDeps): Handler<'activations.lookup'> => async ({ body }, { now }) => {
  const link = await describeLink(store, body.token, now)
  if (link === null) return refused('not_found')
  const { code, ...told } = link
  return code === null ? done(told) : refused(code)
}
