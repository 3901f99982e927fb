import { Component, type ReactNode } from 'react'
import type { Translate } from '../../shared/i18n/translate'
import { Broken } from './broken'

type Ways = { t: Translate; reload(): void; signIn(): void }

/** Never a blank pane: a drawing that throws becomes two ways on. React has no function for this. */
export class Boundary extends Component<Ways & { children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override render(): ReactNode {
    const { children, signIn, ...ways } = this.props
    if (!this.state.broken) return children
    return <Broken {...ways} signIn={() => { this.setState({ broken: false }); signIn() }} />
  }
}
