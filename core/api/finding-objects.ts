import { z } from 'zod'
import { areas, frameworks, objectTypes, severities } from '../posture/check.ts'
import { findingStates } from '../posture/finding.ts'
import { declaredKinds } from '../posture/settings.ts'
import { defineRoute } from './route.ts'

export const licenceNeeds = ['none', 'p1', 'p2'] as const
/** What the objects can be ordered by; a minus in front turns the order round. */
export const objectColumns = ['severity', 'title', 'object', 'type', 'area', 'affects', 'adds', 'firstSeen', 'state'] as const
export type ObjectColumn = (typeof objectColumns)[number]

/** Values of one facet, divided by commas: any of them will do. */
function anyOf<const Names extends readonly string[]>(names: Names) {
  const schema = z.array(z.enum(names))
  return z
    .string()
    .max(300)
    .transform((text, context): Names[number][] => {
      const parsed = schema.safeParse(text.split(',').filter(Boolean))
      if (parsed.success) return parsed.data
      context.addIssue({ code: 'custom', message: `must be one or more of ${names.join(', ')}, divided by commas` })
      return z.NEVER
    })
    .optional()
}

/** Filters of findings: facets are joined by "and", the values of one by "or". All that is left out lets everything through. */
export const findingFilterSchema = z.object({
  severity: anyOf(severities),
  area: anyOf(areas),
  state: anyOf(findingStates),
  type: anyOf(objectTypes),
  framework: anyOf(frameworks),
  /** Policy ids of a framework or baseline, such as MS.AAD.1.1v1. */
  policy: z
    .string()
    .max(500)
    .transform((text) => text.split(',').filter(Boolean))
    .optional(),
  licence: anyOf(licenceNeeds),
  /** `yes`: those alone that the Aid can fix. */
  fixable: anyOf(['yes']),
  /** `yes`: those alone that the last scan found new or back again. */
  new: anyOf(['yes']),
  check: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/, 'must be the id of a check, such as app-secret-expired')
    .optional(),
  /** Words that all occur in the object's name, its id, or what the check says of itself. */
  search: z.string().max(200).optional(),
})
export type FindingFilter = z.output<typeof findingFilterSchema>

const orderSchema = z
  .string()
  .regex(new RegExp(`^-?(${objectColumns.join('|')})$`), `must be one of ${objectColumns.join(', ')}, with - in front to turn it round`)
  .default('severity')

export const objectRowSchema = z.object({
  findingKey: z.string(),
  checkId: z.string(),
  code: z.string(),
  severity: z.enum(severities),
  area: z.enum(areas),
  areaTitle: z.string(),
  /** What is found, about this object. */
  title: z.string(),
  type: z.enum(objectTypes),
  objectId: z.string(),
  part: z.string(),
  name: z.string(),
  state: z.enum(findingStates),
  /** Objects with the same finding that are not closed. */
  affects: z.number().int(),
  /** Points that mending the whole finding adds to the score. */
  adds: z.number(),
  firstSeen: z.string(),
  /** Found new or back again by the last scan. */
  isNew: z.boolean(),
  /** Present when *Fix with the Aid* is offered; `several`: most objects that one plan can mend, null where each is a proposal of its own. */
  fix: z.object({ actionId: z.string(), title: z.string(), several: z.number().int().nullable() }).nullable(),
  /** A proposal under way for this object. */
  proposalId: z.string().nullable(),
  suppression: z.object({ reason: z.string(), owner: z.string(), until: z.string() }).nullable(),
  /** An exception stands for this object: the next judgement counts it. */
  declared: z.boolean(),
  /** As what the object could be declared. */
  declarable: z.array(z.enum(declaredKinds)),
})
export type ObjectRow = z.infer<typeof objectRowSchema>

const facetSchema = z.array(z.object({ value: z.string(), title: z.string(), count: z.number().int() }))
/** For each facet its values with how many findings there are under all other filters. */
export const facetsSchema = z.object({
  severity: facetSchema,
  area: facetSchema,
  state: facetSchema,
  type: facetSchema,
  framework: facetSchema,
  /** Policy ids of the frameworks that are chosen; empty while none is. */
  policy: facetSchema,
  licence: facetSchema,
  fixable: facetSchema,
  new: facetSchema,
})
export type Facets = z.infer<typeof facetsSchema>

export const listFindingObjects = defineRoute({
  id: 'list-finding-objects',
  method: 'GET',
  path: '/api/findings/objects',
  summary: 'Findings object by object: filtered, sorted and counted, a page at a time',
  capability: 'viewFindings',
  effect: 'none',
  query: findingFilterSchema.extend({
    order: orderSchema,
    /** `next` of the page before. */
    cursor: z.string().max(1000).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  }),
  answer: z.object({
    objects: z.array(objectRowSchema),
    /** Findings that fit and facets with counts, with the first page only. */
    total: z.number().int().nullable(),
    facets: facetsSchema.nullable(),
    /** Where the next page begins; null after the last. */
    next: z.string().nullable(),
  }),
})

export const downloadFindings = defineRoute({
  id: 'download-findings',
  method: 'GET',
  path: '/api/findings/csv',
  summary: 'Every finding that fits the filters, as a table for spreadsheets',
  capability: 'export',
  effect: 'exports',
  query: findingFilterSchema.extend({ order: orderSchema }),
  answer: z.string(),
  answerType: 'text/csv',
})
