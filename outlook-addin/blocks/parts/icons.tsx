import type { Icon } from '../../../shared/screens/vocabulary'

/** Drawings that the pane itself needs besides those that screens name. */
export type Glyph = Icon | 'back' | 'more' | 'chevron' | 'search' | 'filter' | 'close' | 'check' | 'copy' | 'file' | 'upload' | 'info' | 'danger' | 'up' | 'down' | 'home' | 'people' | 'external'

const PATHS: Record<Glyph, string> = {
  user: 'M10 9.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM4 16.5c0-2.8 2.6-4.5 6-4.5s6 1.7 6 4.5',
  people: 'M7.5 9a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5ZM2.5 16c0-2.4 2.1-4 5-4s5 1.6 5 4M13 9a2.25 2.25 0 1 0 0-4.5M14 11.7c2.1.3 3.5 1.7 3.5 3.8',
  license: 'M10 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM7.5 11l-1.5 6 4-2 4 2-1.5-6',
  mail: 'M3 5.5h14v9.5H3zM3 6l7 5 7-5',
  domain: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM3 10h14M10 3c2.5 2.5 2.5 11.5 0 14M10 3c-2.5 2.5-2.5 11.5 0 14',
  log: 'M5 3.5h10v13H5zM7.5 7h5M7.5 10h5M7.5 13h3',
  message: 'M3.5 4.5h13v9h-7l-3.5 3v-3h-2.5z',
  signIn: 'M11 4h5v12h-5M3.5 10h8.5M9 7l3 3-3 3',
  settings: 'M10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM10 3v2M10 15v2M3 10h2M15 10h2M5 5l1.5 1.5M13.5 13.5 15 15M15 5l-1.5 1.5M6.5 13.5 5 15',
  workspace: 'M3 5.5h5l1.5 2H17v8H3z',
  contact: 'M4 3.5h11v13H4zM9.5 9.5a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5ZM6.5 13.5c0-1.3 1.3-2 3-2s3 .7 3 2M17 6v2M17 11v2',
  role: 'M10 3l6 2v4.5c0 3.5-2.5 6-6 7.5-3.5-1.5-6-4-6-7.5V5zM7.5 10l2 2 3.5-3.5',
  import: 'M10 3v8.5M6.5 8.5 10 12l3.5-3.5M4 13v3.5h12V13',
  billing: 'M3 5h14v10H3zM3 8.5h14M6 12h3',
  warning: 'M10 3.5 17 16H3zM10 8v4M10 14v.3',
  danger: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6.5v4.5M10 13.2v.3',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 9v4.5M10 6.5v.3',
  back: 'M16 10H4M9 5l-5 5 5 5',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  chevron: 'M8 5l5 5-5 5',
  search: 'M9 14A5 5 0 1 0 9 4a5 5 0 0 0 0 10ZM12.7 12.7 17 17',
  filter: 'M3 5.5h14M6 10h8M8.5 14.5h3',
  close: 'M5 5l10 10M15 5 5 15',
  check: 'M4 10.5 8 14.5l8-8.5',
  copy: 'M7 6.5h9v10H7zM4 13V3.5h8.5',
  file: 'M5 3h6l4 4v10H5zM11 3v4h4',
  upload: 'M10 13V4.5M6.5 8 10 4.5 13.5 8M4 13v3.5h12V13',
  up: 'M10 16V4M5.5 8.5 10 4l4.5 4.5',
  down: 'M10 4v12M5.5 11.5 10 16l4.5-4.5',
  home: 'M3.5 9.5 10 4l6.5 5.5M5.5 8v8.5h9V8',
  external: 'M8 4H4v12h12v-4M11 4h5v5M16 4l-7.5 7.5',
}

/** One drawing in the colour of the text around it; decoration only, so it is hidden from screen readers. `size` in px. */
export const Drawing = ({ glyph, size = 20, className }: { glyph: Glyph; size?: number; className?: string }) => (
  <svg viewBox="0 0 20 20" width={size} height={size} className={className} aria-hidden="true" focusable="false" fill="none" stroke="currentColor" strokeWidth={glyph === 'more' ? 2.5 : 1.4} strokeLinecap="round" strokeLinejoin="round">
    <path d={PATHS[glyph]} />
  </svg>
)
