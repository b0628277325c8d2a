import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import {
  firstBrokenRecord,
  genesisHash,
  recordHash,
  recordKinds,
  type ChainProblem,
  type JournalRecord,
} from '@countersign/core/actions/journal.ts'
import { canonicalJson, type Json } from '@countersign/core/digest.ts'
import { fc } from '../../random.ts'
import { editAnywhere, type Edit } from './edit-json.ts'

const numRuns = process.env['DRILL'] === '1' ? 4000 : 200

type Content = Pick<JournalRecord, 'at' | 'kind' | 'subjectId' | 'body'>
interface Exported {
  readonly records: readonly JournalRecord[]
  readonly head: { readonly seq: number; readonly hash: string }
}

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '\udc00', '\u0000', ''))
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(null, true, false, 0, 1, -1.5, 1e21),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom('__proto__', '1', 'by', 'steps'), text), tie('value'), { maxKeys: 4 }),
  ),
})).value
const content: fc.Arbitrary<Content> = fc.record({
  at: fc.constantFrom('2026-11-22T12:00:00Z', '2026-11-22T12:00:00.5Z'),
  kind: fc.constantFrom(...recordKinds),
  subjectId: fc.constantFrom('p1', 'p2', 'p3'),
  body: json,
})
const contents = fc.array(content, { minLength: 3, maxLength: 8 })

/** Appends contents to what is already written, as the journal does. */
function chainOf(added: readonly Content[], written: readonly JournalRecord[] = []): JournalRecord[] {
  const records = [...written]
  for (const { at, kind, subjectId, body } of added) {
    const unhashed = { seq: records.length + 1, at, kind, subjectId, body, prevHash: records.at(-1)?.hash ?? genesisHash }
    records.push({ ...unhashed, hash: recordHash(unhashed) })
  }
  return records
}
function exported(records: readonly JournalRecord[]): Exported {
  const { seq, hash } = at(records, records.length - 1)
  return { records, head: { seq, hash } }
}
function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new Error(`The list has no member ${index}.`)
  return found
}

/** Every chain, every place in it: what one mutation makes of the chain, and the problem that must be found. */
function finds(
  mutate: (
    chain: Exported,
    index: number,
    seed: number,
  ) => { readonly records: readonly JournalRecord[]; readonly problem: ChainProblem } | undefined,
): void {
  fc.assert(
    fc.property(contents, fc.nat(), fc.nat(), (added, place, seed) => {
      const chain = exported(chainOf(added))
      expect(firstBrokenRecord(chain.records, chain.head, 1)).toBeUndefined()
      const mutated = mutate(chain, place % chain.records.length, seed)
      fc.pre(mutated !== undefined)
      expect(firstBrokenRecord(mutated.records, chain.head, 1)).toEqual(mutated.problem)
    }),
    { numRuns },
  )
}

