import { makeStyles } from '@fluentui/react-components'
import { useEffect, useId, useRef, useState } from 'react'
import { Blocks } from '../blocks/draw'
import { usePane } from '../blocks/pane'
import type { Ask } from './state'
import { Labelled, TextBox } from '../blocks/parts/inputs'
import { tokens } from '../blocks/parts/tokens'
import { Button } from '../blocks/parts/button'

const useStyles = makeStyles({
  dialog: {
    boxSizing: 'border-box', width: 'min(440px, calc(100vw - 24px))', maxHeight: 'calc(100vh - 24px)', padding: 0, border: `1px solid ${tokens.colorTransparentStroke}`, borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1, color: tokens.colorNeutralForeground1, boxShadow: tokens.shadow64, fontFamily: tokens.fontFamilyBase, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300,
    '::backdrop': { backgroundColor: 'rgba(0, 0, 0, .4)' },
  },
  inside: { display: 'grid', gap: '16px', padding: '20px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  ways: { display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', gap: '8px' },
})

/** A question over the screen. The browser's own dialog keeps the focus inside and gives it back. */
export const AskDialog = ({ ask }: { ask: Ask }) => {
  const styles = useStyles()
  const { t } = usePane()
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const [typed, setTyped] = useState('')
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    // Old web views know the element without its methods.
    if (typeof element?.showModal === 'function') element.showModal()
    else element?.setAttribute('open', '')
    element?.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  const matches = ask.typed === undefined || typed.trim() === ask.typed
  return (
    <dialog
      ref={dialog} className={styles.dialog} aria-labelledby={titleId}
      onCancel={(event) => { event.preventDefault(); ask.dismiss() }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        event.preventDefault()
        ask.dismiss()
      }}
    >
      <form className={styles.inside} noValidate onSubmit={(event) => { event.preventDefault(); if (matches && !ask.refused) ask.accept() }}>
        <h2 id={titleId} className={styles.title}>{ask.title}</h2>
        <Blocks blocks={ask.blocks} />
        {ask.typed !== undefined && <Labelled label={t('common.type_to_confirm', { word: ask.typed })}>{(described) => <TextBox {...described} value={typed} autoComplete="off" spellCheck={false} data-first="" onChange={(event) => setTyped(event.target.value)} />}</Labelled>}
        <div className={styles.ways}>
          <Button type="button" data-first={ask.typed === undefined ? '' : undefined} onClick={ask.dismiss}>{ask.cancel}</Button>
          {!ask.refused && <Button type="submit" appearance={ask.tone} aria-disabled={!matches || undefined}>{ask.confirm}</Button>}
        </div>
      </form>
    </dialog>
  )
}
