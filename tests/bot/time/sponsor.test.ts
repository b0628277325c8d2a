import { describe, expect, it } from '@jest/globals'
import { nextRun } from '../../../bot/src/engine/sponsor.ts'
import { fc } from '../../random.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const start = Date.parse('2026-11-01T00:00:00Z')

describe('when a scheduled scan starts', () => {
  it('at the hour, every day', () => {
    const sponsor = { hour: 3, since: '2026-10-30T12:00:00Z', lastRunAt: null }
    const at = (now: string, lastRunAt: string | null = null): string =>
      new Date(nextRun({ ...sponsor, lastRunAt }, Date.parse(now))).toISOString()
    expect(at('2026-11-01T02:59:00Z')).toBe('2026-11-01T03:00:00.000Z')
    expect(at('2026-11-01T03:07:00Z')).toBe('2026-11-01T03:00:00.000Z')
    expect(at('2026-11-01T03:08:00Z', '2026-11-01T03:07:00Z')).toBe('2026-11-02T03:00:00.000Z')
    // A service that was down comes too late for today.
    expect(at('2026-11-01T06:01:00Z')).toBe('2026-11-02T03:00:00.000Z')
  })

  it('not at once for whoever offers just after the hour', () => {
    const now = Date.parse('2026-11-01T03:30:00Z')
    expect(nextRun({ hour: 3, since: new Date(now).toISOString(), lastRunAt: null }, now)).toBe(Date.parse('2026-11-02T03:00:00Z'))
  })

  it('looked at every hour for weeks, it starts exactly once a day, within the hour after the hour', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: dayMs }),
        fc.integer({ min: 0, max: 59 }),
        (hour, offset, minute) => {
          const since = start + offset
          const runs: number[] = []
          for (let look = Math.ceil(since / hourMs) * hourMs + minute * 60_000; look < start + 20 * dayMs; look += hourMs) {
            const lastRunAt = runs.length === 0 ? null : new Date(runs.at(-1) ?? 0).toISOString()
            const due = nextRun({ hour, since: new Date(since).toISOString(), lastRunAt }, look)
            if (due <= look) runs.push(look)
          }
          expect(new Set(runs.map((run) => Math.floor(run / dayMs))).size).toBe(runs.length)
          for (const run of runs) expect(new Date(run).getUTCHours()).toBe(hour)
          expect(runs.length).toBeGreaterThanOrEqual(18)
        },
      ),
    )
  })
})
