import { z } from 'zod'
import type { GraphRead, Plan, PlanContext } from '../action.ts'
import { accountReasons, accountSubject, isRequester, refuseOwn } from './account.ts'
import { parseAnswer, planOne, refuse } from './planning.ts'
import type { Json } from '../../digest.ts'

const riskySchema = z.object({
  id: z.string(),
  userDisplayName: z.string().nullable(),
  userPrincipalName: z.string(),
  riskState: z.string(),
  riskLevel: z.string().nullable(),
})

/** What a person decides about a risk that Microsoft has seen. */
interface Decision {
  readonly call: 'dismiss' | 'confirmCompromised'
  readonly becomes: 'dismissed' | 'confirmedCompromised'
  readonly activity: string
  /** Reasons of refusal by the state that is there now; of every other state there is none to decide about. */
  readonly refusedFrom: Readonly<Record<string, string>>
  readonly allowedFrom: readonly string[]
}

export const riskReasons = {
  ...accountReasons,
  isRequester,
  notFound: 'Microsoft has seen no risk for an account with the object id {id}.',
  notRisky: 'There is no open risk for {name}: it is {state}.',
  alreadyDismissed: 'The risk of {name} was dismissed already.',
}

/** The least built-in role that may decide about risks. */
export const securityOperator = {
  name: 'Security Operator',
  templateId: '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f',
  actions: ['microsoft.directory/identityProtection/allProperties/allTasks'],
} as const

export function readRisk(userId: string): GraphRead {
  return { path: `/identityProtection/riskyUsers/${userId}?$select=${Object.keys(riskySchema.shape).join(',')}` }
}

export function planRisk(decision: Decision, userId: string, answer: Json | undefined, context: PlanContext): Plan {
  const read = parseAnswer(riskySchema, answer, userId)
  if (read.kind === 'refused') return read
  const { id, userDisplayName, userPrincipalName, riskState, riskLevel } = read.row
  const subject = accountSubject({ id, displayName: userDisplayName, userPrincipalName })
  const { name } = subject
  const own = refuseOwn({ id }, context)
  if (own) return own
  const refused = decision.refusedFrom[riskState]
  if (refused !== undefined) return refuse(refused, { name })
  if (!decision.allowedFrom.includes(riskState)) return refuse('notRisky', { name, state: riskState })
  return planOne(
    subject,
    { field: 'risk', before: riskLevel === null ? riskState : `${riskState}, ${riskLevel}`, after: decision.becomes },
    {
      class: 'set',
      write: { method: 'POST', path: `/identityProtection/riskyUsers/${decision.call}`, body: { userIds: [id] } },
      readBack: {
        read: { path: `/identityProtection/riskyUsers/${id}?$select=riskState` },
        expect: { kind: 'equals', field: 'riskState', value: decision.becomes },
      },
      undo: null,
      echo: { activities: [decision.activity], targetId: id },
    },
    { riskState, riskLevel },
  )
}
