import { makeStyles } from '@fluentui/react-components'
import type { Translate } from '../../shared/i18n/translate'
import { tokens } from '../blocks/parts/tokens'
import { Button } from '../blocks/parts/button'

const useStyles = makeStyles({
  broken: { display: 'grid', gap: '12px', justifyItems: 'center', padding: '32px 16px', textAlign: 'center' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400 },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
})

/** A pane that can't go on, and the ways out of it. */
export const Broken = ({ t, reload, signIn }: { t: Translate; reload(): void; signIn?(): void }) => {
  const styles = useStyles()
  return (
    <main className={styles.broken} role="alert">
      <h1 className={styles.title}>{t('pane.broken_title')}</h1>
      <p className={styles.text}>{t('pane.broken_text')}</p>
      <Button appearance="primary" onClick={reload}>{t('pane.reload')}</Button>
      {signIn && <Button onClick={signIn}>{t('common.sign_in_again')}</Button>}
    </main>
  )
}
