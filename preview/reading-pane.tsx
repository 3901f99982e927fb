import type { ReactElement } from 'react'
import type { Mail } from './mailbox'

const people = (list: Mail['to']): string => list.map(({ name, email }) => (name ? `${name} <${email}>` : email)).join(', ')

const dataUrl = ({ mediaType, content }: Mail['attachments'][number]): string => `data:${mediaType};base64,${content}`

/** The open mail. HTML is shown in a sandboxed frame of its own, as mail clients do. */
export function ReadingPane({ mail }: { mail: Mail | null }): ReactElement {
  if (!mail) return <main className="reading soft">Choose a mail from the list.</main>
  return (
    <main className="reading">
      <article>
        <h1>{mail.subject || '(no subject)'}</h1>
        <dl>
          <dt>From</dt><dd>{people([mail.from])}</dd>
          <dt>To</dt><dd>{people(mail.to)}</dd>
          {mail.cc.length > 0 && <><dt>Cc</dt><dd>{people(mail.cc)}</dd></>}
          <dt>Date</dt><dd>{new Date(mail.at).toLocaleString()}</dd>
        </dl>
        {mail.attachments.length > 0 && (
          <ul className="files">
            {mail.attachments.map((file) => <li key={file.id}><a href={dataUrl(file)} download={file.name}>{file.name} · {Math.ceil(file.bytes / 1024)} KB</a></li>)}
          </ul>
        )}
        {mail.html
          ? <iframe title="Mail" sandbox="allow-popups allow-popups-to-escape-sandbox" srcDoc={`<base target="_blank">${mail.html}`} />
          : <pre>{mail.text}</pre>}
      </article>
    </main>
  )
}
