import type { GraphRead, Plan, Subject } from '../action.ts'
import { policyBody } from '../policy-templates/template.ts'
import type { PolicyTemplate } from '../policy-templates/template.ts'
import { policyActivities, policyEcho } from './conditional-access.ts'
import { personName } from './people.ts'
import type { Person } from './people.ts'
import { filtered } from './planning.ts'

const path = '/identity/conditionalAccess/policies'

/** The policy has no id before Graph gives it one: it is found by its name. */
export function policiesOfName({ displayName }: PolicyTemplate): GraphRead {
  return { path: filtered(path, `displayName eq '${displayName}'`) }
}

/** Creates a policy in report-only state; its undo deletes what was created. */
export function createReportOnly(template: PolicyTemplate, leftOut: readonly Person[]): Omit<Extract<Plan, { kind: 'plan' }>, 'warnings'> {
  const { displayName: name, people, asks } = template
  const subject: Subject = { type: 'policy', id: template.id, name, qualifier: template.baseline }
  const read = policiesOfName(template)
  const holds = (kind: 'has' | 'lacks') => ({ kind, list: 'value', field: 'displayName', value: name }) as const
  const body = policyBody(
    template,
    leftOut.map(({ id }) => id),
  )
  return {
    kind: 'plan',
    subject,
    changes: [
      { field: 'policyState', before: 'not there', after: 'only reporting' },
      { field: 'policyPeople', before: '', after: people },
      { field: 'policyLeavesOut', before: '', after: leftOut.map((each) => `${personName(each)} (${each.userPrincipalName})`).join(', ') },
      { field: 'policyAsks', before: '', after: asks },
    ],
    steps: [
      {
        class: 'create',
        about: subject,
        write: { method: 'POST', path, body },
        readBack: { read, expect: holds('has') },
        undo: {
          write: { method: 'DELETE', path: `${path}/{created}`, body: null },
          readBack: { read, expect: holds('lacks') },
          echo: { activities: policyActivities('Delete'), targetId: '{created}' },
        },
        echo: policyEcho('Add', '{created}', name),
      },
    ],
    preState: { displayName: null },
  }
}
