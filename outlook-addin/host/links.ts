/** At most this many links and this much text of a mail are looked at. */
export const MAX_LINKS = 500
export const MAX_TEXT = 200_000

const SAFE_LINKS = /(^|\.)safelinks\.protection\.outlook\.com$/

const toUrl = (address: string | null): URL | null => {
  try {
    const url = new URL(address ?? '')
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : null
  } catch {
    return null
  }
}

/** Microsoft's link scanner hides the address that the mail was sent with in a parameter. */
const unwrapped = (url: URL): URL | null => (SAFE_LINKS.test(url.hostname) ? toUrl(url.searchParams.get('url')) : url)

/** Without styles: the page's policy counts those of a parsed mail as its own, and reports each. */
const unstyled = (html: string): string => html.replace(/<style[\s\S]*?<\/style>/gi, '').replace(/([\s"'])style\s*=/gi, '$1data-style=')

/**
 * The web addresses that an HTML body links to, in order and once each, as they were sent. The
 * parser is the page's inert one: it runs no script and loads no image of the mail.
 */
export const linksOf = (html: string, Parser: typeof DOMParser): string[] => {
  const anchors = [...new Parser().parseFromString(unstyled(html), 'text/html').querySelectorAll('a[href]')].slice(0, MAX_LINKS)
  const urls = anchors.map((a) => toUrl(a.getAttribute('originalsrc')) ?? toUrl(a.getAttribute('href')))
  return [...new Set(urls.flatMap((url) => (url ? unwrapped(url)?.href ?? [] : [])))]
}
