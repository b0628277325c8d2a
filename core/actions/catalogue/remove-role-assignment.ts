import { z } from 'zod'
import { defineAction } from '../action.ts'
import { parseAnswer, planOne, refuse } from '../plans/planning.ts'
import { heldBy, holderSubject, holding, membershipActivities, membershipEchoes } from '../plans/directory-role.ts'
import { readRole, refuseLoss, roleAdministrator, roleChanges, roleReasons } from '../plans/directory-role.ts'

const assignments = '/roleManagement/directory/roleAssignments'

export const removeRoleAssignment = defineAction({
  id: 'remove-role-assignment',
  title: 'Take a directory role away',
  proposalTitle: 'Take a directory role away from {name}',
  why: 'A role that is held all the time and not used is what a stolen account brings along.',
  input: z.object({ assignmentId: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/) }).strict(),
  impact: 'high',
  starts: 'off',
  licence: 'free',
  inputs: [{ name: 'assignmentId', title: 'Id of the role assignment', is: 'role' }],
  touches: ['role'],
  writeScopes: ['RoleManagement.ReadWrite.Directory'],
  proofScopes: ['RoleManagement.ReadWrite.Directory', 'AuditLog.Read.All'],
  directoryRole: {
    ...roleAdministrator,
    actions: ['microsoft.directory/roleAssignments/allProperties/allTasks'],
    because: 'The smallest built-in role that may take roles away; it may also give every role, and custom roles cannot do either.',
    scope: 'tenant',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: { ...roleReasons, notFound: 'No role assignment with the id {id} exists in this tenant any more.' },
  preStateFields: ['principalId', 'roleDefinitionId', 'directoryScopeId'],
  auditActivities: [...membershipActivities.removed, ...membershipActivities.added],
  ifStolen: 'Give any role to anybody, Global Administrator included: the whole tenant. Switch it on only while it is needed.',
  unconfirmed: 'How the log names the removal of a role that Privileged Identity Management gave and that is taken away outside of it.',
  undo: { possible: true, days: 30 },
  reads: ({ assignmentId }) => [{ path: `${assignments}/${assignmentId}?$expand=principal` }],
  readsAfter(_input, [answer]) {
    const parsed = holding.safeParse(answer)
    return parsed.success ? readRole(parsed.data.roleDefinitionId) : []
  },
  plan({ assignmentId }, [answer, role, administrators], context) {
    const read = parseAnswer(holding, answer, assignmentId)
    if (read.kind === 'refused') return read
    const { principal: _principal, ...held } = read.row
    const subject = holderSubject(read.row)
    if (!subject) return refuse('unreadable')
    const loss = refuseLoss(read.row, subject.name, administrators, context)
    if (loss) return loss
    const echoes = membershipEchoes(held)
    const now = { path: heldBy('roleAssignments', held) }
    const scope = { list: 'value', field: 'directoryScopeId', value: held.directoryScopeId }
    return planOne(
      subject,
      roleChanges(role, read.row),
      {
        class: 'delete',
        write: { method: 'DELETE', path: `${assignments}/${assignmentId}`, body: null },
        readBack: { read: now, expect: { kind: 'lacks', ...scope } },
        undo: {
          write: { method: 'POST', path: assignments, body: held },
          readBack: { read: now, expect: { kind: 'has', ...scope } },
          echo: echoes.added,
        },
        echo: echoes.removed,
      },
      held,
    )
  },
})
