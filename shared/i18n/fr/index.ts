import type { Catalog } from '../translate'
import { activation } from './activation'
import { billing } from './billing'
import { card } from './card'
import { common } from './common'
import { domains } from './domains'
import { errors } from './errors'
import { home } from './home'
import { imports } from './imports'
import { issues } from './issues'
import { licenses } from './licenses'
import { logs } from './logs'
import { mail } from './mail'
import { me } from './me'
import { organization } from './organization'
import { pane } from './pane'
import { plans } from './plans'
import { roles } from './roles'
import { screens } from './screens'
import { users } from './users'
import { workspaces } from './workspaces'

/** All phrases in French. */
export const fr: Catalog = {
  ...common,
  ...card,
  ...errors,
  ...issues,
  ...users,
  ...licenses,
  ...activation,
  ...domains,
  ...logs,
  ...workspaces,
  ...roles,
  ...billing,
  ...imports,
  ...mail,
  ...organization,
  ...pane,
  ...plans,
  ...home,
  ...me,
  ...screens,
}
