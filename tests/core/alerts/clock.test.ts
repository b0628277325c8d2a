import { describe, expect, it } from '@jest/globals'
import { isQuiet, isTimeZone, localTime, nextDigest, speaksAt } from '../../../core/alerts/clock.ts'
import { fc } from '../../random.ts'

const zurich = 'Europe/Zurich'
const everyDay = [1, 2, 3, 4, 5, 6, 7]
function at(iso: string): number {
  return Date.parse(iso)
}
function digest(after: string, hour: number, timeZone = zurich, weekdays: readonly number[] = everyDay): string {
  return new Date(nextDigest(at(after), { hour, timeZone, weekdays })).toISOString()
}
function speaks(when: string, from: number, to: number, timeZone = zurich): string {
  return new Date(speaksAt(at(when), { from, to }, timeZone)).toISOString()
}

describe('time zones', () => {
  it('knows names and refuses others', () => {
    expect(['UTC', zurich, 'America/Argentina/Buenos_Aires', 'Etc/GMT+3'].map(isTimeZone)).toEqual([true, true, true, true])
    expect(['', 'Nowhere/At_All', '+02:00', 'Europe/Zurich; drop'].map(isTimeZone)).toEqual([false, false, false, false])
    expect(localTime(at('2026-11-22T23:30:00Z'), zurich)).toEqual({ day: '2026-11-23', hour: 0, weekday: 1 })
  })
})

describe('quiet hours', () => {
  it('reach across midnight', () => {
    expect(speaks('2026-11-22T20:59:00Z', 22, 7)).toBe('2026-11-22T20:59:00.000Z')
    expect(speaks('2026-11-22T21:00:00Z', 22, 7)).toBe('2026-11-23T06:00:00.000Z')
    expect(speaks('2026-11-23T05:59:59Z', 22, 7)).toBe('2026-11-23T06:00:00.000Z')
    expect(speaks('2026-11-23T06:00:00Z', 22, 7)).toBe('2026-11-23T06:00:00.000Z')
    expect(isQuiet(at('2026-11-22T12:00:00Z'), null, zurich)).toBe(false)
  })
  it('end by the wall clock when it goes forward and back', () => {
    // 29 March 2026: 02:00 becomes 03:00. 25 October 2026: 03:00 becomes 02:00.
    expect(speaks('2026-03-28T22:00:00Z', 22, 7)).toBe('2026-03-29T05:00:00.000Z')
    expect(speaks('2026-10-24T21:00:00Z', 22, 7)).toBe('2026-10-25T06:00:00.000Z')
    // An end that the clocks skip: right after the gap.
    expect(speaks('2026-03-28T23:30:00Z', 22, 2)).toBe('2026-03-29T01:00:00.000Z')
    // An hour that comes twice is quiet twice.
    expect(speaks('2026-10-25T00:10:00Z', 2, 3)).toBe('2026-10-25T02:00:00.000Z')
  })
  it('end at quarters in zones that are not whole hours away', () => {
    expect(speaks('2026-11-22T20:00:00Z', 22, 6, 'Asia/Kathmandu')).toBe('2026-11-23T00:15:00.000Z')
  })
})

describe('the daily digest', () => {
  it('comes at its hour, on the chosen days', () => {
    expect(digest('2026-11-22T06:59:00Z', 8)).toBe('2026-11-22T07:00:00.000Z')
    expect(digest('2026-11-22T07:00:00Z', 8)).toBe('2026-11-23T07:00:00.000Z')
    expect(digest('2026-11-20T08:00:00Z', 8, zurich, [1])).toBe('2026-11-23T07:00:00.000Z')
    expect(digest('2026-11-23T07:00:00Z', 8, zurich, [1])).toBe('2026-11-30T07:00:00.000Z')
    expect(digest('2026-11-22T12:00:00Z', 0, 'Asia/Kathmandu')).toBe('2026-11-22T18:15:00.000Z')
  })
  it('keeps its hour on the wall when the clocks change, comes after a gap, and once where an hour comes twice', () => {
    expect(digest('2026-03-28T07:00:00Z', 8)).toBe('2026-03-29T06:00:00.000Z')
    expect(digest('2026-10-24T06:00:00Z', 8)).toBe('2026-10-25T07:00:00.000Z')
    expect(digest('2026-03-28T12:00:00Z', 2)).toBe('2026-03-29T01:00:00.000Z')
    expect(digest('2026-10-24T12:00:00Z', 2)).toBe('2026-10-25T00:00:00.000Z')
    expect(digest('2026-10-25T00:00:00Z', 2)).toBe('2026-10-26T01:00:00.000Z')
  })
  it('comes once on each chosen day, whatever the zone', () => {
    const zones = ['UTC', zurich, 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Cairo', 'Pacific/Apia']
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 720 }), (timeZone, hour, days) => {
        let last = at('2026-01-01T00:00:00Z') + days * 12 * 3_600_000
        const seen: string[] = []
        for (let count = 0; count < 4; count += 1) {
          const next = nextDigest(last, { hour, timeZone, weekdays: everyDay })
          expect(next).toBeGreaterThan(last)
          seen.push(localTime(next, timeZone).day)
          last = next
        }
        const first = at(`${seen[0] ?? ''}T00:00:00Z`)
        expect(seen).toEqual([0, 1, 2, 3].map((day) => new Date(first + day * 86_400_000).toISOString().slice(0, 10)))
      }),
      { numRuns: 60 },
    )
  })
})
