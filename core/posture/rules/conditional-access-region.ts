import { deviceStates } from './conditional-access-device-filter.ts'

/**
 * Sets of sign-ins, described by what is known of each: `person` is one of some ids, `role:…` is `yes`, `platform` is not one of some.
 * What a region does not name is free. Who belongs to a group and which addresses a place has is not looked up: a group is `yes` or `no`
 * for anybody, so that an answer holds whoever is put into it tomorrow.
 */
export type Region = ReadonlyMap<string, Extent>

/** The values listed, or every other one. */
export interface Extent {
  readonly listed: boolean
  readonly values: ReadonlySet<string>
}

/** All the values of what has no others; what is not here can always have one that nobody named. */
const closed: Readonly<Record<string, readonly string[]>> = {
  client: ['browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'other'],
  signInRisk: ['none', 'low', 'medium', 'high'],
  userRisk: ['none', 'low', 'medium', 'high'],
  insiderRisk: ['none', 'minor', 'moderate', 'elevated'],
  device: Object.keys(deviceStates),
}
const yesOrNo = ['yes', 'no']

export function oneOf(values: Iterable<string>): Extent {
  return { listed: true, values: new Set(values) }
}

export function noneOf(values: Iterable<string>): Extent {
  return { listed: false, values: new Set(values) }
}

export const yes = oneOf(['yes'])
export const no = oneOf(['no'])

export function region(parts: Readonly<Record<string, Extent>>): Region {
  return new Map(Object.entries(parts))
}

/** The sign-ins in both; undefined where there are none. */
export function meet(left: Region, right: Region): Region | undefined {
  if (!touches(left, right)) return undefined
  const both = new Map(left)
  for (const [name, extent] of right) both.set(name, meetExtents(both.get(name), extent))
  return both
}

/** Regions that share no sign-in and together are `whole` without `part`. */
function* without(whole: Region, part: Region): Generator<Region, void, void> {
  const rest = new Map(whole)
  for (const [name, extent] of part) {
    const before = rest.get(name)
    const outside = complement(extent)
    if (!areApart(name, before ?? everything, outside)) yield new Map(rest).set(name, meetExtents(before, outside))
    rest.set(name, meetExtents(before, extent))
  }
}

/** Nobody waits longer for one answer than this many comparisons; what is not settled by then counts as not covered. */
const patience = 300_000

/** Whether every sign-in of each target lies in some part. */
export function isCovered(targets: readonly Region[], parts: readonly Region[]): boolean {
  let compared = 0
  return targets.every((target) => covered(target, parts))

  function covered(target: Region, among: readonly Region[]): boolean {
    const touching: Region[] = []
    for (const part of among) {
      compared += part.size + 1
      if (compared > patience) return false
      if (!touches(target, part)) continue
      if (contains(part, target)) return true
      touching.push(part)
    }
    const [first, ...others] = touching.sort((left, right) => left.size - right.size)
    if (!first) return false
    for (const piece of without(target, first)) {
      compared += piece.size
      if (!covered(piece, others)) return false
    }
    return true
  }
}

function touches(left: Region, right: Region): boolean {
  for (const [name, extent] of right) if (areApart(name, left.get(name) ?? everything, extent)) return false
  return true
}

function contains(outer: Region, inner: Region): boolean {
  for (const [name, extent] of outer) if (!areApart(name, inner.get(name) ?? everything, complement(extent))) return false
  return true
}

const everything = noneOf([])

function complement({ listed, values }: Extent): Extent {
  return { listed: !listed, values }
}

/** Whether no value is in both. */
function areApart(name: string, left: Extent, right: Extent): boolean {
  const all = name.includes(':') ? yesOrNo : closed[name]
  const isIn = ({ listed, values }: Extent, value: string): boolean => values.has(value) === listed
  if (all) return !all.some((value) => isIn(left, value) && isIn(right, value))
  const [list, other] = left.listed ? [left, right] : [right, left]
  if (!list.listed) return false
  for (const value of list.values) if (isIn(other, value)) return false
  return true
}

function meetExtents(left: Extent | undefined, right: Extent): Extent {
  if (!left) return right
  if (left.listed && right.listed) return oneOf([...left.values].filter((value) => right.values.has(value)))
  if (left.listed) return oneOf([...left.values].filter((value) => !right.values.has(value)))
  if (right.listed) return oneOf([...right.values].filter((value) => !left.values.has(value)))
  return noneOf([...left.values, ...right.values])
}
