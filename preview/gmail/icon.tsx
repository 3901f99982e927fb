import {
  ArrowUploadRegular, BriefcaseRegular, ChevronRightRegular, ChevronUpDownRegular, CheckmarkCircleRegular, CopyRegular, DocumentRegular, ErrorCircleRegular, GlobeRegular, HistoryRegular, InfoRegular, LockClosedRegular,
  MailRegular, MoreVerticalRegular, PeopleRegular, PersonRegular, ReceiptRegular, RibbonRegular, SettingsRegular, ShieldPersonRegular, WarningRegular, ArrowEnterRegular,
  type FluentIcon,
} from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import type { Icon } from '../../gmail-addon/cards/card'

/** Google's icons by name, drawn with the nearest ones at hand. */
const DRAWN: Record<string, FluentIcon> = {
  person: PersonRegular, workspace_premium: RibbonRegular, mail: MailRegular, language: GlobeRegular, history: HistoryRegular, lock: LockClosedRegular, login: ArrowEnterRegular,
  settings: SettingsRegular, workspaces: BriefcaseRegular, contacts: PeopleRegular, admin_panel_settings: ShieldPersonRegular, upload_file: ArrowUploadRegular, receipt_long: ReceiptRegular,
  warning: WarningRegular, error: ErrorCircleRegular, info: InfoRegular, check_circle: CheckmarkCircleRegular, chevron_right: ChevronRightRegular, more_vert: MoreVerticalRegular, unfold_more: ChevronUpDownRegular,
  content_copy: CopyRegular, description: DocumentRegular,
}

/** An icon of a card; one without a drawing shows its name, so that it is noticed. */
export function CardIcon({ icon }: { icon: Icon }): ReactElement {
  if (icon.iconUrl) return <img className="g-icon" src={icon.iconUrl} alt={icon.altText ?? ''} />
  const name = icon.materialIcon?.name ?? icon.knownIcon ?? ''
  const Drawing = DRAWN[name]
  return <span className="g-icon" role={icon.altText ? 'img' : undefined} aria-label={icon.altText}>{Drawing ? <Drawing aria-hidden fontSize={24} /> : name}</span>
}
