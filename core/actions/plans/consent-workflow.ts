import { z } from 'zod'
import type { PlanStep, Subject } from '../action.ts'

const text = z.string().nullable().default(null)

/** All five fields are required when it is written: https://learn.microsoft.com/graph/api/adminconsentrequestpolicy-update */
export const consentWorkflowSchema = z.object({
  isEnabled: z.boolean(),
  notifyReviewers: z.boolean(),
  remindersEnabled: z.boolean(),
  requestDurationInDays: z.number(),
  reviewers: z.array(z.object({ query: z.string(), queryType: text, queryRoot: text })),
})
type ConsentWorkflow = z.infer<typeof consentWorkflowSchema>

export const consentWorkflowPath = '/policies/adminConsentRequestPolicy'

/** There is one, and Graph gives it no id. */
export const consentWorkflow: Subject = {
  type: 'tenant',
  id: 'adminConsentRequestPolicy',
  name: 'the admin consent workflow',
  qualifier: 'adminConsentRequestPolicy',
}

/** The longest that a request may wait; CIS asks for no more. */
const mostDays = 30

export function switchOn(before: ConsentWorkflow, reviewerIds: readonly string[]): Omit<PlanStep, 'about'> {
  const days = before.requestDurationInDays
  const after = {
    isEnabled: true,
    notifyReviewers: true,
    remindersEnabled: true,
    requestDurationInDays: days > 0 && days <= mostDays ? days : mostDays,
    reviewers: reviewerIds.map((id) => ({ query: `/users/${id}`, queryType: 'MicrosoftGraph', queryRoot: null })),
  }
  return { class: 'set', ...put(after), undo: put(before) }
}

function put(body: ConsentWorkflow) {
  const { isEnabled, requestDurationInDays, reviewers } = body
  return {
    write: { method: 'PUT', path: consentWorkflowPath, body },
    readBack: {
      read: { path: consentWorkflowPath },
      expect: {
        kind: 'all',
        of: [
          { kind: 'equals', field: 'isEnabled', value: isEnabled },
          { kind: 'equals', field: 'requestDurationInDays', value: requestDurationInDays },
          ...reviewers.map(({ query }) => ({ kind: 'has', list: 'reviewers', field: 'query', value: query }) as const),
        ],
      },
    },
    echo: {
      activities: ['Update policy'],
      targetId: consentWorkflow.id,
      modified: { name: 'IsEnabled', newValueContains: String(isEnabled) },
    },
  } as const
}
