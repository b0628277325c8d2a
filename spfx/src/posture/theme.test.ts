import { contrast, parseHex, sharePointTheme, teamsTheme } from './theme.ts'

/** Tenants choose any primary colour: pale, dark, shrill or grey. */
const primaries = ['#0078d4', '#ffd700', '#fff8dc', '#111111', '#e3008c', '#107c10', '#808080', '#ffffff', '#000000', '#0f0']

test.each(primaries.flatMap((themePrimary) => [[themePrimary, false] as const, [themePrimary, true] as const]))(
  'text in the colour %s is readable on the ground (dark: %p)',
  (themePrimary, isInverted) => {
    const { fluent } = sharePointTheme({ isInverted, palette: { themePrimary } })
    const ground = parseHex(fluent.colorNeutralBackground1)
    const link = parseHex(fluent.colorBrandForegroundLink)
    const button = parseHex(fluent.colorBrandBackground)
    expect(ground && link && contrast(link, ground)).toBeGreaterThanOrEqual(4.5)
    expect(button && contrast(button, [255, 255, 255])).toBeGreaterThanOrEqual(4.5)
  },
)

test('a theme without a usable colour falls back to the default one', () => {
  expect(sharePointTheme(undefined)).toEqual(sharePointTheme({ palette: { themePrimary: 'red' } }))
  expect(sharePointTheme(undefined).scheme).toBe('light')
  expect(sharePointTheme({ isInverted: true }).scheme).toBe('dark')
})

test.each([
  ['default', 'light'],
  ['dark', 'dark'],
  ['contrast', 'contrast'],
  ['a later theme', 'light'],
  [undefined, 'light'],
])('Teams theme %p is drawn %s', (name, scheme) => {
  expect(teamsTheme(name).scheme).toBe(scheme)
})

test('hexes are read in both lengths, anything else is refused', () => {
  expect(parseHex('#0f0')).toEqual([0, 255, 0])
  expect(parseHex('#0078D4')).toEqual([0, 120, 212])
  expect([parseHex('#12'), parseHex('rgb(0,0,0)'), parseHex('#gg0000'), parseHex(undefined)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
