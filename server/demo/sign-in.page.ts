import type { Locale } from '../../shared/kit/locale'
import { escapeHtml } from '../http/docs'
import { DEMO_PEOPLE } from './people'

type Words = { title: string; intro: string; choose: string; other: string; address: string; enter: string }

/** The page belongs to the demo's provider, not to the product: its few words live here. */
const WORDS: Record<Locale, Words> = {
  en: { title: 'Sign in to the demo', intro: 'This provider signs anybody in. It exists in the demo only.', choose: 'Who are you?', other: 'Somebody else', address: 'E-mail address', enter: 'Sign in' },
  fr: { title: 'Se connecter à la démonstration', intro: 'Ce fournisseur connecte n’importe qui. Il n’existe que dans la démonstration.', choose: 'Qui êtes-vous ?', other: 'Quelqu’un d’autre', address: 'Adresse e-mail', enter: 'Se connecter' },
  es: { title: 'Iniciar sesión en la demostración', intro: 'Este proveedor deja entrar a cualquiera. Solo existe en la demostración.', choose: '¿Quién es usted?', other: 'Otra persona', address: 'Correo electrónico', enter: 'Iniciar sesión' },
}

const STYLE = `
  :root { color-scheme: light dark }
  body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 26rem; padding: 1.5rem 1rem }
  h1 { font-size: 1.25rem }
  form { display: grid; gap: .5rem; margin: 0 0 1rem }
  button, input { font: inherit; padding: .6rem .8rem; border: 1px solid #8888; border-radius: 6px; text-align: start }
  button { cursor: pointer }
  button small { display: block; opacity: .7 }`

/** The page on which a person of the demo says who they are. Works without a script. */
export function signInPage(options: { action: string; locale: Locale; hint: string; nonce: string }): string {
  const words = WORDS[options.locale]
  const people = DEMO_PEOPLE.map(({ email, firstName, lastName }) =>
    `<button name="email" value="${escapeHtml(email)}">${escapeHtml(`${firstName} ${lastName}`)}<small>${escapeHtml(email)}</small></button>`).join('\n')
  return `<!doctype html>
<html lang="${options.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${words.title}</title><style nonce="${options.nonce}">${STYLE}</style></head>
<body><main><h1>${words.title}</h1><p>${words.intro}</p>
<h2>${words.choose}</h2>
<form method="post" action="${escapeHtml(options.action)}">
${people}
</form>
<h2>${words.other}</h2>
<form method="post" action="${escapeHtml(options.action)}"><label for="email">${words.address}</label><input id="email" name="email" type="email" required maxlength="254" value="${escapeHtml(options.hint)}" autocomplete="email"><button>${words.enter}</button></form>
</main></body></html>`
}

