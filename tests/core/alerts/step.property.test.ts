import { expect, it } from '@jest/globals'
import type { Condition, Looked } from '../../../core/alerts/rule.ts'
import { stepRule, type Remembered } from '../../../core/alerts/step.ts'
import { fc } from '../../random.ts'

const keys = ['a', 'b', 'c']
function condition(key: string): Condition {
  return { key, name: key, values: {}, path: '/overview' }
}

/** What each part holds at one look, or that it was not read. */
const partArbitrary = fc.option(fc.uniqueArray(fc.constantFrom(...keys)), { nil: undefined })
const lookArbitrary = fc.record({
  one: partArbitrary,
  two: partArbitrary,
  isOn: fc.boolean(),
  /** How often the same look is taken: replayed events and judging again. */
  times: fc.integer({ min: 1, max: 3 }),
})

function lookedOf(look: { readonly one: string[] | undefined; readonly two: string[] | undefined }): Looked {
  return { one: look.one?.map(condition) ?? 'notKnown', two: look.two?.map(condition) ?? 'notKnown' }
}

function after(before: Remembered, step: ReturnType<typeof stepRule>): Remembered {
  const standing = new Set(before.standing)
  for (const mark of step.ended) standing.delete(mark)
  for (const mark of step.begun) standing.add(mark)
  return { standing, parts: new Set([...before.parts, ...step.newParts]) }
}

it.each(['remembers', 'tells'] as const)('each condition that becomes true is told of once until it has been false (%s)', (firstLook) => {
  fc.assert(
    fc.property(fc.array(lookArbitrary, { maxLength: 25 }), (looks) => {
      let remembered: Remembered = { standing: new Set(), parts: new Set() }
      const expected: string[] = []
      const told: string[] = []
      const truth = new Map<string, Set<string>>()
      for (const look of looks) {
        for (const part of ['one', 'two'] as const) {
          const now = look[part]
          if (!now) continue
          const before = truth.get(part)
          for (const key of now)
            if (before ? !before.has(key) : firstLook === 'tells') if (look.isOn && !before?.has(key)) expected.push(`${part}:${key}`)
          truth.set(part, new Set(now))
        }
        for (let time = 0; time < look.times; time += 1) {
          const step = stepRule({ firstLook }, look.isOn, lookedOf(look), remembered)
          for (const { key } of step.alerts) told.push(key)
          remembered = after(remembered, step)
        }
      }
      expect(told.toSorted()).toEqual(expected.map((mark) => mark.slice(mark.indexOf(':') + 1)).toSorted())
      expect([...remembered.standing].toSorted()).toEqual(
        [...truth].flatMap(([part, now]) => [...now].map((key) => `${part}:${key}`)).toSorted(),
      )
    }),
    { numRuns: 400 },
  )
})
