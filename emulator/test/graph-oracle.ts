import { readFileSync } from 'node:fs'
import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'

const property = z.object({ '@Name': z.string(), '@Type': z.string(), '@Nullable': z.string().optional() })
const type = z.object({
  '@Name': z.string(),
  '@BaseType': z.string().optional(),
  '@OpenType': z.string().optional(),
  Property: z.array(property).default([]),
  NavigationProperty: z.array(property).default([]),
})
const csdlSchema = z.object({
  'edmx:Edmx': z.object({
    'edmx:DataServices': z.object({
      Schema: z.array(
        z.object({
          '@Namespace': z.string(),
          EntityType: z.array(type).default([]),
          ComplexType: z.array(type).default([]),
          EnumType: z
            .array(
              z.object({
                '@Name': z.string(),
                '@IsFlags': z.string().optional(),
                Member: z.array(z.object({ '@Name': z.string() })).default([]),
              }),
            )
            .default([]),
        }),
      ),
    }),
  }),
})

type Type = z.infer<typeof type>
interface Declared {
  readonly type: string
  readonly nullable: boolean
  readonly navigation: boolean
}

const lists = new Set(['Schema', 'EntityType', 'ComplexType', 'EnumType', 'Member', 'Property', 'NavigationProperty'])
const parsed = csdlSchema.parse(
  new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', isArray: (name) => lists.has(name) }).parse(
    readFileSync(new URL('../data/graph-v1.0.csdl', import.meta.url), 'utf8'),
  ),
)
const main = parsed['edmx:Edmx']['edmx:DataServices'].Schema.find((schema) => schema['@Namespace'] === 'microsoft.graph')
if (!main) throw new Error('The CSDL has no schema microsoft.graph.')
const types = new Map<string, Type>([...main.EntityType, ...main.ComplexType].map((entry) => [entry['@Name'], entry]))
const enums = new Map(
  main.EnumType.map((entry) => [
    entry['@Name'],
    { flags: entry['@IsFlags'] === 'true', members: new Set(entry.Member.map((member) => member['@Name'])) },
  ]),
)

function bare(name: string): string {
  return name.replace(/^(microsoft\.)?graph\./, '')
}

function declaredIn(name: string): Map<string, Declared> {
  const found = types.get(name)
  if (!found) throw new Error(`The CSDL has no type "${name}".`)
  const base = found['@BaseType'] === undefined ? new Map<string, Declared>() : declaredIn(bare(found['@BaseType']))
  for (const [list, navigation] of [
    [found.Property, false],
    [found.NavigationProperty, true],
  ] as const) {
    for (const entry of list) base.set(entry['@Name'], { type: entry['@Type'], nullable: entry['@Nullable'] !== 'false', navigation })
  }
  return base
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?Z$/
const DURATION = /^P(?!$)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** What in an object contradicts the CSDL, one sentence each: unknown properties, wrong types, unknown enum members, nulls where none may be. */
export function contradictions(typeName: string, value: unknown, at = typeName): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`]
  const stated: unknown = Reflect.get(value, '@odata.type')
  const actual = typeof stated === 'string' ? bare(stated.replace('#', '')) : typeName
  const declared = declaredIn(actual)
  return Object.entries(value).flatMap(([name, item]) => {
    if (name.startsWith('@odata.') || name.includes('@odata.')) return []
    const declaration = declared.get(name)
    if (!declaration) return [`${at}/${name} is not declared on ${actual}`]
    return valueContradictions(declaration, item, `${at}/${name}`)
  })
}

function valueContradictions(declaration: Declared, value: unknown, at: string): string[] {
  const collection = /^Collection\((.*)\)$/.exec(declaration.type)?.[1]
  if (collection !== undefined) {
    if (!Array.isArray(value)) return value === null && declaration.nullable ? [] : [`${at} is no collection`]
    return value.flatMap((item, index) =>
      valueContradictions({ ...declaration, type: collection, nullable: true }, item, `${at}[${index}]`),
    )
  }
  if (value === null) return declaration.nullable || declaration.navigation ? [] : [`${at} must not be null`]
  const problem = (isRight: boolean): string[] => (isRight ? [] : [`${at} is no ${declaration.type}: ${JSON.stringify(value)}`])
  switch (declaration.type) {
    case 'Edm.String':
    case 'Edm.Binary':
    case 'Edm.Stream':
      return problem(typeof value === 'string')
    case 'Edm.Boolean':
      return problem(typeof value === 'boolean')
    case 'Edm.Int16':
    case 'Edm.Int32':
    case 'Edm.Int64':
      return problem(Number.isInteger(value))
    case 'Edm.Double':
    case 'Edm.Decimal':
      return problem(typeof value === 'number')
    case 'Edm.Guid':
      return problem(typeof value === 'string' && GUID.test(value))
    case 'Edm.Duration':
      return problem(typeof value === 'string' && DURATION.test(value))
    case 'Edm.Date':
      return problem(typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value))
    case 'Edm.DateTimeOffset':
      return problem(typeof value === 'string' && MOMENT.test(value) && !Number.isNaN(Date.parse(value)))
    default:
      return structured(declaration.type, value, at)
  }
}

function structured(typeName: string, value: unknown, at: string): string[] {
  if (typeName.startsWith('Edm.')) return [`${at} has the type ${typeName}, which the oracle cannot judge`]
  const choices = enums.get(bare(typeName))
  if (!choices) return contradictions(bare(typeName), value, at)
  if (typeof value !== 'string') return [`${at} is no member of ${typeName}`]
  const members = choices.flags ? value.split(',') : [value]
  return members.every((member) => choices.members.has(member)) ? [] : [`${at} "${value}" is no member of ${typeName}`]
}
