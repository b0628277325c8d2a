import { z } from 'zod'
import { areas, nearMissKinds, objectTypes, severities } from '../posture/check.ts'
import { findingStates } from '../posture/finding.ts'
import { declaredKinds } from '../posture/settings.ts'
import { findingFilterSchema } from './finding-objects.ts'
import { defineRoute } from './route.ts'

export const affectedSchema = z.object({
  findingKey: z.string(),
  state: z.enum(findingStates),
  type: z.enum(objectTypes),
  objectId: z.string(),
  part: z.string(),
  name: z.string(),
  because: z.string(),
  firstSeen: z.string(),
  /** Set when the last scan could not read what the check needs. */
  notReadSince: z.string().nullable(),
  /** Present when *Fix with the Aid* is offered for this object. */
  fix: z.object({ actionId: z.string(), title: z.string() }).nullable(),
  /** A proposal under way for this object. */
  proposalId: z.string().nullable(),
  basis: z.array(z.string()),
  /** Of this object, where it is another than the finding's. */
  severity: z.enum(severities).optional(),
  /** As what the object could be declared as wanted. */
  declarable: z.array(z.enum(declaredKinds)).optional(),
  /** Who said that it stays as it is, why and until when; absent unless it is suppressed. */
  suppression: z.object({ id: z.string(), reason: z.string(), owner: z.string(), until: z.string() }).optional(),
})

export const findingSummarySchema = z.object({
  checkId: z.string(),
  code: z.string(),
  title: z.string(),
  severity: z.enum(severities),
  area: z.enum(areas),
  areaTitle: z.string(),
  state: z.enum(findingStates),
  /** Open objects that are listed. */
  open: z.number().int(),
  /** Objects that are suppressed: the verdict and the score count them still. */
  suppressed: z.number().int().optional(),
  /** Objects that the scan counted beyond the 10,000 that it lists for a check. */
  unlisted: z.number().int(),
  adds: z.number(),
  firstSeen: z.string(),
})

/** The policy that comes nearest to what the check asks for, and the least that would make the check pass. */
export const nearMissSchema = z.object({
  policyId: z.string(),
  policyName: z.string(),
  /** What would make the check pass, in one sentence. */
  sentence: z.string(),
  /** What the policy leaves out and nobody declared, as the directory knew it at the last scan. */
  objects: z.array(
    z.object({
      kind: z.enum(nearMissKinds),
      /** Object id, client id, name of a group of applications, or kind of guests. */
      id: z.string(),
      name: z.string(),
      /** For a person: the user principal name, or who is in the group; '' where there is nothing to say. */
      detail: z.string(),
      /** Under which kind it would be declared. */
      declareAs: z.enum(declaredKinds),
    }),
  ),
  /** What else keeps the policy from counting: it is not switched on, or a condition limits it. */
  changes: z.array(z.string()),
  /** Whether declaring all objects, and nothing else, makes the check pass and may be done in one step; `because` says why not. */
  declaring: z.object({ isOffered: z.boolean(), because: z.string(), mayDeclare: z.boolean() }),
})
export type NearMissView = z.infer<typeof nearMissSchema>

export const findingSchema = findingSummarySchema.extend({
  verdict: z.enum(['pass', 'fail', 'warn', 'notApplicable', 'manual', 'unknown']),
  why: z.string(),
  reason: z.string(),
  remediation: z.array(z.string()),
  portal: z.string(),
  /** Null where no policy is near, and where the check does not ask for one. */
  nearMiss: nearMissSchema.nullable().optional(),
  frameworks: z.record(z.string(), z.array(z.string())),
  licence: z.string().nullable(),
  whoCanFix: z.string(),
  affected: z.array(affectedSchema),
  /** Other open findings about the same objects, or that rest on the same facts in the same area; the nearest first. */
  related: z
    .array(
      z.object({
        checkId: z.string(),
        code: z.string(),
        title: z.string(),
        severity: z.enum(severities),
        because: z.enum(['sameObject', 'sameCause']),
        /** Objects of this finding that it is about, too. */
        shared: z.number().int(),
      }),
    )
    .optional(),
  history: z.array(z.object({ at: z.string(), what: z.string(), receiptNumber: z.number().int().nullable() })),
  /** What Graph answered, for the reader to check: request, time of reading, digest of the rows that the verdict rests on. */
  answers: z.array(
    z.object({
      fact: z.string().optional(),
      request: z.string(),
      asOf: z.string(),
      rows: z.number().int(),
      digest: z.string(),
      excerpt: z.string(),
    }),
  ),
})
export type FindingPage = z.infer<typeof findingSchema>

export const listFindings = defineRoute({
  id: 'list-findings',
  method: 'GET',
  path: '/api/findings',
  summary: 'Findings by check; with filters those that have objects that fit, which alone are counted',
  capability: 'viewFindings',
  effect: 'none',
  query: findingFilterSchema,
  answer: z.object({ findings: z.array(findingSummarySchema) }),
})
export const getFinding = defineRoute({
  id: 'get-finding',
  method: 'GET',
  path: '/api/findings/:checkId',
  summary: 'One finding with everything it rests on',
  capability: 'viewFindings',
  effect: 'none',
  params: z.object({ checkId: z.string().regex(/^[a-z0-9-]{1,60}$/) }),
  answer: findingSchema,
})
