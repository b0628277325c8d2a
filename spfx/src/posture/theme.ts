import {
  createDarkTheme,
  createLightTheme,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  type BrandVariants,
  type Theme,
} from '@fluentui/react-components'
import type { Scheme } from './summary.ts'

/** The part of SharePoint's theme that is mapped; colours as CSS hexes. */
export interface SharePointTheme {
  readonly isInverted?: boolean
  readonly palette?: { readonly themePrimary?: string }
}

const DEFAULT_PRIMARY = '#0f6cbd'
const STEPS = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160] as const
/** WCAG 2.2, 1.4.3: contrast of text of normal size. */
const READABLE = 4.5

/** A Fluent theme and the family that it belongs to. */
export interface HostTheme {
  readonly fluent: Theme
  readonly scheme: Scheme
}

/** Fluent's theme for a Teams host, by the name that Teams reports; light for a name not known. */
export function teamsTheme(name: string | undefined): HostTheme {
  if (name === 'dark') return { fluent: teamsDarkTheme, scheme: 'dark' }
  if (name === 'contrast') return { fluent: teamsHighContrastTheme, scheme: 'contrast' }
  return { fluent: teamsLightTheme, scheme: 'light' }
}

/**
 * SharePoint's theme does not reach FluentProvider by itself: its primary colour becomes a Fluent brand ramp, light or
 * dark by `isInverted`. The web part paints its own neutral ground, because severity colours are tested against it.
 */
export function sharePointTheme(theme: SharePointTheme | undefined): HostTheme {
  const isDark = theme?.isInverted === true
  const ramp = brandRamp(parseHex(theme?.palette?.themePrimary) ?? parseHex(DEFAULT_PRIMARY) ?? [15, 108, 189])
  const fluent = isDark ? createDarkTheme(ramp) : createLightTheme(ramp)
  const link = readableStep(ramp, parseHex(fluent.colorNeutralBackground1) ?? [255, 255, 255], isDark)
  const button = readableStep(ramp, [255, 255, 255], false)
  const readable = {
    colorBrandForegroundLink: link,
    colorBrandForegroundLinkHover: link,
    colorBrandForegroundLinkPressed: link,
    colorBrandForeground1: link,
    colorCompoundBrandForeground1: link,
    colorBrandBackground: button,
  }
  return { fluent: { ...fluent, ...readable }, scheme: isDark ? 'dark' : 'light' }
}

type Rgb = readonly [number, number, number]

/** Sixteen shades, the tenant's colour in the place of Fluent's own (80), black below, white above. */
export function brandRamp(primary: Rgb): BrandVariants {
  const shade = (step: number): string => {
    if (step <= 80) return toHex(mix([0, 0, 0], primary, 0.15 + (0.85 * (step - 10)) / 70))
    return toHex(mix(primary, [255, 255, 255], (0.85 * (step - 80)) / 80))
  }
  return {
    10: shade(10),
    20: shade(20),
    30: shade(30),
    40: shade(40),
    50: shade(50),
    60: shade(60),
    70: shade(70),
    80: shade(80),
    90: shade(90),
    100: shade(100),
    110: shade(110),
    120: shade(120),
    130: shade(130),
    140: shade(140),
    150: shade(150),
    160: shade(160),
  }
}

/** WCAG contrast ratio of two colours, 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */
export function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

/** "#rgb" or "#rrggbb" to numbers; undefined for anything else. */
export function parseHex(value: string | undefined): Rgb | undefined {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(value ?? '')
  const long = short ? short.slice(1).map((digit) => digit + digit) : /^#(..)(..)(..)$/.exec(value ?? '')?.slice(1)
  const [red, green, blue] = (long ?? []).map((pair) => parseInt(pair, 16))
  if (red === undefined || green === undefined || blue === undefined) return undefined
  return [red, green, blue].some(Number.isNaN) ? undefined : [red, green, blue]
}

/** The shade nearest to the tenant's own that is readable as text on the ground. */
function readableStep(ramp: BrandVariants, ground: Rgb, isDark: boolean): string {
  const order = isDark ? STEPS.filter((step) => step >= 80) : STEPS.filter((step) => step <= 80).reverse()
  for (const step of order) {
    const colour = parseHex(ramp[step])
    if (colour && contrast(colour, ground) >= READABLE) return ramp[step]
  }
  return isDark ? '#ffffff' : '#000000'
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const blend = (start: number, end: number): number => Math.round(start + (end - start) * share)
  return [blend(from[0], to[0]), blend(from[1], to[1]), blend(from[2], to[2])]
}

function toHex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
