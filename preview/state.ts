/** What the preview shows; all of it stands in the address, so that a view can be linked to and photographed. */
export type State = {
  person: string
  mail: string
  host: 'outlook' | 'gmail'
  theme: 'light' | 'dark'
  lang: 'en' | 'fr' | 'es'
  width: number
}

export const HOSTS = ['outlook', 'gmail'] as const
export const THEMES = ['light', 'dark'] as const
export const LANGUAGES = ['en', 'fr', 'es'] as const
export const WIDTHS = [320, 360, 450] as const

const pick = <const T extends readonly string[]>(options: T, value: string | null, fallback: T[number]): T[number] => options.find((option) => option === value) ?? fallback

/** Reads the address; what it lacks has a default. */
export const readState = (search: string): State => {
  const params = new URLSearchParams(search)
  return {
    person: params.get('person') ?? 'owner@acme.example',
    mail: params.get('mail') ?? '',
    host: pick(HOSTS, params.get('host'), 'outlook'),
    theme: pick(THEMES, params.get('theme'), 'light'),
    lang: pick(LANGUAGES, params.get('lang'), 'en'),
    width: Math.min(900, Math.max(280, Number(params.get('width') ?? 360) || 360)),
  }
}

/** The address of a state. */
export const addressOf = (state: State): string => `?${new URLSearchParams({ ...state, width: String(state.width) }).toString()}`

const LAST_PERSON = 'orgdesk-preview-person'

/** Another mailbox is another person's browser: what add-ins kept in this one is not for them. */
export const sitDownAs = (person: string, { sessionStorage, localStorage }: Window): void => {
  if (sessionStorage.getItem(LAST_PERSON) === person) return
  sessionStorage.clear()
  localStorage.clear()
  sessionStorage.setItem(LAST_PERSON, person)
}
