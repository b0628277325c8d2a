import { describe, expect, test } from '@jest/globals'
import {
  formatAge,
  formatCount,
  formatDay,
  formatDelta,
  formatReceiptNumber,
  formatScore,
  formatTicks,
  formatTime,
  scoreDecimals,
} from '../../ui/format.ts'
import { trendScale } from '../../ui/trend-scale.ts'
import { fc } from '../random.ts'

const now = Date.parse('2026-11-22T08:30:00.000Z')

describe('numbers', () => {
  test.each([
    [4.12, '+4.1'],
    [-3, '−3'],
    [0, '0'],
    [0.04, '0'],
    [null, '—'],
  ])('a change of %p reads %p', (value, text) => {
    expect(formatDelta(value, 'en')).toBe(text)
  })

  test('no score is no zero', () => {
    expect(formatScore(null, 'en')).toBe('—')
    expect(formatScore(0, 'en')).toBe('0')
  })

  test('a score before and after differs by what its change says', () => {
    expect([formatScore(41.4, 'en'), formatDelta(0.1, 'en'), formatScore(41.5, 'en')]).toEqual(['41.4', '+0.1', '41.5'])
    expect(formatScore(72, 'en')).toBe('72')
    expect(formatScore(71.6, 'de')).toBe('71,6')
  })

  test('the scores of a column have the same decimals', () => {
    const column = (values: readonly (number | null)[]): string[] => values.map((value) => formatScore(value, 'en', scoreDecimals(values)))
    expect(column([17, 23.9, null])).toEqual(['17.0', '23.9', '—'])
    expect(column([17, 84.04, null])).toEqual(['17', '84', '—'])
  })

  test('the reader’s own digits and separators', () => {
    expect(formatCount(12345, 'de')).toBe('12.345')
    expect(formatDelta(1.5, 'de')).toBe('+1,5')
    expect(formatReceiptNumber(42)).toBe('R-0042')
  })
})

describe('times', () => {
  test('today, another day, another year', () => {
    expect(formatTime(new Date(now - 3_600_000).toISOString(), 'en', now)).toMatch(/^today, /)
    expect(formatTime('2026-11-02T10:00:00.000Z', 'en-GB', now)).toMatch(/^2 Nov, /)
    expect(formatDay('2025-11-02T10:00:00.000Z', 'en-GB', now)).toBe('2 Nov 2025')
  })

  test('the labels of an axis tell its points apart, also within one day', () => {
    const at = (iso: string): string => new Date(iso).toISOString()
    expect(formatTicks([at('2026-11-02T12:00:00'), at('2026-11-22T12:00:00')], 'en-GB', now)).toEqual(['2 Nov', '22 Nov'])
    expect(formatTicks([at('2026-11-22T12:10:00'), at('2026-11-22T12:13:00')], 'en-GB', now)).toEqual(['12:10', '12:13'])
  })

  test('age is in whole units and never negative', () => {
    expect(formatAge(new Date(now + 5000).toISOString(), 'en', now)).toBe('now')
    expect(formatAge(new Date(now - 4 * 60_000).toISOString(), 'en', now)).toBe('4 min. ago')
    expect(formatAge(new Date(now - 41 * 86_400_000).toISOString(), 'en', now)).toBe('41 days ago')
  })
})

describe('the scale of a trend', () => {
  const box = { width: 320, height: 190, left: 22, right: 30, top: 10, bottom: 24 }

  test('every point is inside the box, ticks are in order, labels name real points', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 2, maxLength: 60 }),
        fc.integer({ min: 120, max: 1200 }),
        (values, width) => {
          const points = values.map((value) => ({ at: '2026-11-22T05:12:00.000Z', value }))
          const scale = trendScale(points, { ...box, width })
          points.forEach((point, index) => {
            expect(scale.y(point.value)).toBeGreaterThanOrEqual(box.top - 0.001)
            expect(scale.y(point.value)).toBeLessThanOrEqual(box.height - box.bottom + 0.001)
            expect(scale.x(index)).toBeGreaterThanOrEqual(box.left)
            expect(scale.x(index)).toBeLessThanOrEqual(width - box.right + 0.001)
          })
          expect([...scale.ticks].sort((one, other) => one - other)).toEqual(scale.ticks)
          expect(scale.labelled.every((index) => points[index] !== undefined)).toBe(true)
          expect(new Set(scale.labelled).size).toBe(scale.labelled.length)
        },
      ),
    )
  })

  test('a higher score lies higher', () => {
    const { y } = trendScale(
      [
        { at: '', value: 60 },
        { at: '', value: 72 },
      ],
      box,
    )
    expect(y(72)).toBeLessThan(y(60))
  })
})
