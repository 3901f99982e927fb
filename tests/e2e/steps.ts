import { readFile } from 'node:fs/promises'
import type { Client } from './pane'

/** What a person does in several clicks, the same way in both hosts. */
export type Steps = {
  /** From home to a place, by the words of each link on the way. */
  go(...places: string[]): Promise<void>
  /** The button of a dialog, or of the card that takes its place. */
  confirm(label: string): Promise<void>
  /** Narrows a list by a filter that is typed. */
  narrow(label: string, text: string): Promise<void>
  /** Narrows a list by a filter that is chosen. */
  narrowTo(label: string, option: string): Promise<void>
  /** Puts the filters away, where they stay open. */
  closeFilters(): Promise<void>
  /** The bytes of a file that the screen's own actions lead to. */
  exported(label: string): Promise<Buffer>
}

/** The steps of one client. */
export const stepsOf = (client: Client): Steps => {
  const { pane } = client
  const isOutlook = () => client.view.host === 'outlook'
  const openFilters = async () => {
    const from = pane.getByLabel(client.t('common.from'), { exact: true })
    if (await from.isVisible()) return
    if (isOutlook()) await pane.locator('search button[aria-expanded]').click()
    else await pane.locator('section').filter({ hasText: client.t('common.filters') }).locator('.g-more').first().click()
    await from.waitFor()
  }
  const search = async () => {
    if (!isOutlook()) await pane.getByRole('button', { name: client.t('common.search'), exact: true }).click()
    await client.rest()
  }
  return {
    go: async (...places) => {
      await client.home()
      for (const place of places) {
        await client.click(place)
        await client.rest()
      }
    },
    confirm: async (label) => {
      await pane.getByRole('button', { name: label, exact: true }).last().click()
      await client.rest()
    },
    narrow: async (label, text) => {
      await openFilters()
      await pane.getByLabel(label, { exact: true }).fill(text)
      await search()
    },
    narrowTo: async (label, option) => {
      await openFilters()
      await client.choose(label, option)
      await search()
    },
    closeFilters: async () => {
      if (isOutlook()) await pane.getByRole('group', { name: client.t('common.filters') }).getByRole('button', { name: client.t('common.done') }).click()
    },
    exported: async (label) => {
      if (isOutlook()) await pane.getByRole('button', { name: client.t('common.menu') }).click()
      return readFile(await client.download(label))
    },
  }
}
