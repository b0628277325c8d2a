import { z } from 'zod'
import { severities } from '../posture/check.ts'
import { riskLevels } from '../posture/rules/application-risk.ts'
import { notKnownSchema } from './not-known.ts'
import { objectFindingSchema, offerSchema, pathEdgeSchema } from './offers.ts'
import { defineRoute } from './route.ts'

export const tiers = ['control', 'management', 'user', 'none'] as const
export const holderKinds = ['member', 'guest', 'servicePrincipal', 'group'] as const
/** `notRead` where the report could not be read; `notApplicable` for groups and applications. */
export const signInStrengths = ['phishingResistant', 'mfa', 'none', 'notRead', 'notApplicable'] as const

const holdSchema = z.object({
  /** Of the holds of one principal, which. */
  place: z.number().int(),
  roleId: z.string(),
  roleName: z.string(),
  tier: z.enum(tiers),
  isPrivileged: z.boolean(),
  /** Held now; false means that it must be activated first. */
  isActive: z.boolean(),
  /** When it ends; null where it never does. */
  until: z.string().nullable(),
  /** '/' for the whole tenant; null where the answer does not say. */
  scope: z.string().nullable(),
  /** Groups on the way from the role; empty where the role is held directly. */
  via: z.array(z.object({ id: z.string(), name: z.string() })),
  basis: z.array(z.string()),
})
export type HoldView = z.infer<typeof holdSchema>

const holderSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** '' for groups and applications. */
  userPrincipalName: z.string(),
  kind: z.enum(holderKinds),
  isSynced: z.boolean(),
  /** null where it was not read, or says nothing of the kind. */
  isEnabled: z.boolean().nullable(),
  methods: z.object({ strength: z.enum(signInStrengths), names: z.array(z.string()) }),
  /** null where there is none, or where it was not read: `sources` tells which. */
  lastSignIn: z.string().nullable(),
})

export const personLineSchema = holderSchema.extend({
  /** How many ways to a role there are; `holds` has the first twenty, or the one of the row. */
  roles: z.number().int(),
  holds: z.array(holdSchema),
  findings: z.object({ open: z.number().int(), worst: z.enum(severities).nullable() }),
})
export type PersonLine = z.infer<typeof personLineSchema>

/** What the rows rest on beside the roles, each with why it could not be read. */
const sourcesSchema = z.array(z.object({ source: z.enum(['accounts', 'methods', 'signIns']), notKnown: notKnownSchema }))

export const peopleSchema = z.object({
  /** When the facts were judged; null before the first time. */
  asOf: z.string().nullable(),
  notKnown: notKnownSchema,
  sources: sourcesSchema,
  /** Rows that match, and how many different holders they name. */
  count: z.number().int(),
  holders: z.number().int(),
  /** Each role that somebody holds, whatever was asked for; a holder counts once. Groups count beside their members. */
  roles: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      tier: z.enum(tiers),
      /** People and applications that hold it now, and those who can only activate it. */
      active: z.number().int(),
      eligible: z.number().int(),
      guests: z.number().int(),
      applications: z.number().int(),
      groups: z.number().int(),
    }),
  ),
  people: z.array(personLineSchema),
  /** Asks for the next hundred; null at the end. */
  next: z.string().nullable(),
})
export type PeopleView = z.infer<typeof peopleSchema>

/** Natural order: the strongest tier, A, the next end and the longest without a sign-in first. */
export const peopleSorts = ['tier', 'name', 'end', 'signIn'] as const
export const listPeople = defineRoute({
  id: 'list-people',
  method: 'GET',
  path: '/api/people',
  summary: 'Who holds which directory role, how and until when, a hundred at a time',
  capability: 'viewFindings',
  effect: 'none',
  query: z.object({
    /** One row for each way to a role, in the order of the roles, or one for each holder. */
    by: z.enum(['role', 'person']).default('role'),
    /** A part of the name, of the user principal name or of a role, or a whole id. */
    search: z.string().trim().max(200).optional(),
    sort: z.enum(peopleSorts).default('tier'),
    order: z.enum(['natural', 'reversed']).default('natural'),
    tier: z.enum(tiers).optional(),
    kind: z.enum(holderKinds).optional(),
    how: z.enum(['direct', 'group', 'active', 'eligible', 'permanent']).optional(),
    methods: z.enum(['phishingResistant', 'mfa', 'none', 'notRead']).optional(),
    enabled: z.enum(['yes', 'no']).optional(),
    /** Id of a role. */
    role: z.string().max(200).optional(),
    /** `next` of the page before, asked for with the same words. */
    cursor: z.string().max(2000).optional(),
  }),
  answer: peopleSchema,
})
export type PeopleQuery = z.infer<NonNullable<typeof listPeople.query>>

export const personNodeKinds = ['user', 'group', 'application', 'role', 'tenant'] as const
export const personSchema = holderSchema.extend({
  asOf: z.string(),
  sources: sourcesSchema,
  createdAt: z.string().nullable(),
  /** Why the roles are not known; null where they are. */
  rolesNotKnown: notKnownSchema,
  holds: z.array(holdSchema),
  graph: z.object({
    nodes: z.array(z.object({ id: z.string(), kind: z.enum(personNodeKinds), name: z.string() })),
    edges: z.array(pathEdgeSchema),
  }),
  /** Groups with a directory role that it is in, may join or owns: of other groups nothing is read. */
  groups: z.array(z.object({ id: z.string(), name: z.string(), how: z.enum(['member', 'mayJoin', 'owner']), basis: z.string() })),
  /** Of a group: the first hundred members, those of its groups included, and its owners. */
  members: z.object({
    listed: z.array(z.object({ id: z.string(), name: z.string(), how: z.enum(['member', 'mayJoin', 'owner']), basis: z.string() })),
    unlisted: z.number().int(),
  }),
  owns: z.array(
    z.object({
      /** Object id of the enterprise application; null where the tenant has none for the registration. */
      id: z.string().nullable(),
      name: z.string(),
      through: z.enum(['application', 'servicePrincipal']),
      score: z.number().int().nullable(),
      level: z.enum(riskLevels).nullable(),
      basis: z.string(),
    }),
  ),
  findings: z.array(objectFindingSchema),
  offers: z.array(offerSchema),
})
export type PersonView = z.infer<typeof personSchema>

export const getPerson = defineRoute({
  id: 'get-person',
  method: 'GET',
  path: '/api/people/:personId',
  summary: 'One person or group: roles with the way to each, sign-in methods, groups, applications owned and findings',
  capability: 'viewFindings',
  effect: 'none',
  params: z.object({ personId: z.guid() }),
  answer: personSchema,
})
