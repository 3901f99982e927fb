import { createElement } from 'react'
import { createRoot } from 'react-dom/client'

const ROWS = 50

/** The least that a page with React can be: it asks for people and lists them. The floor of the pane's benchmark. */
const show = async (): Promise<void> => {
  const reply: { items: { id: string; firstName: string; lastName: string }[] } = await (await fetch('/v1/users')).json()
  const rows = reply.items.slice(0, ROWS).map(({ id, firstName, lastName }) => createElement('li', { key: id }, `${firstName} ${lastName}`))
  createRoot(document.body.appendChild(document.createElement('div'))).render(createElement('ul', null, rows))
}

void show()
