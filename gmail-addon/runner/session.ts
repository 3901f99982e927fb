import type { Me } from '../../shared/access/me.model'
import { localeOf } from '../../shared/kit/locale'
import type { MailContext } from '../../shared/mail/mail.model'
import { screenKey } from '../../shared/screens/lifecycle'
import type { Env, Link } from '../../shared/screens/vocabulary'
import type { Config } from '../config'
import type { Host, HostEvent } from '../host/host'
import type { Sender } from '../send'
import { createMemory, type Memory } from './memory'
import { translateFor } from './words'

/** One execution: what happened, what is open, what is remembered. */
export type Session = { host: Host; config: Config; event: HostEvent; mail: MailContext | null; memory: Memory; sender: Sender }

/** Reads the event once; every step of the execution works on this. */
export const startSession = (rawEvent: unknown, host: Host, config: Config): Session => {
  const event = host.readEvent(rawEvent)
  const memory = createMemory(host.cache)
  return { host, config, event, mail: host.openMail(event), memory, sender: { host, event, pasted: memory.pasted } }
}

/** What views may know. The person's own language and time zone count before Gmail's. */
export const envOf = ({ host, config, event, mail }: Session, viewer: Me | null): Env => ({
  viewer,
  mail,
  // Nothing may be bought on mobile; a card has no live stream and no file dialog.
  can: { pageSize: 20, live: false, pickFile: false, select: true, purchase: event.platform !== 'IOS' && event.platform !== 'ANDROID', compose: true, signOut: false },
  t: translateFor(viewer?.user?.languageChosen ? viewer.user.language : localeOf(host.locale(event)), viewer?.user?.timeZone || event.timeZone?.id),
  now: host.now(),
  supportUrl: config.supportUrl,
  origins: config.origins,
})

/** The name under which a screen's draft and replies are remembered. A mail that may be read by now is another than before. */
export const nameOfScreen = (link: Link, session: Session): string => `${screenKey(link, session)} ${session.mail !== null && session.mail.text === null ? 'unread' : ''}`

/** The first card of the stack: the open mail's, or the homepage. */
export const rootLink = (session: Session): Link => ({ screen: session.mail === null ? 'home' : 'mail', params: {} })
