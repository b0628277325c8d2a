import { z } from 'zod'
import { graphNodeKinds } from '../posture/rules/application-graph.ts'
import { riskLevels, riskParts } from '../posture/rules/application-risk.ts'
import { notKnownSchema } from './not-known.ts'
import { objectFindingSchema, offerSchema, pathEdgeSchema } from './offers.ts'
import { defineRoute } from './route.ts'

const tier = z.enum(['control', 'management', 'user', 'none'])
const basis = z.array(z.string())

export const publishers = ['microsoft', 'tenant', 'verified', 'unverified', 'none'] as const

export const applicationLineSchema = z.object({
  /** Object id of the enterprise application. */
  id: z.string(),
  appId: z.string(),
  name: z.string(),
  publisher: z.enum(publishers),
  isEnabled: z.boolean(),
  /** 0 to 100, as a sum that GET /api/applications/:applicationId explains. */
  score: z.number().int(),
  level: z.enum(riskLevels),
  /** The weightiest thing about it, in a sentence; null where nothing weighs. */
  because: z.string().nullable(),
  permissions: z.object({ application: z.number().int(), delegated: z.number().int(), control: z.number().int() }),
  /** Secrets, certificates and trusted identity providers. */
  credentials: z.number().int(),
  /** When the first credential that still works ends; null where none does, or ends. */
  nextEnd: z.string().nullable(),
  owners: z.number().int(),
})
export type ApplicationLine = z.infer<typeof applicationLineSchema>

export const applicationsSchema = z.object({
  /** When the facts were judged; null before the first time. */
  asOf: z.string().nullable(),
  notKnown: notKnownSchema,
  /** How many there are that match. */
  count: z.number().int(),
  /** How many there are of each publisher and level, whatever was asked for. */
  tally: z.array(z.object({ publisher: z.enum(publishers), level: z.enum(riskLevels), count: z.number().int() })),
  applications: z.array(applicationLineSchema),
  /** Asks for the next hundred; null at the end. */
  next: z.string().nullable(),
})
export type ApplicationsView = z.infer<typeof applicationsSchema>

/** Natural order: the weightiest risk, A, the next end and the most permissions first. */
export const applicationSorts = ['risk', 'name', 'end', 'permissions'] as const
export type ApplicationSort = (typeof applicationSorts)[number]

export const listApplications = defineRoute({
  id: 'list-applications',
  method: 'GET',
  path: '/api/applications',
  summary: 'Enterprise applications with their risk, a hundred at a time',
  capability: 'viewFindings',
  effect: 'none',
  query: z.object({
    /** A part of the name, or a whole object or client id. */
    search: z.string().trim().max(200).optional(),
    sort: z.enum(applicationSorts).default('risk'),
    order: z.enum(['natural', 'reversed']).default('natural'),
    level: z.enum(riskLevels).optional(),
    publisher: z.enum(publishers).optional(),
    /** Those that have a permission of the control plane. */
    control: z.literal('yes').optional(),
    /** Those with a credential that ends within so many days from the judgement. */
    endsWithin: z.coerce.number().int().min(1).max(3650).optional(),
    /** Those that nobody owns. */
    owners: z.literal('none').optional(),
    enabled: z.enum(['yes', 'no']).optional(),
    /** `next` of the page before, asked for with the same sort and order. */
    cursor: z.string().max(2000).optional(),
  }),
  answer: applicationsSchema,
})

const partNames = Object.keys(riskParts) as (keyof typeof riskParts)[]

export const applicationSchema = applicationLineSchema.omit({ permissions: true, credentials: true, owners: true }).extend({
  asOf: z.string(),
  /** Object id of the registration in this tenant; null where it is elsewhere. */
  registrationId: z.string().nullable(),
  type: z.string(),
  /** The sum: the points of the parts make the score. */
  parts: z.array(
    z.object({
      part: z.enum(partNames),
      title: z.string(),
      points: z.number().int(),
      most: z.number().int(),
      lines: z.array(z.object({ sentence: z.string(), weight: z.number().int(), points: z.number().int(), basis })),
      unlisted: z.number().int(),
    }),
  ),
  /** What would say something of the risk and is not known, in sentences. */
  notCounted: z.array(z.string()),
  permissions: z.array(
    z.object({
      kind: z.enum(['application', 'delegated']),
      value: z.string(),
      /** What it lets the application do; '' where only its publisher knows. */
      meaning: z.string(),
      resource: z.string(),
      tier,
      risk: z.enum(['critical', 'high', 'medium', 'low', 'none']),
      consent: z.enum(['administrator', 'everybody', 'people']),
      people: z.number().int(),
      since: z.string().nullable(),
      basis: z.string(),
    }),
  ),
  roles: z.array(z.object({ name: z.string(), tier, isPrivileged: z.boolean(), isActive: z.boolean(), groups: z.number().int(), basis })),
  /** Earliest end first; those without an end last. */
  credentials: z.array(
    z.object({
      kind: z.enum(['secret', 'certificate', 'federated']),
      holder: z.enum(['application', 'servicePrincipal']),
      keyId: z.string(),
      name: z.string(),
      startsAt: z.string().nullable(),
      endsAt: z.string().nullable(),
      hasEnded: z.boolean(),
      basis: z.string(),
    }),
  ),
  owners: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      through: z.enum(['application', 'servicePrincipal']),
      state: z.enum(['member', 'guest', 'disabled', 'gone', 'application']),
      isGuest: z.boolean(),
      isPrivileged: z.boolean(),
      basis: z.string(),
    }),
  ),
  /** People who consented for themselves: the first hundred grants. Graph says of none of them when. */
  consents: z.object({
    people: z.array(z.object({ id: z.string(), name: z.string(), permissions: z.array(z.string()), basis: z.string() })),
    unlisted: z.number().int(),
  }),
  graph: z.object({
    nodes: z.array(z.object({ id: z.string(), kind: z.enum(graphNodeKinds), name: z.string() })),
    edges: z.array(pathEdgeSchema),
    paths: z.array(z.object({ from: z.string(), hops: z.array(pathEdgeSchema) })),
  }),
  /** Open findings about it and its registration, worst first. */
  findings: z.array(objectFindingSchema),
  offers: z.array(offerSchema),
})
export type ApplicationView = z.infer<typeof applicationSchema>

export const getApplication = defineRoute({
  id: 'get-application',
  method: 'GET',
  path: '/api/applications/:applicationId',
  summary: 'One enterprise application: its risk part by part, permissions, consents, credentials, owners and ways to the tenant',
  capability: 'viewFindings',
  effect: 'none',
  params: z.object({ applicationId: z.guid() }),
  answer: applicationSchema,
})
