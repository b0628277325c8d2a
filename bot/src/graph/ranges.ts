import type { Fact } from '@countersign/core/posture/fact.ts'
import { batchLimit } from './batch-body.ts'
import type { SignInLost } from './answer.ts'
import type { GraphReader, ReadOptions } from './reader.ts'
import { leafFilter } from './range-filter.ts'
import { countPath } from './request-path.ts'

const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789']

export const rangeLimits = {
  /** Below it, one chain of pages is as quick. */
  worthwhile: 20_000,
  parts: 5,
  /** A leaf above this multiple of a part's share is cut at its next letter. */
  tooBig: 1.5,
  /** How often leaves are cut further: names that all begin alike ("user0001") differ late. */
  rounds: 6,
  cutsPerRound: 2,
  /** Graph refuses more clauses joined by `or` in one filter. */
  leavesInPart: 15,
} as const

interface Leaf {
  readonly text: string
  readonly count: number
}

/** The parts to read side by side; null when the list is short or cannot be counted. */
export async function planRanges(
  reader: GraphReader,
  fact: Fact,
  options: ReadOptions,
  above: number = rangeLimits.worthwhile,
): Promise<{ readonly kind: 'ranges'; readonly parts: readonly string[] | null } | SignInLost> {
  const whole = { kind: 'ranges', parts: null } as const
  const property = fact.source.ranges
  if (property === undefined) return whole
  const total = await readCount(reader, fact, options)
  if (typeof total !== 'number') return total?.kind === 'signInLost' ? total : whole
  if (total <= above) return whole
  const share = total / rangeLimits.parts
  const firsts = await countBeginnings(reader, fact, property, letters, options)
  // Names in a script of other letters are one rest, which is the list.
  if (!firsts?.some(({ count }) => count > 0)) return whole
  let leaves: readonly Leaf[] = split({ text: '', count: total }, firsts)
  for (let round = 0; round < rangeLimits.rounds; round += 1) {
    const big = leaves
      .filter(({ text, count }) => !text.includes('~') && count > share * rangeLimits.tooBig)
      .sort((one, other) => other.count - one.count)
      .slice(0, rangeLimits.cutsPerRound)
    if (big.length === 0) break
    for (const leaf of big) {
      const children = await countBeginnings(
        reader,
        fact,
        property,
        letters.map((letter) => leaf.text + letter),
        options,
      )
      if (!children) return whole
      leaves = [...leaves.filter((other) => other !== leaf), ...split(leaf, children)]
    }
  }
  return { kind: 'ranges', parts: merged(leaves) }
}

/** Graph's own count; undefined when it gives none. */
export async function readCount(
  reader: GraphReader,
  fact: Fact,
  { signal, bucket }: ReadOptions,
): Promise<number | SignInLost | undefined> {
  const answer = await reader.get(countPath(fact), {
    eventual: true,
    units: unitsOfCount(fact),
    ...(bucket ? { bucket } : {}),
    ...(signal ? { signal } : {}),
  })
  if (answer.kind === 'signInLost') return answer
  return answer.kind === 'answer' ? numberOf(answer.body) : undefined
}

/** A leaf as its continuations that hold anything, and the rest of it, which is read even when it was empty at the counting. */
function split(leaf: Leaf, children: readonly Leaf[]): Leaf[] {
  const filled = children.filter(({ count }) => count > 0)
  if (filled.length === 0) return [leaf]
  const inside = filled.reduce((sum, { count }) => sum + count, 0)
  const without = filled.map(({ text }) => text.slice(-1)).join('')
  return [...filled, { text: `${leaf.text}~${without}`, count: Math.max(0, leaf.count - inside) }]
}

/** About equal parts: the biggest leaf goes first, each to the emptiest part that still has room. */
function merged(leaves: readonly Leaf[]): string[] {
  const parts: { count: number; readonly leaves: string[] }[] = []
  for (const { text, count } of [...leaves].sort((one, other) => other.count - one.count)) {
    const isAlone = text.includes('~')
    const open = parts.filter((part) => part.leaves.length < rangeLimits.leavesInPart && part.leaves[0]?.includes('~') === false)
    const emptiest = open.reduce<(typeof parts)[number] | undefined>(
      (best, part) => (best && best.count <= part.count ? best : part),
      undefined,
    )
    if (isAlone || !emptiest || open.length < rangeLimits.parts) parts.push({ count, leaves: [text] })
    else {
      emptiest.count += count
      emptiest.leaves.push(text)
    }
  }
  return parts.map((part) => `range:${part.leaves.join(',')}`)
}

async function countBeginnings(
  reader: GraphReader,
  fact: Fact,
  property: string,
  beginnings: readonly string[],
  options: ReadOptions,
): Promise<Leaf[] | undefined> {
  const batches: string[][] = []
  for (let at = 0; at < beginnings.length; at += batchLimit) batches.push(beginnings.slice(at, at + batchLimit))
  const answers = await Promise.all(
    batches.map((batch) =>
      reader.batch(
        batch.map((beginning) => countPath(fact, leafFilter(property, beginning))),
        { ...options, eventual: true, units: unitsOfCount(fact) },
      ),
    ),
  )
  const leaves: Leaf[] = []
  for (const [index, answer] of answers.flat().entries()) {
    const count = answer.kind === 'answer' ? numberOf(answer.body) : undefined
    const text = beginnings[index]
    if (count === undefined || text === undefined) return undefined
    leaves.push({ text, count })
  }
  return leaves
}

function unitsOfCount({ source }: Fact): number {
  return source.bucket === 'identity' ? (source.cost ?? 1) : 1
}

/** `/$count` answers plain text, with a byte order mark at times; in a batch it may have become a number. */
function numberOf(body: unknown): number | undefined {
  const text = String(body)
    .replace(/^\uFEFF/, '')
    .trim()
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined
}
