import { factOf } from '../../../../core/posture/facts.ts'
import type { ReadFactId } from '../../../../core/posture/facts.ts'
import { parseRow } from '../../../../core/posture/parse.ts'
import type { Settings } from '../../../../core/posture/settings.ts'
import type { Given } from '../../../build/judged.ts'

/** What Graph could say in place of a value: nothing at all, null, a word that we do not know, an empty text or list. */
export const hostileKinds = ['absent', 'null', 'unknownWord', 'empty'] as const
export type HostileKind = (typeof hostileKinds)[number]

/** One field that decides a check, and the value with which the check no longer passes. */
export interface Field {
  readonly fact: ReadFactId
  /** The row's key inside the fact. */
  readonly row: string
  /** From the row to the field, parted by dots; numbers are places in lists. */
  readonly path: string
  readonly to: unknown
  readonly verdict: 'fail' | 'warn'
  /** Hostile values with which the check passes all the same, each with the reason why that is right. */
  readonly bears: { readonly [Kind in HostileKind]?: string }
}

/** How a check is shown to decide on what its rule says. */
export interface Flip {
  /** What differs from the sound tenant, where the check would pass for another reason or asks for the opposite of another check. */
  readonly given?: Given
  readonly settings?: Partial<Settings>
  readonly fields: readonly [Field, ...Field[]]
}

/** Flips by the code of the check. */
export type Flips = Readonly<Record<string, Flip>>

/** One field of the sound tenant that decides the check. */
export function flip(...[fact, row, path, to, verdict = 'fail', bears = {}]: FlipInput): Field {
  return { fact, row, path, to, verdict, bears }
}

type FlipInput = readonly [ReadFactId, string, string, unknown, Field['verdict']?, Field['bears']?]

/** Switches and names for what must not be there: a word that we do not know is not it, and an empty list holds nothing. */
export const notIt = { unknownWord: 'a word that we do not know is not the one that must not stand there' }
export const nothingThere = { empty: 'an empty list holds nothing of what must not be there' }

export const gone = Symbol('gone')

/** The rows with one field changed; `gone` takes it away. A row or a field that is not there is a mistake in the flip. */
export function withField(
  rows: Given[ReadFactId],
  { fact, row, path }: Pick<Field, 'fact' | 'row' | 'path'>,
  to: unknown,
): readonly unknown[] {
  const entry = factOf(fact)
  if (!entry || !rows || typeof rows === 'string') throw new Error(`The tenant has no rows of ${fact}.`)
  const index = rows.findIndex((candidate, at) => {
    const parsed = parseRow(entry, candidate, at)
    return parsed.ok && entry.key(parsed.row) === row
  })
  if (index < 0) throw new Error(`The fact ${fact} has no row ${row}.`)
  return rows.with(index, changed(rows[index], parts(path), to, `${fact}/${row}: ${path}`))
}

/** The rows as the fact's schema keeps them. */
export function keptRows(fact: ReadFactId, rows: Given[ReadFactId]): readonly unknown[] {
  const entry = factOf(fact)
  if (!entry || !rows || typeof rows === 'string') throw new Error(`The tenant has no rows of ${fact}.`)
  return rows.map((row, at) => {
    const parsed = parseRow(entry, row, at)
    if (!parsed.ok) throw new Error(parsed.detail)
    return parsed.row
  })
}

/** The value of the field as the fact's schema keeps it. */
export function keptValue(rows: Given[ReadFactId], { fact, row, path }: Field): unknown {
  const kept = keptRows(fact, rows).find((candidate) => factOf(fact)?.key(candidate) === row)
  return parts(path).reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), kept)
}

/** Paths at which two values differ, as deep as both have the same members. */
export function differences(left: unknown, right: unknown, path = ''): readonly string[] {
  if (isRecord(left) && isRecord(right) && Array.isArray(left) === Array.isArray(right) && sameNames(left, right))
    return Object.keys(left).flatMap((name) => differences(left[name], right[name], `${path}.${name}`))
  return JSON.stringify(left) === JSON.stringify(right) ? [] : [path]
}

function sameNames(left: object, right: object): boolean {
  return Object.keys(left).join(' ') === Object.keys(right).join(' ')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function changed(value: unknown, [name, ...rest]: readonly string[], to: unknown, where: string): unknown {
  if (name === undefined) return to
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) throw new Error(`There is no field ${where}.`)
  const members: Readonly<Record<string, unknown>> = { ...value }
  const next = changed(members[name], rest, to, where)
  if (Array.isArray(value)) return next === gone ? value.toSpliced(Number(name), 1) : value.with(Number(name), next)
  return Object.fromEntries(Object.entries({ ...members, [name]: next }).filter(([, member]) => member !== gone))
}

/** A tilde stands for a dot inside a name, as in `@odata~type`. */
function parts(path: string): readonly string[] {
  return path.split('.').map((part) => part.replaceAll('~', '.'))
}
