import { createRoot } from 'react-dom/client'
import { App } from './app'
import { createBridge } from './bridge'
import { readState, sitDownAs } from './state'

const first = readState(window.location.search)
sitDownAs(first.person, window)
const owner = createBridge({ state: first, mail: null })
window.orgdeskPreview = owner.bridge

const root = document.getElementById('root')
if (root) createRoot(root).render(<App first={first} owner={owner} />)
