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
  /** Lines and patterns: the text's colour and the card's, which forced colours replace too. */
  ink: 'var(--cs-ink)',
  ground: 'var(--cs-ground)',
  grid: 'var(--cs-grid)',
  brand: 'var(--cs-brand)',
  brandTint: 'var(--cs-brand-tint)',
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
    '--cs-ink': tokens.colorNeutralForeground1,
    '--cs-ground': tokens.colorNeutralBackground1,
    '--cs-grid': tokens.colorNeutralStroke2,
    '--cs-brand': tokens.colorBrandForeground1,
    '--cs-brand-tint': tokens.colorBrandBackground2,
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
    '--cs-ink': tokens.colorNeutralForeground1,
    '--cs-ground': tokens.colorNeutralBackground1,
    '--cs-grid': tokens.colorNeutralStroke2,
    '--cs-brand': tokens.colorBrandForeground1,
    '--cs-brand-tint': tokens.colorBrandBackground2,
  },
  contrast: {
    // A forced palette may be light or dark: only the system's own colour names are sure to stand out from its ground.
    '@media (forced-colors: active)': {
      '--cs-critical': 'CanvasText',
      '--cs-high': 'CanvasText',
      '--cs-medium-mark': 'CanvasText',
      '--cs-medium-bar': 'CanvasText',
      '--cs-low-mark': 'CanvasText',
      '--cs-low-bar': 'color-mix(in srgb, CanvasText 50%, Canvas)',
      '--cs-good': 'CanvasText',
      '--cs-bad': 'CanvasText',
      '--cs-waiting': 'CanvasText',
      '--cs-ink': 'CanvasText',
      '--cs-ground': 'Canvas',
      '--cs-grid': 'color-mix(in srgb, CanvasText 35%, Canvas)',
      '--cs-brand': 'LinkText',
      '--cs-brand-tint': 'Canvas',
    },
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
    '--cs-ink': tokens.colorNeutralForeground1,
    '--cs-ground': tokens.colorNeutralBackground1,
    '--cs-grid': tokens.colorNeutralStroke2,
    '--cs-brand': tokens.colorBrandForeground1,
    '--cs-brand-tint': tokens.colorBrandBackground2,
  },
})

/** Diagonal lines on nothing: what could not be read. Kept by forced colours because it is drawn with the text's colour. */
export const hatch = 'repeating-linear-gradient(135deg, var(--cs-ink) 0 1px, transparent 1px 4px)'

/** Patterns that tell the segments of a bar apart where the theme has no colours left. */
export const contrastPattern = {
  critical: 'none',
  high: 'repeating-linear-gradient(135deg, var(--cs-ink) 0 3px, var(--cs-ground) 3px 5px)',
  medium: 'repeating-linear-gradient(90deg, var(--cs-ink) 0 2px, var(--cs-ground) 2px 4px)',
} as const
