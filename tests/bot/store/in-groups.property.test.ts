import { expect, it } from '@jest/globals'
import { inGroups } from '../../../bot/src/store/in-groups.ts'
import { fc } from '../../random.ts'

it('groups keep every item and the order, and only one item alone makes a group too large', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(30), fc.constant(Infinity))), fc.integer({ min: 1, max: 40 }), (sizes, most) => {
      const groups = [...inGroups(sizes, most, (size) => size)]
      expect(groups.flat()).toEqual(sizes)
      const tooLarge = groups.filter((group) => group.reduce((sum, size) => sum + size, 0) > most)
      expect(tooLarge.filter(({ length }) => length > 1)).toEqual([])
    }),
  )
})
