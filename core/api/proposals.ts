import { z } from 'zod'
import { proposalStates } from '../actions/gate.ts'
import { echoStates } from '../actions/echo.ts'
import { stepStates } from '../actions/sentences.ts'
import { receiptFileSchema } from '../actions/journal.ts'
import { defineRoute } from './route.ts'

/** What card, tab, CLI and receipt show of a proposal: rendered by core/actions/preview.ts and by nothing else. */
export const previewSchema = z.object({
  title: z.string(),
  subject: z.object({ type: z.string(), id: z.string(), name: z.string(), qualifier: z.string() }),
  changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  requests: z.array(z.string()),
  warnings: z.array(z.string()),
  /** What the change would do beyond its object, as the last scan shows it. */
  blast: z.array(z.string()),
  /** What it locks out, as the person who asked wrote it; left out where it locks nothing out. */
  locksOut: z.array(z.string()).optional(),
  /** The objects of a plan of several steps, in their order; empty for one step. */
  objects: z.array(z.object({ id: z.string(), name: z.string(), qualifier: z.string() })),
  /** People who must countersign. */
  approvals: z.union([z.literal(1), z.literal(2)]),
  undo: z.string(),
  actor: z.string(),
  impact: z.enum(['normal', 'high']),
  hash: z.string(),
  expiresAt: z.string(),
})
export type Preview = z.infer<typeof previewSchema>

export const proposalSchema = z.object({
  id: z.string(),
  state: z.enum(proposalStates),
  /** The state in words, with what happens next. */
  sentence: z.string(),
  actionId: z.string(),
  preview: previewSchema,
  requestedBy: z.object({ objectId: z.string(), name: z.string() }),
  createdAt: z.string(),
  receiptNumber: z.number().int().nullable(),
  findingKeys: z.array(z.string()),
  /** Where the person countersigns: the chat, because a card is there or will be. */
  chatUrl: z.string(),
  offered: z.boolean(),
  /** People who have countersigned, in their order. */
  countersignedBy: z.array(z.object({ objectId: z.string(), name: z.string(), at: z.string() })),
  /** Each step with what became of it. */
  steps: z.array(
    z.object({
      about: z.string(),
      request: z.string(),
      state: z.enum(stepStates),
      sentence: z.string(),
    }),
  ),
  undoes: z.string().nullable(),
  resumes: z.string().nullable(),
  /** Set when the rest of a plan that stopped can be proposed. */
  mayResume: z.boolean(),
})
export type ProposalView = z.infer<typeof proposalSchema>

/** Names of what the change would lock out, written out by the person who asks for it all the same. */
const namedSchema = z.array(z.string().min(1).max(256)).max(20).optional()

export const createProposal = defineRoute({
  id: 'create-proposal',
  method: 'POST',
  path: '/api/proposals',
  summary: 'Propose an action; nothing changes until it is countersigned in chat',
  capability: 'propose',
  effect: 'changes',
  body: z.union([
    z.object({ findingKey: z.string().min(1).max(300), named: namedSchema }).strict(),
    /** Several objects of one check by one plan, where the check's action has one. */
    z.object({ findingKeys: z.array(z.string().min(1).max(500)).min(2).max(50), named: namedSchema }).strict(),
    z.object({ undo: z.uuid(), named: namedSchema }).strict(),
    z.object({ resume: z.uuid(), named: namedSchema }).strict(),
    z.object({ actionId: z.string().regex(/^[a-z0-9-]{1,60}$/), input: z.record(z.string(), z.unknown()), named: namedSchema }).strict(),
  ]),
  answer: proposalSchema,
})
export const getProposal = defineRoute({
  id: 'get-proposal',
  method: 'GET',
  path: '/api/proposals/:proposalId',
  summary: 'One proposal',
  capability: 'viewFindings',
  effect: 'none',
  params: z.object({ proposalId: z.uuid() }),
  answer: proposalSchema,
})
export const rejectProposal = defineRoute({
  id: 'reject-proposal',
  method: 'POST',
  path: '/api/proposals/:proposalId/reject',
  summary: 'Withdraw a proposal',
  capability: 'propose',
  effect: 'changes',
  params: z.object({ proposalId: z.uuid() }),
  body: z.object({}).strict(),
  answer: proposalSchema,
})

const linkSchema = z.object({
  step: z.enum(['proposed', 'countersigned', 'carriedOut', 'matched', 'checkedAgain']),
  state: z.enum(['done', 'waiting', 'broken', 'notNeeded']),
  who: z.string(),
  as: z.string(),
  at: z.string().nullable(),
  /** First 8 hex digits of the journal record's hash, or '' while waiting. */
  hash: z.string(),
  sentence: z.string(),
  request: z.string().nullable(),
})

export const receiptSchema = z.object({
  proposalId: z.string(),
  receiptNumber: z.number().int(),
  title: z.string(),
  state: z.enum(proposalStates),
  sentence: z.string(),
  at: z.string(),
  links: z.array(linkSchema),
  echo: z.object({
    state: z.enum(echoStates),
    sentence: z.string(),
    expectedBy: z.string().nullable(),
    fields: z.array(z.object({ field: z.string(), value: z.string(), same: z.boolean(), compared: z.string() })),
    rowId: z.string().nullable(),
    portalUrl: z.string().nullable(),
  }),
  preview: previewSchema,
  undo: z.object({ possible: z.boolean(), until: z.string().nullable(), because: z.string().nullable() }),
  findingKeys: z.array(z.string()),
  /** Each step with what became of it and what the tenant's log shows of it. */
  steps: z.array(
    z.object({
      about: z.string(),
      request: z.string(),
      state: z.enum(stepStates),
      sentence: z.string(),
      /** null for a step that was not sent. */
      echo: z.object({ state: z.enum(echoStates), sentence: z.string(), rowId: z.string().nullable() }).nullable(),
    }),
  ),
  chainVerified: z.boolean(),
})
export type Receipt = z.infer<typeof receiptSchema>

export const listReceipts = defineRoute({
  id: 'list-receipts',
  method: 'GET',
  path: '/api/receipts',
  summary: 'Receipts, newest first',
  capability: 'viewReceipts',
  effect: 'none',
  answer: z.object({
    receipts: z.array(
      z.object({
        proposalId: z.string(),
        receiptNumber: z.number().int(),
        title: z.string(),
        by: z.string(),
        at: z.string(),
        state: z.enum(proposalStates),
        echo: z.enum(echoStates),
      }),
    ),
  }),
})
export const getReceipt = defineRoute({
  id: 'get-receipt',
  method: 'GET',
  path: '/api/receipts/:proposalId',
  summary: 'One receipt with its custody chain',
  capability: 'viewReceipts',
  effect: 'none',
  params: z.object({ proposalId: z.uuid() }),
  answer: receiptSchema,
})
export const downloadReceipt = defineRoute({
  id: 'download-receipt',
  method: 'GET',
  path: '/api/receipts/:proposalId/file',
  summary: 'The signed extract of the journal, for countersign verify',
  capability: 'export',
  effect: 'exports',
  params: z.object({ proposalId: z.uuid() }),
  answer: receiptFileSchema,
})
