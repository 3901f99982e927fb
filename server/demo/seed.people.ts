import type { BuiltInRole } from '../../shared/access/roles'
import type { PlainRow } from '../store/bulk'
import type { DemoPerson } from './people'
import { below, pick, type Random } from './seed.random'

/** A user of the demo before it is a row. */
export type SeedUser = {
  id: string
  email: string
  firstName: string
  lastName: string
  role: BuiltInRole
  status: 'pending' | 'active' | 'suspended'
  language: 'en' | 'fr' | 'es'
  plan: string | null
  createdAt: Date
  lastActiveAt: Date | null
}

const FIRST_NAMES = ['Alma', 'Aïcha', 'Ben', 'Camille', 'Chloé', 'Diego', 'Elif', 'Émile', 'Fatou', 'Grace', 'Hugo', 'Inés', 'Ivan', 'Jürgen', 'Kofi', 'Léa', 'Lucía', 'Mateo', 'Mei', 'Nadia', 'Noah', 'Olga', 'Pablo', 'Quentin', 'Rosa', 'Søren', 'Tariq', 'Ursula', 'Víctor', 'Wanda', 'Xavier', 'Yuki', 'Zoë'] as const
const LAST_NAMES = ['Abadie', 'Bernard', 'Castillo', 'Dubois', 'Eriksen', 'Fernández', 'García', 'Hoffmann', 'Ibáñez', 'Jansen', 'Keller', 'Lefèvre', 'Moreau', 'Núñez', 'O’Connor', 'Petit', 'Quiroga', 'Rousseau', 'Sánchez', 'Takahashi', 'Ünal', 'Vidal', 'Weber', 'Yılmaz', 'Zhang'] as const
const LANGUAGES = ['en', 'en', 'fr', 'es'] as const
const PLANS = ['eco', 'eco', 'advanced', 'pro'] as const
const DAY_MS = 86_400_000

/** The named people of an organization, who have all signed in before. */
export function namedUsers(people: readonly DemoPerson[], now: Date, newId: (at: Date) => string): SeedUser[] {
  const createdAt = new Date(now.getTime() - 300 * DAY_MS)
  return people.map(({ email, firstName, lastName, role, plan }) => ({ id: newId(createdAt), email, firstName, lastName, role, plan, status: 'active', language: 'en', createdAt, lastActiveAt: new Date(now.getTime() - DAY_MS) }))
}

/** `count` more people of a domain: most active, some waiting for their invitation, a few suspended. */
export function manyUsers(count: number, domain: string, now: Date, random: Random, newId: (at: Date) => string): SeedUser[] {
  return Array.from({ length: count }, (_, index) => oneUser(index, domain, now, random, newId))
}

function oneUser(index: number, domain: string, now: Date, random: Random, newId: (at: Date) => string): SeedUser {
  const firstName = pick(random, FIRST_NAMES)
  const lastName = pick(random, LAST_NAMES)
  const createdAt = new Date(now.getTime() - (1 + below(random, 280)) * DAY_MS - below(random, DAY_MS))
  const status = statusOf(random())
  const isUsed = status !== 'pending' && random() < 0.9
  return {
    id: newId(createdAt),
    email: `${plain(firstName)}.${plain(lastName)}${index + 1}@${domain}`,
    firstName,
    lastName,
    role: 'member',
    status,
    language: pick(random, LANGUAGES),
    plan: random() < 0.75 ? pick(random, PLANS) : null,
    createdAt,
    lastActiveAt: isUsed ? new Date(createdAt.getTime() + random() * (now.getTime() - createdAt.getTime())) : null,
  }
}

const statusOf = (n: number): SeedUser['status'] => (n < 0.08 ? 'pending' : n < 0.11 ? 'suspended' : 'active')

/** A name as it stands in an address: Latin letters only. */
const plain = (name: string): string => name.normalize('NFD').replace(/ø/g, 'o').replace(/ı/g, 'i').replace(/[^A-Za-z]/g, '').toLowerCase()

/** The rows of `users`. */
export const userRows = (organizationId: string, users: readonly SeedUser[]): PlainRow[] => users.map((user) => ({
  organization_id: organizationId, id: user.id, email: user.email, email_key: user.email, domain: user.email.split('@')[1], first_name: user.firstName, last_name: user.lastName,
  role: user.role, status: user.status, previous_status: user.status === 'suspended' ? 'active' : null, language: user.language,
  time_zone: user.language === 'fr' ? 'Europe/Paris' : user.language === 'es' ? 'Europe/Madrid' : '',
  mobile: '', sms_country: '', second_factor: false, protected_replies: false, version: 1,
  created_at: user.createdAt, activated_at: user.status === 'pending' ? null : user.createdAt, last_active_at: user.lastActiveAt,
}))

/** The rows of `licenses`. */
export const licenseRows = (organizationId: string, users: readonly SeedUser[]): PlainRow[] => users.filter(({ plan }) => plan !== null).map((user) => {
  const isActive = user.status === 'active' && user.lastActiveAt !== null
  return { organization_id: organizationId, user_id: user.id, plan: user.plan, state: isActive ? 'active' : 'assigned', assigned_at: user.createdAt, activated_at: isActive ? user.createdAt : null }
})
