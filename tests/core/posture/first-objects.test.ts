import { describe, expect, it } from '@jest/globals'
import type { AffectedObject } from '../../../core/posture/check.ts'
import { firstObjects } from '../../../core/posture/first-objects.ts'
import { fc } from '../../random.ts'

function user(id: string, name = id): AffectedObject {
  return { type: 'user', id, name, basis: [] }
}

describe('the first objects', () => {
  it('are what sorting everything would list, in any order of adding, with no more than twice as many held', () => {
    const counts = { cut: 0, whole: 0 }
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 60 }), { maxLength: 80 }), fc.integer({ min: 1, max: 12 }), (numbers, limit) => {
        const ids = numbers.map((number) => String(number).padStart(2, '0'))
        const first = firstObjects(limit)
        for (const id of ids) {
          first.add(user(id))
          expect(first.held()).toBeLessThan(2 * limit + 1)
        }
        expect(first.list().map(({ id }) => id)).toEqual([...ids].sort().slice(0, limit))
        expect(first.count()).toBe(ids.length)
        counts[ids.length > limit ? 'cut' : 'whole'] += 1
      }),
    )
    expect(Math.min(counts.cut, counts.whole)).toBeGreaterThan(5)
  })

  it('do not depend on the order of two objects with one key', () => {
    const list = (...objects: readonly AffectedObject[]) => {
      const first = firstObjects(1)
      for (const object of objects) first.add(object)
      return first.list()
    }
    expect(list(user('A', 'x'), user('a', 'y'))).toEqual(list(user('a', 'y'), user('A', 'x')))
  })
})
