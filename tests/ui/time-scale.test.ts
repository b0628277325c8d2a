import { expect, it } from '@jest/globals'
import { timeScale } from '../../ui/time-scale.ts'
import { fc } from '../random.ts'

const day = 24 * 60 * 60 * 1000

it('holds every time between its sides, in order, with labels that have room', () => {
  const time = fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2060, 0) })
  fc.assert(
    fc.property(fc.array(time, { minLength: 1, maxLength: 40 }), fc.integer({ min: 240, max: 1300 }), (times, width) => {
      const { x, ticks } = timeScale([...times, (times[0] ?? 0) + 30 * day], { left: 8, right: width })
      for (const at of times) expect(x(at) >= 8 && x(at) <= width).toBe(true)
      for (const [index, { at }] of ticks.entries()) {
        const before = ticks[index - 1]
        if (before) expect(x(at) - x(before.at)).toBeGreaterThan(36)
      }
    }),
  )
})

it('writes years as years and other beginnings as months', () => {
  const { ticks } = timeScale([Date.UTC(2025, 5), Date.UTC(2027, 2)], { left: 0, right: 700 })
  expect(ticks.filter(({ unit }) => unit === 'year').map(({ at }) => new Date(at).toISOString().slice(0, 10))).toEqual([
    '2026-01-01',
    '2027-01-01',
  ])
  expect(ticks.every(({ at }) => new Date(at).getUTCDate() === 1)).toBe(true)
})
