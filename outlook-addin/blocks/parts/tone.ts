import type { Tone } from '../../../shared/screens/vocabulary'
import { tokens } from './tokens'

/** Colours of a tone, from the theme: `ink` is readable on `paper` in every theme. */
export const TONES: Record<Tone, { ink: string; paper: string; edge: string; strong: string }> = {
  neutral: { ink: tokens.colorNeutralForeground2, paper: tokens.colorNeutralBackground3, edge: tokens.colorNeutralStroke2, strong: tokens.colorNeutralForeground3 },
  info: { ink: tokens.colorBrandForeground2, paper: tokens.colorBrandBackground2, edge: tokens.colorBrandStroke2, strong: tokens.colorBrandBackground },
  success: { ink: tokens.colorStatusSuccessForeground1, paper: tokens.colorStatusSuccessBackground1, edge: tokens.colorStatusSuccessBorder1, strong: tokens.colorStatusSuccessBackground3 },
  warning: { ink: tokens.colorStatusWarningForeground1, paper: tokens.colorStatusWarningBackground1, edge: tokens.colorStatusWarningBorder1, strong: tokens.colorStatusWarningBackground3 },
  danger: { ink: tokens.colorStatusDangerForeground1, paper: tokens.colorStatusDangerBackground1, edge: tokens.colorStatusDangerBorder1, strong: tokens.colorStatusDangerBackground3 },
}
