import { describe, expect, it } from '@jest/globals'
import { canonicalJson, type Json } from '../../../core/digest.ts'
import { rowChange } from '../../../core/posture/row-changes.ts'
import { fc } from '../../random.ts'

const row = fc
  .dictionary(fc.string({ maxLength: 6 }), fc.jsonValue({ maxDepth: 2 }))
  .map((value) => JSON.parse(JSON.stringify(value)) as Json)

describe('what changed in a row', () => {
  it('names the properties, with what they were and are', () => {
    const before = { id: '1', displayName: 'Payroll', tags: ['a'], gone: true }
    const after = { id: '1', displayName: 'Payroll 2', tags: ['a'], fresh: null }
    expect(rowChange(before, after)).toEqual({
      kind: 'changed',
      properties: [
        { name: 'displayName', before: '"Payroll"', after: '"Payroll 2"' },
        { name: 'fresh', before: null, after: 'null' },
        { name: 'gone', before: 'true', after: null },
      ],
      more: 0,
    })
  })

  it('says only that a row came or went', () => {
    expect(rowChange(undefined, { id: '1' })).toEqual({ kind: 'added', properties: [], more: 0 })
    expect(rowChange({ id: '1' }, undefined)).toEqual({ kind: 'removed', properties: [], more: 0 })
    expect(rowChange(undefined, undefined)).toBeUndefined()
  })

  it('shows a long value from where it differs, and counts what it leaves out', () => {
    const long = 'x'.repeat(500)
    const change = rowChange({ text: `${long}a` }, { text: `${long}b` })
    expect(change?.properties[0]?.before).toMatch(/^…x{20}a"$/)
    expect(change?.properties[0]?.after).toMatch(/^…x{20}b"$/)
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`p${index}`, index]))
    expect(rowChange({}, many)).toMatchObject({ more: 12 })
  })

  it('is empty for equal rows, mirrors when turned round, and never grows beyond what can be read', () => {
    fc.assert(
      fc.property(row, row, (one, other) => {
        expect(rowChange(one, one)).toBeUndefined()
        const [there, back] = [rowChange(one, other), rowChange(other, one)]
        expect(there === undefined).toBe(canonicalJson(one) === canonicalJson(other))
        expect(back?.properties.map(({ name, before, after }) => ({ name, before: after, after: before }))).toEqual(there?.properties)
        for (const { before, after } of there?.properties ?? [])
          for (const text of [before ?? '', after ?? '']) expect([...text].length).toBeLessThanOrEqual(122)
      }),
    )
  })
})
