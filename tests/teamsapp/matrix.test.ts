import { describe, expect, test } from '@jest/globals'
import { readText } from '../source.ts'
import { matrix } from './matrix.ts'
import { states } from './matrix/cell.ts'

/** Addresses of the tab as its routes and the sections of its settings name them; `*` is a page below the one before it. */
const addresses = [
  ...[...readText('teamsapp/app.tsx').matchAll(/<Route\s+path="(\/[^"]+)"/g)].map(([, path = '']) => path.replace(/\/\*$/, '')),
  ...[...readText('teamsapp/pages/settings/sections.tsx').matchAll(/^ {4}path: '([^']+)'/gm)].map(([, path = '']) => `/settings/${path}`),
]

describe('the matrix of pages and states', () => {
  test('the addresses of the tab are found where they are written', () => {
    expect(addresses).toEqual(expect.arrayContaining(['/overview', '/findings', '/findings/:checkId', '/settings', '/settings/aid']))
  })

  test.each(addresses)('%s is in it', (address) => {
    const pattern = new RegExp(`^${address.replace(/:\w+/g, '[^/?]+')}$`)
    expect(matrix.map(({ path }) => path.replace(/\?.*$/, '')).filter((path) => pattern.test(path))).not.toEqual([])
  })

  test('names are there once', () => {
    expect(new Set(matrix.map(({ name }) => name)).size).toBe(matrix.length)
  })

  test.each(matrix)('$name says of each state how to bring it about, or why there is none', ({ cells }) => {
    expect(Object.keys(cells).sort()).toEqual([...states].sort())
    for (const cell of Object.values(cells)) if ('without' in cell) expect(cell.without).toMatch(/^[A-Z].{30,}\.$/)
  })
})
