import { useState, type ReactElement } from 'react'
import type { Button, Card, DecoratedText, FixedFooter, Section, Widget } from '../../gmail-addon/cards/card'
import { CardIcon } from './icon'
import { CardDate, CardSelection, CardSwitch, CardTextInput } from './inputs'
import type { Surface } from './surface'
import { CardText } from './text'

function CardButton({ button, surface }: { button: Button; surface: Surface }): ReactElement {
  if (button.icon) return <button type="button" className="g-button" aria-label={button.altText} onClick={() => surface.click(button.onClick)}><CardIcon icon={button.icon} /></button>
  // A button's color fills it in Gmail, too, whatever its type.
  const fill = button.color === undefined ? undefined : { background: `rgb(${[button.color.red, button.color.green, button.color.blue].map((part) => Math.round((part ?? 0) * 255)).join(' ')})`, color: '#fff' }
  return <button type="button" style={fill} className={`g-button ${button.type === 'FILLED' ? 'g-filled' : ''}`} disabled={button.disabled} onClick={() => surface.click(button.onClick)}>{button.text}</button>
}

function CardDecorated({ widget, surface }: { widget: DecoratedText; surface: Surface }): ReactElement {
  const words = (
    <span className="g-words">
      {widget.topLabel && <small><CardText html={widget.topLabel} /></small>}
      <span className={widget.wrapText ? 'g-wrap' : 'g-cut'}><CardText html={widget.text} /></span>
      {widget.bottomLabel && <small><CardText html={widget.bottomLabel} /></small>}
    </span>
  )
  const { onClick } = widget
  return (
    <div className="g-line">
      {widget.startIcon && <CardIcon icon={widget.startIcon} />}
      {onClick ? <button type="button" className="g-open" onClick={() => surface.click(onClick)}>{words}</button> : words}
      {widget.button && <CardButton button={widget.button} surface={surface} />}
      {widget.switchControl && <CardSwitch widget={widget.switchControl} surface={surface} />}
      {widget.endIcon && <CardIcon icon={widget.endIcon} />}
    </div>
  )
}

function CardWidget({ widget, surface }: { widget: Widget; surface: Surface }): ReactElement | null {
  if (widget.textParagraph) return <p className="g-text"><CardText html={widget.textParagraph.text} /></p>
  if (widget.decoratedText) return <CardDecorated widget={widget.decoratedText} surface={surface} />
  if (widget.buttonList) return <div className="g-buttons">{widget.buttonList.buttons.map((button, i) => <CardButton key={i} button={button} surface={surface} />)}</div>
  if (widget.textInput) return <CardTextInput widget={widget.textInput} surface={surface} />
  if (widget.selectionInput) return <CardSelection widget={widget.selectionInput} surface={surface} />
  if (widget.dateTimePicker) return <CardDate widget={widget.dateTimePicker} surface={surface} />
  if (widget.image) return <img className="g-image" src={widget.image.imageUrl} alt={widget.image.altText} />
  if (widget.divider) return <hr />
  if (widget.columns) return <div className="g-columns">{widget.columns.columnItems.map((column, i) => <div key={i}>{column.widgets.map((inner, j) => <CardWidget key={j} widget={inner as Widget} surface={surface} />)}</div>)}</div>
  if (widget.grid) return <ul className="g-grid">{widget.grid.items.map((item) => <li key={item.id}>{item.title}<small>{item.subtitle}</small></li>)}</ul>
  return null
}

function CardSection({ section, surface }: { section: Section; surface: Surface }): ReactElement {
  const [open, setOpen] = useState(false)
  const always = section.collapsible ? (section.uncollapsibleWidgetsCount ?? 0) : section.widgets.length
  const shown = open ? section.widgets : section.widgets.slice(0, always)
  return (
    <section className="g-section">
      {section.header && <h2><CardText html={section.header} /></h2>}
      {shown.map((widget, i) => <CardWidget key={i} widget={widget} surface={surface} />)}
      {always < section.widgets.length && <button type="button" className="g-more" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? '▲' : `▼ ${section.widgets.length - always}`}</button>}
    </section>
  )
}

function Footer({ footer, surface }: { footer: FixedFooter; surface: Surface }): ReactElement {
  return (
    <footer className="g-footer">
      {footer.secondaryButton && <CardButton button={footer.secondaryButton} surface={surface} />}
      <CardButton button={{ ...footer.primaryButton, type: 'FILLED' as const }} surface={surface} />
    </footer>
  )
}

/** One card as Gmail draws it in its sidebar. */
export function DrawnCard({ card, surface }: { card: Card; surface: Surface }): ReactElement {
  return (
    <div className="g-card">
      {card.header && <header className="g-header">{card.header.imageUrl && <img src={card.header.imageUrl} alt="" />}<div><h1>{card.header.title}</h1>{card.header.subtitle && <small>{card.header.subtitle}</small>}</div></header>}
      {(card.cardActions?.length ?? 0) > 0 && <nav className="g-actions">{card.cardActions?.map((entry) => <button type="button" key={entry.actionLabel} onClick={() => surface.click(entry.onClick)}>{entry.actionLabel}</button>)}</nav>}
      <div className="g-body">{card.sections.map((section, i) => <CardSection key={i} section={section} surface={surface} />)}</div>
      {card.fixedFooter && <Footer footer={card.fixedFooter} surface={surface} />}
    </div>
  )
}
