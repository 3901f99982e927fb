type EventName = 'ItemChanged' | 'OfficeThemeChanged' | 'DialogMessageReceived' | 'DialogEventReceived'

/**
 * The part of office.js that the host uses. Outside Office, and before it is ready, `context` is
 * `{}`: hence every member of it is optional, whatever Microsoft's types say.
 */
export type OfficeSlice = {
  onReady: () => Promise<{ host: Office.HostType | null }>
  EventType: Record<EventName, Office.EventType>
  context: Partial<Pick<Office.Context, 'mailbox' | 'requirements' | 'displayLanguage' | 'officeTheme' | 'platform' | 'partitionKey' | 'ui'>>
}

/** The open item as office.js types it per mode; at run time only `subject` tells them apart. */
export type MailItem = Office.MessageRead | Office.MessageCompose

/** Whether the item is being read rather than written: only then its subject is a text. */
export const isRead = (item: MailItem): item is Office.MessageRead => typeof item.subject !== 'object'

/** Whether this client has a requirement set; false wherever it can't even be asked. */
export const supports = (office: OfficeSlice, version: string, set = 'Mailbox'): boolean => {
  const { requirements } = office.context
  return requirements?.isSetSupported?.(set, version) ?? false
}

const MESSAGE = 'message'

/** The open message, null where there is none or something else (an appointment) is open. */
export const openItem = (office: OfficeSlice): MailItem | null => {
  const item = office.context.mailbox?.item
  return item && String(item.itemType) === MESSAGE ? item : null
}
