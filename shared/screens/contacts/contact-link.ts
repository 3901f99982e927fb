import type { Contact } from '../../workspaces/workspaces.model'
import type { Link } from '../vocabulary'

/** Where a contact is shown: its workspace says among whom it can be assigned. */
export const contactLink = (contact: Pick<Contact, 'id' | 'workspaceId'>): Link => ({ screen: 'contact', params: { contactId: contact.id, workspaceId: contact.workspaceId } })
