import { z } from 'zod'
import type { Json } from '../../digest.ts'
import { sameId } from '../../posture/rows/graph-values.ts'
import type { GraphRead, Plan, PlanContext, PreStateAnswers } from '../action.ts'
import { heldBy, holderSubject, holding, readRole, refuseLoss, roleChanges, roleReasons } from './directory-role.ts'
import { planOne, refuse } from './planning.ts'

/** Which of the two lists of Privileged Identity Management: roles held now, or roles that can be activated. */
export type ScheduleKind = 'Assignment' | 'Eligibility'

/** Whose schedule of which role, and where: '/' for the tenant, else an administrative unit or one object. */
export const scheduleInput = z
  .object({
    principalId: z.uuid(),
    roleDefinitionId: z.uuid(),
    directoryScopeId: z.string().regex(/^\/$|^\/(?:administrativeUnits\/)?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/),
  })
  .strict()
type ScheduleInput = z.infer<typeof scheduleInput>

const scheduleSchema = z.object({
  value: z.array(
    holding.extend({
      memberType: z.string().nullish(),
      assignmentType: z.string().nullish(),
      // A role that was never given through the service has no start.
      scheduleInfo: z.object({
        startDateTime: z.string().nullable(),
        expiration: z.object({ endDateTime: z.string().nullish() }).nullish(),
      }),
    }),
  ),
})

export const scheduleInputs = [
  { name: 'principalId', title: 'Object id of who holds it', is: 'id' },
  { name: 'roleDefinitionId', title: 'Role', is: 'role' },
  { name: 'directoryScopeId', title: 'Where it holds: / for the tenant', is: 'id' },
] as const

export const scheduleReasons = {
  ...roleReasons,
  notFound: 'There is no such role of {id} in Privileged Identity Management any more.',
  throughGroup: '{name} holds this role through a group. Take the person out of the group instead.',
}

/** The least built-in role is at the same time what undo needs. */
export const scheduleActions = ['microsoft.directory/privilegedIdentityManagement/allProperties/allTasks']

/** Names of the rows that the service writes when it has carried a request out, of a schedule with an end and of one without. */
export function scheduleActivities(kind: ScheduleKind): { readonly removed: readonly string[]; readonly added: readonly string[] } {
  const eligible = kind === 'Eligibility' ? 'eligible ' : ''
  const both = (start: string) => ['permanent', 'timebound'].map((how) => `${start} role in PIM completed (${how})`)
  return { removed: both(`Remove ${eligible}member from`), added: both(`Add ${eligible}member to`) }
}

export function readSchedules(kind: ScheduleKind, input: ScheduleInput): GraphRead[] {
  return [{ path: heldBy(`role${kind}Schedules`, input, '&$expand=principal') }, ...readRole(input.roleDefinitionId)]
}

/** Ends one schedule that an administrator has made. */
export function planEnd(kind: ScheduleKind, input: ScheduleInput, answers: PreStateAnswers, context: PlanContext): Plan {
  const [answer, role, administrators] = answers
  const parsed = scheduleSchema.safeParse(answer)
  if (!parsed.success) return refuse('unreadable')
  const schedules = parsed.data.value.filter(({ directoryScopeId }) => sameId(directoryScopeId, input.directoryScopeId))
  const schedule = schedules.find(({ memberType }) => memberType !== 'Group') ?? schedules[0]
  if (!schedule) return refuse('notFound', { id: input.principalId })
  const { principalId, roleDefinitionId, directoryScopeId, scheduleInfo } = schedule
  const subject = holderSubject(schedule)
  if (!subject) return refuse('unreadable')
  if (schedule.memberType === 'Group') return refuse('throughGroup', { name: subject.name })
  if (schedule.assignmentType === 'Activated') return refuse('activated', { name: subject.name })
  const loss = refuseLoss(schedule, subject.name, administrators, context)
  if (loss) return loss

  const endDateTime = scheduleInfo.expiration?.endDateTime ?? null
  const expiration = endDateTime === null ? { type: 'noExpiration' } : { type: 'afterDateTime', endDateTime }
  const given = { startDateTime: scheduleInfo.startDateTime, expiration }
  const activities = scheduleActivities(kind)
  const read = { path: heldBy(`role${kind}Schedules`, input) }
  const scope = { list: 'value', field: 'directoryScopeId', value: directoryScopeId }
  const request = (action: string, more: Record<string, Json> = {}) => ({
    method: 'POST' as const,
    path: `/roleManagement/directory/role${kind}ScheduleRequests`,
    body: { action, principalId, roleDefinitionId, directoryScopeId, justification: 'Countersigned in Countersign', ...more },
  })
  return planOne(
    subject,
    [...roleChanges(role, schedule), { field: 'roleEnd', before: endDateTime ?? 'without end', after: 'now' }],
    {
      class: 'delete',
      write: request('adminRemove'),
      readBack: { read, expect: { kind: 'lacks', ...scope } },
      undo: {
        write: request('adminAssign', { scheduleInfo: given }),
        readBack: { read, expect: { kind: 'has', ...scope } },
        echo: { activities: activities.added, targetId: principalId },
      },
      echo: { activities: activities.removed, targetId: principalId },
    },
    { directoryScopeId, assignmentType: schedule.assignmentType ?? null, scheduleInfo: given },
  )
}
