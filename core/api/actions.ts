import { z } from 'zod'
import { roles } from '../principal.ts'
import { actionAreas } from '../actions/action-area.ts'
import { proposalStates } from '../actions/gate.ts'
import { proposalSchema } from './proposals.ts'
import { defineRoute } from './route.ts'

const inputFieldSchema = z.object({
  name: z.string(),
  title: z.string(),
  is: z.string(),
  choices: z.record(z.string(), z.string()).optional(),
})

/** One entry of the catalogue with what the tenant has decided about it. */
export const actionSchema = z.object({
  id: z.string(),
  title: z.string(),
  why: z.string(),
  area: z.enum(actionAreas),
  impact: z.enum(['normal', 'high']),
  /** People who must countersign. */
  approvals: z.union([z.literal(1), z.literal(2)]),
  enabled: z.boolean(),
  /** Who switched it last, and when; null while the default holds. */
  switched: z.object({ by: z.string(), at: z.string() }).nullable(),
  licence: z.enum(['free', 'p1', 'p2']),
  inputs: z.array(inputFieldSchema),
  writeScopes: z.array(z.string()),
  proofScopes: z.array(z.string()),
  /** Needed scopes that the Aid's last token did not hold. */
  missingScopes: z.array(z.string()),
  directoryRole: z.object({ name: z.string(), actions: z.array(z.string()), because: z.string(), scope: z.string(), held: z.boolean() }),
  requesters: z.array(z.enum(roles)),
  countersigners: z.array(z.enum(roles)),
  undo: z.object({ possible: z.boolean(), days: z.number().nullable(), because: z.string().nullable() }),
  auditActivities: z.array(z.string()),
  ifStolen: z.string(),
  unconfirmed: z.string().nullable(),
  /** Codes of the checks whose findings it mends. */
  mends: z.array(z.string()),
})
export type ActionView = z.infer<typeof actionSchema>

export const listActions = defineRoute({
  id: 'list-actions',
  method: 'GET',
  path: '/api/actions',
  summary: 'The catalogue of actions, and which of them this tenant has switched on',
  capability: 'viewFindings',
  effect: 'none',
  answer: z.object({ actions: z.array(actionSchema), version: z.string(), maySwitch: z.boolean() }),
})
export const switchAction = defineRoute({
  id: 'switch-action',
  method: 'POST',
  path: '/api/actions/:actionId/switch',
  summary: 'Switch an action on or off; open proposals of an action that is switched off end as superseded',
  capability: 'manageActions',
  effect: 'changes',
  params: z.object({ actionId: z.string().regex(/^[a-z0-9-]{1,60}$/) }),
  body: z.object({ enabled: z.boolean() }).strict(),
  answer: actionSchema,
})

export const listProposals = defineRoute({
  id: 'list-proposals',
  method: 'GET',
  path: '/api/proposals',
  summary: 'Proposals, newest first',
  capability: 'viewFindings',
  effect: 'none',
  answer: z.object({ proposals: z.array(proposalSchema) }),
})

const readingSchema = z.object({
  /** ISO time, UTC; null when it was not read. */
  at: z.string().nullable(),
  path: z.string(),
  /** Graph's answer as JSON text; null when there was none. */
  answer: z.string().nullable(),
  met: z.enum(['met', 'notMet', 'unclear']),
})
/** Both readings of a change of which it is not certain whether it was made. */
export const readingsSchema = z.object({
  proposalId: z.string(),
  state: z.enum(proposalStates),
  steps: z.array(z.object({ about: z.string(), request: z.string(), outcome: z.string(), then: readingSchema, now: readingSchema })),
})
export type ReadingsView = z.infer<typeof readingsSchema>
export const getReadings = defineRoute({
  id: 'get-readings',
  method: 'GET',
  path: '/api/proposals/:proposalId/readings',
  summary: 'What was read after the change and what is read now, side by side',
  capability: 'settle',
  effect: 'none',
  params: z.object({ proposalId: z.uuid() }),
  answer: readingsSchema,
})
export const settleProposal = defineRoute({
  id: 'settle-proposal',
  method: 'POST',
  path: '/api/proposals/:proposalId/settle',
  summary: 'Settle a change of which it is not certain whether it was made',
  capability: 'settle',
  effect: 'changes',
  params: z.object({ proposalId: z.uuid() }),
  body: z.object({ as: z.enum(['done', 'notDone']), because: z.string().min(3).max(500) }).strict(),
  answer: proposalSchema,
})

/** What is needed, granted and held, each scope and role with the actions or facts that need it. */
export const scopesSchema = z.object({
  planes: z.array(
    z.object({
      plane: z.enum(['read', 'act']),
      scopes: z.array(
        z.object({
          scope: z.string(),
          kind: z.enum(['write', 'proof', 'read', 'surplus']),
          because: z.array(z.string()),
          /** Whether the last token held it; null when there was no token yet. */
          held: z.boolean().nullable(),
          /** Whether the last scan saw it granted; null when none has read the grants. */
          granted: z.boolean().nullable().optional(),
        }),
      ),
    }),
  ),
  roles: z.array(
    z.object({ name: z.string(), needed: z.boolean(), held: z.boolean().nullable(), scope: z.string(), because: z.array(z.string()) }),
  ),
})
export type ScopesView = z.infer<typeof scopesSchema>
export const getScopes = defineRoute({
  id: 'get-scopes',
  method: 'GET',
  path: '/api/scopes',
  summary: 'Permissions and directory roles: needed, granted and held',
  capability: 'viewFindings',
  effect: 'none',
  answer: scopesSchema,
})
