import { readdirSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { checks } from '../../../core/posture/checks.ts'
import { readingsOf, readOffline } from '../../../core/posture/offline.ts'
import { requiredFacts } from '../../build/required-facts.ts'
import { answerNames, sampleCases } from '../../samples/cases.ts'
import { verdicts } from '../../samples/verdicts.ts'

describe("Microsoft's published answers", () => {
  it('are all named, and used', () => {
    const files = readdirSync(new URL('../../samples/answers', import.meta.url)).map((file) => file.replace(/\.json$/, ''))
    expect(files.sort()).toEqual([...answerNames])
    expect(answerNames.filter((name) => !sampleCases.some(({ madeOf }) => madeOf.includes(name)))).toEqual([])
  })

  it('give each check that a case looks at a pass and a fail', () => {
    for (const id of new Set(sampleCases.flatMap(({ expected }) => Object.keys(expected)))) {
      const seen = sampleCases.map(({ expected }) => expected[id]?.verdict)
      expect(`${id} ${seen.includes('pass')} ${seen.includes('fail')}`).toBe(`${id} true true`)
    }
  })

  it.each(sampleCases)('$name', ({ input, expected }) => {
    const given = verdicts(input)
    for (const [id, { verdict, reason }] of Object.entries(expected))
      expect(`${id}: ${given[id]?.verdict} ${given[id]?.reason}`).toBe(`${id}: ${verdict} ${reason}`)
    // Nothing is said about what the file does not hold.
    const read = readOffline(JSON.stringify(input))
    const readings = read.ok ? readingsOf(read.input) : {}
    const unread = checks.filter((check) => requiredFacts(check).some((fact) => readings[fact]?.state === 'unread'))
    expect(unread.length).toBeGreaterThan(0)
    expect(
      unread.filter(({ id }) => !expected[id] && ['pass', 'warn', 'fail'].includes(given[id]?.verdict ?? '')).map(({ id }) => id),
    ).toEqual([])
  })
})
