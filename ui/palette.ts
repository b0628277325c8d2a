import { makeStyles, tokens } from '@fluentui/react-components'

/** The colours of severity, standing and change as custom properties, so that one component serves every theme. */
export const colour = {
  critical: 'var(--cs-critical)',
  high: 'var(--cs-high)',
  mediumMark: 'var(--cs-medium-mark)',
  mediumBar: 'var(--cs-medium-bar)',
  lowMark: 'var(--cs-low-mark)',
  lowBar: 'var(--cs-low-bar)',
  passed: 'var(--cs-passed)',
  good: 'var(--cs-good)',
  bad: 'var(--cs-bad)',
  waiting: 'var(--cs-waiting)',
} as const

/** Dark takes its own hexes: Fluent's red is paler there than its orange, so Critical would look milder than High. */
export const usePalette = makeStyles({
  light: {
    '--cs-critical': tokens.colorStatusDangerForeground1,
    '--cs-high': tokens.colorPaletteDarkOrangeBackground3,
    '--cs-medium-mark': tokens.colorPaletteMarigoldForeground2,
    '--cs-medium-bar': tokens.colorPaletteMarigoldBackground3,
    '--cs-low-mark': tokens.colorNeutralForeground3,
    '--cs-low-bar': tokens.colorNeutralForeground3,
    '--cs-passed': tokens.colorNeutralBackground6,
    '--cs-good': tokens.colorStatusSuccessForeground1,
    '--cs-bad': tokens.colorStatusDangerForeground1,
    '--cs-waiting': tokens.colorPaletteMarigoldForeground2,
  },
  dark: {
    '--cs-critical': '#f25f66',
    '--cs-high': '#e8894a',
    '--cs-medium-mark': tokens.colorPaletteMarigoldForeground1,
    '--cs-medium-bar': tokens.colorPaletteMarigoldBackground3,
    '--cs-low-mark': tokens.colorNeutralForeground3,
    '--cs-low-bar': tokens.colorNeutralForeground4,
    '--cs-passed': '#525252',
    '--cs-good': '#54b054',
    '--cs-bad': '#f25f66',
    '--cs-waiting': tokens.colorPaletteMarigoldForeground1,
  },
  contrast: {
    '--cs-critical': tokens.colorNeutralForeground1,
    '--cs-high': tokens.colorNeutralForeground1,
    '--cs-medium-mark': tokens.colorNeutralForeground1,
    '--cs-medium-bar': tokens.colorNeutralForeground1,
    '--cs-low-mark': tokens.colorNeutralForeground1,
    '--cs-low-bar': '#8f8f8f',
    '--cs-passed': 'transparent',
    '--cs-good': '#3ff23f',
    '--cs-bad': tokens.colorNeutralForeground1,
    '--cs-waiting': '#ffff00',
  },
})

/** Diagonal lines on nothing: what could not be read. Kept by forced colours because it is drawn with the text's colour. */
export const hatch = 'repeating-linear-gradient(135deg, currentColor 0 1px, transparent 1px 4px)'

/** Patterns that tell the segments of a bar apart where the theme has no colours left. */
export const contrastPattern = {
  critical: 'none',
  high: 'repeating-linear-gradient(135deg, #ffffff 0 3px, #000000 3px 5px)',
  medium: 'repeating-linear-gradient(90deg, #ffffff 0 2px, #000000 2px 4px)',
} as const