describe('an exported chain', () => {
  it.each(['replace', 'remove', 'add', 'rename'] as const satisfies Edit[])(
    'names the record in whose body something was changed at any depth: %s',
    (edit) => {
      finds(({ records }, index, seed) => {
        const record = at(records, index)
        const body = editAnywhere(record.body, edit, seed)
        if (body === undefined || canonicalJson(body) === canonicalJson(record.body)) return undefined
        return { records: records.with(index, { ...record, body }), problem: { seq: index + 1, problem: 'changed' } }
      })
    },
  )

  it('names the record of which any other member was changed', () => {
    const forged = 'f'.repeat(64)
    finds(({ records }, index, seed) => {
      const record = at(records, index)
      const edits: readonly {
        readonly change: Partial<JournalRecord>
        readonly problem: ChainProblem['problem']
        readonly seq?: number
      }[] = [
        { change: { at: '2020-01-01T00:00:00Z' }, problem: 'changed' },
        { change: { kind: record.kind === 'settled' ? 'echo' : 'settled' }, problem: 'changed' },
        { change: { subjectId: `${record.subjectId} ` }, problem: 'changed' },
        { change: { hash: forged }, problem: 'changed' },
        { change: { prevHash: forged }, problem: index === 0 ? 'start' : 'link' },
        // A record is named by the number it now has; a missing beginning by the number that is missing.
        index === 0
          ? { change: { seq: 1000 }, problem: 'start', seq: 1 }
          : { change: { seq: record.seq + 1000 }, problem: 'order', seq: record.seq + 1000 },
      ]
      const { change, problem, seq } = at(edits, seed % edits.length)
      return { records: records.with(index, { ...record, ...change }), problem: { seq: seq ?? index + 1, problem } }
    })
  })

  it('names the place where a record is missing, be it the first, one between or the last', () => {
    finds(({ records, head }, index) => ({
      records: records.toSpliced(index, 1),
      problem:
        index === 0
          ? { seq: 1, problem: 'start' }
          : index === records.length - 1
            ? { seq: head.seq, problem: 'head' }
            : { seq: index + 2, problem: 'order' },
    }))
  })

  it('names the signed head where the end was cut off, or everything', () => {
    finds(({ records, head }, index) => ({ records: records.slice(0, index), problem: { seq: head.seq, problem: 'head' } }))
  })

  it('names the first of two records that changed places', () => {
    finds(({ records }, index, seed) => {
      const other = (index + 1 + (seed % (records.length - 1))) % records.length
      const first = Math.min(index, other)
      const second = Math.max(index, other)
      const swapped = records.with(first, at(records, second)).with(second, at(records, first))
      return { records: swapped, problem: first === 0 ? { seq: 1, problem: 'start' } : { seq: second + 1, problem: 'order' } }
    })
  })

  it('names the first of two records that changed places and numbers', () => {
    finds(({ records }, index, seed) => {
      const other = (index + 1 + (seed % (records.length - 1))) % records.length
      const [first, second] = [Math.min(index, other), Math.max(index, other)]
      const swapped = records
        .with(first, { ...at(records, second), seq: first + 1 })
        .with(second, { ...at(records, first), seq: second + 1 })
      return { records: swapped, problem: { seq: first + 1, problem: first === 0 ? 'start' : 'link' } }
    })
  })

  it('names a record that was put in twice', () => {
    finds(({ records }, index) => ({
      records: records.toSpliced(index, 0, at(records, index)),
      problem: { seq: index + 1, problem: 'order' },
    }))
  })

  it('names what follows a record that was put in and hashed, or the signed head where nothing follows', () => {
    finds(({ records, head }, index) => {
      const { kind, subjectId, at: time } = at(records, index)
      const before = records.slice(0, index + 1)
      const forged = [...chainOf([{ at: time, kind, subjectId, body: 'forged' }], before), ...records.slice(index + 1)]
      return {
        records: forged,
        problem: index === records.length - 1 ? { seq: head.seq, problem: 'head' } : { seq: index + 2, problem: 'order' },
      }
    })
  })

  it('names what follows a forged record, also where all later ones are numbered on', () => {
    finds(({ records, head }, index) => {
      const before = records.slice(0, index + 1)
      const after = records.slice(index + 1).map((record) => ({ ...record, seq: record.seq + 1 }))
      const { kind, subjectId, at: time } = at(records, index)
      return {
        records: [...chainOf([{ at: time, kind, subjectId, body: 'forged' }], before), ...after],
        problem: after.length === 0 ? { seq: head.seq, problem: 'head' } : { seq: index + 3, problem: 'link' },
      }
    })
  })

  it('names what follows an edited record that was hashed again', () => {
    finds(({ records, head }, index) => {
      const edited = { ...at(records, index), body: 'forged' }
      if (at(records, index).body === 'forged') return undefined
      return {
        records: records.with(index, { ...edited, hash: recordHash(edited) }),
        problem: index === records.length - 1 ? { seq: head.seq, problem: 'head' } : { seq: index + 2, problem: 'link' },
      }
    })
  })

  it('names the signed head where a whole tail was forged and hashed again', () => {
    finds((chain, index) => {
      const forged = forgedTail(chain.records, index)
      return { records: forged, problem: { seq: chain.head.seq, problem: 'head' } }
    })
  })

  it('whose head was forged with its tail, or cut off with it, is told by the signature and by nothing else', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const bytes = (head: Exported['head']): Buffer => Buffer.from(canonicalJson(head))
    fc.assert(
      fc.property(contents, fc.nat(), fc.boolean(), (added, place, cut) => {
        const chain = exported(chainOf(added))
        const signature = sign(null, bytes(chain.head), privateKey)
        expect(verify(null, bytes(chain.head), publicKey, signature)).toBe(true)
        const index = place % (chain.records.length - 1)
        const forged = exported(cut ? chain.records.slice(0, index + 1) : forgedTail(chain.records, index))
        expect(firstBrokenRecord(forged.records, forged.head, 1)).toBeUndefined()
        expect(verify(null, bytes(forged.head), publicKey, signature)).toBe(false)
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    )
  })

  it('lets a receipt begin later, which only a caller who wants the whole chain can tell from a missing beginning', () => {
    fc.assert(
      fc.property(contents, fc.nat(), (added, place) => {
        const { records, head } = exported(chainOf(added))
        const later = records.slice(1 + (place % (records.length - 1)))
        expect(firstBrokenRecord(later, head)).toBeUndefined()
        expect(firstBrokenRecord(later, head, 1)).toEqual({ seq: 1, problem: 'start' })
        expect(firstBrokenRecord(later, head, at(later, 0).seq)).toBeUndefined()
      }),
      { numRuns },
    )
  })
})

/** The record and all after it written anew, with hashes that follow. */
function forgedTail(records: readonly JournalRecord[], index: number): JournalRecord[] {
  const [first, ...others] = records.slice(index)
  if (!first) throw new Error('A tail has a record.')
  return chainOf([{ ...first, body: { forged: true, instead: first.body } }, ...others], records.slice(0, index))
}
