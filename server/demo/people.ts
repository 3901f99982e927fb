import type { BuiltInRole } from '../../shared/access/roles'

/** One of the people whom the demo names; `key` is what their mails and messages are told by. */
export type DemoPerson = { email: string; firstName: string; lastName: string; organization: 'acme' | 'globex'; role: BuiltInRole; plan: string | null }

/** Who can be chosen at sign-in. Any other address can be typed, too. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { email: 'owner@acme.example', firstName: 'Olive', lastName: 'Owens', organization: 'acme', role: 'org_admin', plan: 'pro' },
  { email: 'billing@acme.example', firstName: 'Bilal', lastName: 'Benali', organization: 'acme', role: 'billing_admin', plan: 'eco' },
  { email: 'people@acme.example', firstName: 'Paula', lastName: 'Prieto', organization: 'acme', role: 'user_admin', plan: 'advanced' },
  { email: 'maria@acme.example', firstName: 'Maria', lastName: 'Marceau', organization: 'acme', role: 'member', plan: null },
  { email: 'owner@globex.example', firstName: 'Gus', lastName: 'Grant', organization: 'globex', role: 'org_admin', plan: 'pro' },
]

/** The person's name for reading; the address where none is known. */
export function demoNameOf(email: string): string {
  const person = DEMO_PEOPLE.find((one) => one.email === email)
  return person === undefined ? email : `${person.firstName} ${person.lastName}`
}

/** Somebody who was invited and has not come yet. */
export const INVITED_EMAIL = 'nina@acme.example'
