import { describe, expect, it } from '@jest/globals'
import { arrived, block, jsonOf, promise, windowOf, type SharedWindow } from '../../../bot/src/engine/scan/shared-window.ts'
import { fc } from '../../random.ts'

const limit = { most: 5, spanMs: 1000 }

describe('a window shared by processes', () => {
  it('never promises more than the limit in any span, in the order of asking, and nothing while blocked', () => {
    let waited = 0
    let passed = 0
    const ask = fc.record({
      after: fc.integer({ min: 0, max: 3000 }),
      units: fc.integer({ min: 1, max: 5 }),
      blockMs: fc.option(fc.integer({ min: 1, max: 3000 }), { freq: 6 }),
    })
    fc.assert(
      fc.property(fc.array(ask, { minLength: 1, maxLength: 40 }), (asks) => {
        let now = 1_000_000
        let window: SharedWindow = windowOf(null)
        let blockedUntil = 0
        const spent: { at: number; units: number }[] = []
        for (const { after, units, blockMs } of asks) {
          now += after
          if (blockMs !== null) {
            blockedUntil = Math.max(blockedUntil, now + blockMs)
            window = block(window, now + blockMs)
          }
          // Through JSON, as the processes hand it to each other.
          const answer = promise(windowOf(jsonOf(window)), now, units, limit)
          window = answer.window
          expect(answer.at).toBeGreaterThanOrEqual(Math.max(now, blockedUntil, spent.at(-1)?.at ?? 0))
          spent.push({ at: answer.at, units })
          if (answer.at > now) waited += 1
          else passed += 1
        }
        for (const { at } of spent) {
          const inSpan = spent.filter((entry) => entry.at > at - limit.spanMs && entry.at <= at)
          expect(inSpan.reduce((sum, entry) => sum + entry.units, 0)).toBeLessThanOrEqual(limit.most)
        }
      }),
      { numRuns: 500, seed: 20261122 },
    )
    expect(waited).toBeGreaterThan(100)
    expect(passed).toBeGreaterThan(100)
  })

  it('promises the earliest time: a full window of five goes on exactly one span later', () => {
    let window = windowOf(null)
    const times: number[] = []
    for (let asked = 0; asked < 11; asked += 1) {
      const answer = promise(window, 100, 1, limit)
      window = answer.window
      times.push(answer.at)
    }
    expect(times).toEqual([100, 100, 100, 100, 100, 1100, 1100, 1100, 1100, 1100, 2100])
  })

  it('counts requests that are under way at once from when each was answered, and until then from now', () => {
    const narrow = { most: 2, spanMs: 1000, isAnswered: true }
    const both = promise(promise(windowOf(null), 0, 1, narrow).window, 10, 1, narrow).window
    // Neither has been answered after most of a span: both may still be on their way to Graph.
    expect(promise(windowOf(jsonOf(both)), 900, 1, narrow).at).toBe(1900)
    const answered = arrived(arrived(both, 700), 800)
    expect(answered.promised.map(({ at, isOpen }) => [at, isOpen])).toEqual([
      [700, false],
      [800, false],
    ])
    const third = promise(windowOf(jsonOf(answered)), 900, 1, narrow)
    expect(third.at).toBe(1700)
    expect(promise(third.window, 900, 1, narrow).at).toBe(1800)
    // What never was answered, because its process ended, is forgotten after a span.
    expect(promise(both, 1500, 1, narrow).at).toBe(1500)
  })

  it('never lets more reach Graph in any span, however late within a span requests arrive, and however they overtake each other', () => {
    const narrow = { most: 5, spanMs: 1000, isAnswered: true }
    const delay = fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 20 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 450 }) },
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(delay, delay), { minLength: 10, maxLength: 60 }), (delays) => {
        // Two readers, each of which asks again when it was answered.
        const readers = [0, 0]
        let window = windowOf(null)
        const under: { reader: number; reaches: number; answered: number }[] = []
        const reached: number[] = []
        for (const [out, back] of delays) {
          const [first = 0, second = 0] = readers
          const reader = first <= second ? 0 : 1
          const now = readers[reader] ?? 0
          under.sort((one, other) => one.answered - other.answered)
          for (const one of under.splice(0, under.filter(({ answered }) => answered <= now).length)) window = arrived(window, one.answered)
          const promised = promise(windowOf(jsonOf(window)), now, 1, narrow)
          window = promised.window
          const reaches = promised.at + out
          reached.push(reaches)
          under.push({ reader, reaches, answered: reaches + back })
          readers[reader] = reaches + back
        }
        for (const at of reached) expect(reached.filter((other) => other > at - narrow.spanMs && other <= at).length).toBeLessThanOrEqual(5)
      }),
      { numRuns: 500 },
    )
  })

  it('forgets what has left the span, so that its state stays small', () => {
    let window = windowOf(null)
    for (let second = 0; second < 1000; second += 1) window = promise(window, second * 1000, 1, limit).window
    expect(window.promised.length).toBeLessThanOrEqual(limit.most)
  })

  it('refuses what never fits', () => {
    expect(() => promise(windowOf(null), 0, 6, limit)).toThrow('never fits a bucket of 5')
  })
})
