import { readFileSync } from 'node:fs'

export interface DeclaredProperty {
  readonly many: boolean
  readonly navigation: boolean
}

const csdl = readFileSync(new URL('../data/graph-v1.0.csdl', import.meta.url), 'utf8')
const known = new Map<string, ReadonlyMap<string, DeclaredProperty>>()

/** The structural and navigation properties of a v1.0 type and its base types, as the CSDL declares them; `many` marks collections. */
export function propertiesOf(type: string): ReadonlyMap<string, DeclaredProperty> {
  const cached = known.get(type)
  if (cached) return cached
  const opening = new RegExp(`<(EntityType|ComplexType) Name="${type}"([^>]*)>`).exec(csdl)
  if (!opening) throw new Error(`The CSDL has no type named "${type}".`)
  const [tag, kind, attributes = ''] = opening
  const body = tag.endsWith('/>') ? '' : csdl.slice(opening.index, csdl.indexOf(`</${kind}>`, opening.index))
  const own = [...body.matchAll(/<(Navigation)?Property Name="([^"]+)" Type="(Collection)?/g)].map(
    (match) => [match[2] ?? '', { many: match[3] !== undefined, navigation: match[1] !== undefined }] as const,
  )
  const base = /BaseType="graph\.([^"]+)"/.exec(attributes)?.[1]
  const all = new Map([...(base === undefined ? [] : propertiesOf(base)), ...own])
  known.set(type, all)
  return all
}
