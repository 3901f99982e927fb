import { TAGS, type Topic } from '../../shared/screens/vocabulary'
import { openNotices, type NoticesOptions } from '../store/notices'
import type { ChangeNotice, Streams } from './stream'

const write = ({ organizationId, topics }: ChangeNotice): string => [organizationId, ...topics].join(' ')

const read = (text: string): ChangeNotice => {
  const [organizationId = '', ...words] = text.split(' ')
  // A newer server may know topics that this one does not.
  return { organizationId, topics: words.flatMap((word): Topic[] => TAGS.filter((tag) => tag === word)) }
}

/** `publish` reaches the viewers of every server. */
export type SharedStreams = { publish: Streams['publish']; stop: () => Promise<void> }

/** Streams that also hear of what other servers on the same database change, and tell them of what this one does. */
export function shareStreams(streams: Streams, options: Omit<NoticesOptions, 'heard' | 'missed'>): SharedStreams {
  const notices = openNotices({ ...options, heard: (text) => streams.publish(read(text)), missed: () => streams.publishAll(TAGS) })
  return {
    publish: (notice) => {
      streams.publish(notice)
      notices.tell(write(notice))
    },
    stop: notices.stop,
  }
}
