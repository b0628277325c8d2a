import { describe, expect, test } from '@jest/globals'
import { ownPath } from '../../teamsapp/host/own-path.ts'
import { entries } from '../../teamsapp/layout/pages.ts'
import { fc } from '../random.ts'

describe('what a deep link may ask for', () => {
  test('whatever is asked, what comes out is below one of our pages and on our origin', () => {
    let accepted = 0
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webPath(),
          fc.webUrl(),
          fc.constantFrom(...entries.map(({ path }) => path)).chain((path) => fc.webPath().map((rest) => `${path}${rest}`)),
        ),
        (asked) => {
          const path = ownPath(asked)
          if (path === undefined) return
          accepted += 1
          const url = new URL(path, 'https://tab.example')
          expect(url.origin).toBe('https://tab.example')
          expect(entries.some((entry) => url.pathname === entry.path || url.pathname.startsWith(`${entry.path}/`))).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
    expect(accepted).toBeGreaterThan(50)
  })
})
