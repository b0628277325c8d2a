import { describe, expect, it } from '@jest/globals'
import { firstBrokenRecord, genesisHash, recordHash, type JournalRecord } from '@countersign/core/actions/journal.ts'
import { fc } from '../../random.ts'

function chainOf(length: number): JournalRecord[] {
  const records: JournalRecord[] = []
  for (let seq = 1; seq <= length; seq++) {
    const unhashed = {
      seq,
      at: `2026-11-22T12:00:0${seq % 10}Z`,
      kind: 'offered' as const,
      subjectId: `p${seq % 3}`,
      body: { n: seq },
      prevHash: records.at(-1)?.hash ?? genesisHash,
    }
    records.push({ ...unhashed, hash: recordHash(unhashed) })
  }
  return records
}
function headOf(records: readonly JournalRecord[]): { seq: number; hash: string } {
  const last = records.at(-1)
  if (!last) throw new Error('A chain needs a record.')
  return { seq: last.seq, hash: last.hash }
}
const lengths = fc.integer({ min: 3, max: 12 })

describe('the chain of a journal', () => {
  it('holds as it was written, also where other subjects are sealed to their links', () => {
    const records = chainOf(9)
    expect(firstBrokenRecord(records, headOf(records))).toBeUndefined()
    const sealed = records.map((record) =>
      record.subjectId === 'p1' ? record : { seq: record.seq, prevHash: record.prevHash, hash: record.hash },
    )
    expect(firstBrokenRecord(sealed, headOf(records))).toBeUndefined()
  })

  it('names a record whose content was edited, in whatever member', () => {
    const edits: ((record: JournalRecord) => JournalRecord)[] = [
      (record) => ({ ...record, body: { n: -1 } }),
      (record) => ({ ...record, at: '2020-01-01T00:00:00Z' }),
      (record) => ({ ...record, kind: 'confirmed' }),
      (record) => ({ ...record, subjectId: 'another' }),
    ]
    fc.assert(
      fc.property(lengths, fc.nat(), fc.constantFrom(...edits), (length, at, edit) => {
        const records = chainOf(length)
        const head = headOf(records)
        const index = at % length
        expect(
          firstBrokenRecord(
            records.map((record, position) => (position === index ? edit(record) : record)),
            head,
          ),
        ).toEqual({ seq: index + 1, problem: 'changed' })
      }),
    )
  })

  it('notices an edit that was hashed again: the next record, or the signed head, does not follow', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), (length, at) => {
        const records = chainOf(length)
        const head = headOf(records)
        const index = at % length
        const forged = records.map((record, position) => {
          if (position !== index) return record
          const unhashed = { ...record, body: { n: -1 } }
          return { ...unhashed, hash: recordHash(unhashed) }
        })
        expect(firstBrokenRecord(forged, head)).toEqual(
          index === length - 1 ? { seq: length, problem: 'head' } : { seq: index + 2, problem: 'link' },
        )
      }),
    )
  })

  it('notices a record that was removed, moved or put in', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), fc.nat(), (length, from, to) => {
        const records = chainOf(length)
        const head = headOf(records)
        const index = from % length
        const record = records[index]
        if (!record) throw new Error('The index is in the chain.')
        const without = records.filter((_record, position) => position !== index)
        // Leaving out the beginning is what a receipt does; every other gap shows.
        if (index > 0) expect(firstBrokenRecord(without, head)).toBeDefined()
        const target = to % without.length
        const moved = [...without.slice(0, target), record, ...without.slice(target)]
        if (target !== index) expect(firstBrokenRecord(moved, head)).toBeDefined()
        expect(firstBrokenRecord([...records.slice(0, index + 1), record, ...records.slice(index + 1)], head)).toBeDefined()
      }),
    )
  })

  it('notices another head, and a first record that does not begin the chain', () => {
    const records = chainOf(4)
    expect(firstBrokenRecord(records, { seq: 4, hash: 'f'.repeat(64) })).toEqual({ seq: 4, problem: 'head' })
    expect(firstBrokenRecord(records.slice(0, 3), headOf(records))).toEqual({ seq: 4, problem: 'head' })
    const [first, ...others] = records
    if (!first) throw new Error('A chain needs a record.')
    expect(firstBrokenRecord([{ ...first, prevHash: 'f'.repeat(64) }, ...others], headOf(records))).toEqual({ seq: 1, problem: 'start' })
  })
})
