import type { RowSource } from './generated-rows.ts'
import { guidFor, opaqueIdFor } from './random.ts'
import type { Row } from './tenant.ts'

/** Numbers from 0 to 2³² − 1 that depend on the index and the use only. */
export function mix(index: number, use: number): number {
  let mixed = Math.imul(index ^ Math.imul(use, 0x9e3779b1), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x27d4eb2f)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

/** Whether this row is among so many of a thousand, for this use. */
export function among(index: number, use: number, ofThousand: number): boolean {
  return mix(index, use) % 1000 < ofThousand
}

/** One of a list, chosen by the index for this use. */
export function chosen<Item>(index: number, use: number, items: readonly Item[]): Item {
  const item = items[mix(index, use) % items.length]
  if (item === undefined) throw new Error('Nothing can be chosen from an empty list.')
  return item
}

/** Ids that tell their index: eight hexadecimal digits of it, scrambled, in the frame of an ordinary id. */
export interface IdCodec {
  id(index: number): string
  indexOf(id: string): number | undefined
}

/** Ids of directory objects. */
export function guids(key: string, size: number): IdCodec {
  const frame = guidFor(key)
  return codec(key, size, (digits) => digits + frame.slice(8), 0, frame.length)
}

/** Graph's opaque ids of grants and assignments. */
export function opaqueIds(key: string, size: number): IdCodec {
  const frame = opaqueIdFor(key).slice(0, 35)
  return codec(key, size, (digits) => frame + digits, 35, 43)
}

function codec(key: string, size: number, framed: (digits: string) => string, start: number, length: number): IdCodec {
  const mask = Number.parseInt(guidFor(`${key}/mask`).slice(0, 8), 16) | 0
  const factor = Number.parseInt(guidFor(`${key}/factor`).slice(0, 8), 16) | 1
  // Newton's steps double the bits that are right, from three.
  let inverse = factor
  for (let step = 0; step < 4; step += 1) inverse = Math.imul(inverse, 2 - Math.imul(factor, inverse))
  function id(index: number): string {
    const digits = ((Math.imul(index, factor) ^ mask) >>> 0).toString(16)
    return framed(digits.length === 8 ? digits : digits.padStart(8, '0'))
  }
  return {
    id,
    indexOf(candidate) {
      if (candidate.length !== length) return undefined
      const index = Math.imul(Number.parseInt(candidate.slice(start, start + 8), 16) ^ mask, inverse) >>> 0
      return index < size && id(index) === candidate ? index : undefined
    },
  }
}

export interface Generated {
  readonly size: number
  readonly ids: IdCodec
  /** What rows are unless a property below says otherwise. */
  readonly blank: Readonly<Record<string, unknown>>
  readonly properties: Readonly<Record<string, (index: number) => unknown>>
  readonly find?: NonNullable<RowSource['find']>
}

/** A source whose rows are made property by property. */
export function generated(plan: Generated): RowSource {
  const made = Object.entries(plan.properties)
  return {
    size: plan.size,
    id: plan.ids.id,
    indexOf: plan.ids.indexOf,
    property(index, name) {
      if (name === 'id') return plan.ids.id(index)
      const make = plan.properties[name]
      return make ? make(index) : plan.blank[name]
    },
    row(index) {
      const row: Record<string, unknown> = { ...plan.blank }
      for (const [name, make] of made) row[name] = make(index)
      return { ...row, id: plan.ids.id(index) } satisfies Row
    },
    ...(plan.find ? { find: plan.find } : {}),
  }
}
