import { describe, expect, it } from '@jest/globals'
import type { Fact } from '../../core/posture/fact.ts'
import { parseRows } from '../../core/posture/parse.ts'

interface Example {
  /** A row as Graph answers it, members that are not in use among them. */
  readonly answer: Readonly<Record<string, unknown>>
  /** What is kept of it. */
  readonly row: Readonly<Record<string, unknown>>
  /** Members without which the row is refused: missing, null and of another type. */
  readonly needed: readonly string[]
  /** Members that may be null as documented, and are refused when missing or of another type. */
  readonly nullable?: readonly string[]
  /** Members that may be missing as documented, and then are null. */
  readonly optional?: readonly string[]
}

/** What holds for the row of every fact. */
export function describeFact(name: string, fact: Fact, { answer, row, needed, nullable = [], optional = [] }: Example): void {
  const without = (field: string) => Object.fromEntries(Object.entries(answer).filter(([member]) => member !== field))

  function parsed(value: unknown): unknown {
    const rows = parseRows(fact, [value])
    if (!rows.ok) throw new Error(rows.detail)
    return rows.rows[0]
  }

  describe(name, () => {
    it('takes the fields in use from an answer of Graph, and parsing again changes nothing', () => {
      expect(parsed(answer)).toEqual(row)
      expect(parsed(row)).toEqual(row)
    })

    it.each([...needed, ...nullable])('refuses a row where %s is missing or of another type, and says where', (field) => {
      for (const value of [without(field), { ...answer, [field]: { unlike: 'it' } }])
        expect(parseRows(fact, [value])).toMatchObject({ ok: false, detail: expect.stringContaining(field) })
    })

    it.each(needed)('refuses a row where %s is null', (field) => {
      expect(parseRows(fact, [{ ...answer, [field]: null }])).toMatchObject({ ok: false, detail: expect.stringContaining(field) })
    })

    it('takes null where Graph documents it', () => {
      for (const field of [...nullable, ...optional]) expect(parsed({ ...answer, [field]: null })).toEqual({ ...row, [field]: null })
      for (const field of optional) expect(parsed(without(field))).toEqual({ ...row, [field]: null })
    })

    const times = [...nullable, ...optional].filter((field) => /^\d{4}-\d\d-\d\dT/.test(String(row[field])))
    if (times.length > 0) {
      it.each(times)('takes a time that was never set for none: %s', (field) => {
        for (const never of ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.0000000+00:00'])
          expect(parsed({ ...answer, [field]: never })).toEqual({ ...row, [field]: null })
      })
    }
  })
}
