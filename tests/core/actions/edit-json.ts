import type { Json } from '@countersign/core/digest.ts'

export type Edit = 'replace' | 'remove' | 'add' | 'rename'

const replacements: readonly Json[] = [null, true, 0, -0.5, '', 'forged', '\ud800', '\udbff', [], {}]

/** The value with one edit at a place picked by `seed` among all places of any depth; undefined where the edit has no place. */
export function editAnywhere(value: Json, edit: Edit, seed: number): Json | undefined {
  const places = placesOf(value)
  for (let turn = 0; turn < places.length; turn++) {
    const path = places[(seed + turn) % places.length]
    const edited = path && editAt(value, path, (found) => editHere(found, edit, seed))
    if (edited !== undefined) return edited
  }
  return undefined
}

type Path = readonly (string | number)[]

function placesOf(value: Json): Path[] {
  if (value === null || typeof value !== 'object') return [[]]
  const members: [string | number, Json][] = isArray(value) ? [...value.entries()] : Object.entries(value)
  return [[], ...members.flatMap(([name, member]) => placesOf(member).map((path): Path => [name, ...path]))]
}

function editAt(value: Json, [name, ...rest]: Path, change: (found: Json) => Json | undefined): Json | undefined {
  if (name === undefined) return change(value)
  if (value === null || typeof value !== 'object') return undefined
  if (isArray(value)) {
    const index = Number(name)
    const edited = editAt(value[index] ?? null, rest, change)
    return edited === undefined ? undefined : value.with(index, edited)
  }
  const edited = editAt(value[name] ?? null, rest, change)
  return edited === undefined ? undefined : fromEntries(Object.entries(value).map(([key, old]) => [key, key === name ? edited : old]))
}

function editHere(value: Json, edit: Edit, seed: number): Json | undefined {
  if (edit === 'replace') return replacements[seed % replacements.length]
  if (value === null || typeof value !== 'object') return undefined
  if (isArray(value)) {
    if (edit === 'add') return value.toSpliced(seed % (value.length + 1), 0, 'forged')
    return edit === 'remove' && value.length > 0 ? value.toSpliced(seed % value.length, 1) : undefined
  }
  const members = Object.entries(value)
  if (edit === 'add') return fromEntries([...members, ['forged', true]])
  if (members.length === 0) return undefined
  const index = seed % members.length
  if (edit === 'remove') return fromEntries(members.toSpliced(index, 1))
  return fromEntries(members.map(([key, member], position) => [position === index ? `${key} forged` : key, member]))
}

/** Keeps a member called `__proto__` a member. */
function fromEntries(members: readonly (readonly [string, Json])[]): Json {
  return Object.fromEntries(members)
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
