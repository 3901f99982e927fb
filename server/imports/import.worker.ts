import { parentPort } from 'node:worker_threads'
import { failure } from '../../shared/errors'
import { openSession, type ImportSession } from './session'
import type { Asked, Told } from './thread'

/** The thread that reads one file and plans it, so that requests never wait for a list of people. */
let session: ImportSession | null = null

async function answer(asked: Asked): Promise<Told> {
  if (asked.do === 'open') {
    const opened = await openSession(asked.bytes)
    if (!opened.ok) return { is: 'failed', failure: opened.failure }
    session = opened.value
    return { is: 'opened', facts: session.facts }
  }
  if (session === null) return { is: 'failed', failure: failure('file.unreadable') }
  if (asked.do === 'preview') return { is: 'preview', preview: session.preview(asked.data, asked.options, asked.view) }
  return { is: 'page', rows: session.page(asked.from, asked.count) }
}

parentPort?.on('message', async (asked: Asked) => parentPort?.postMessage(await answer(asked), []))
