import { z } from 'zod'
import { defineAction } from '../action.ts'
import { conditionalAccessRole, conditionalAccessScopes, policyActivities } from '../plans/conditional-access.ts'
import { createReportOnly, policiesOfName } from '../plans/new-policy.ts'
import { parsePeople, peopleInput, personFields } from '../plans/people.ts'
import { parseAnswer, refuse, unreadable } from '../plans/planning.ts'
import { policyTemplate, policyTemplateIds, policyTemplateNames } from '../policy-templates.ts'

export const createPolicy = defineAction({
  id: 'create-policy',
  title: 'Create a Conditional Access policy that only reports',
  proposalTitle: 'Create the policy {name}, report-only',
  why: 'A report-only policy stops nobody and shows whom it would stop. Once that is understood, another action switches it on.',
  input: z.object({ template: z.enum(policyTemplateIds), excludedUserIds: peopleInput(5, 0) }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'p1',
  inputs: [
    {
      name: 'template',
      title: 'Policy',
      is: 'choice',
      choices: policyTemplateNames,
    },
    { name: 'excludedUserIds', title: 'Emergency access accounts that it leaves out', is: 'users' },
  ],
  touches: ['policy'],
  writeScopes: conditionalAccessScopes,
  proofScopes: ['Policy.Read.All', 'User.Read.All', 'AuditLog.Read.All'],
  directoryRole: conditionalAccessRole(['create', 'delete']),
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'Nothing with the id {id} exists in this tenant.',
    unreadable,
    exists: 'The tenant already has a policy with the name {name}. Rename or delete it first.',
    noEmergencyAccount:
      'The policy covers {people}. Without an emergency access account that it leaves out, one mistake would keep every administrator out. The Aid does not count.',
    blocked: '{person} is blocked from signing in, and is no emergency access.',
    notMember: '{person} is a guest, and is no emergency access.',
    reachesAid:
      'Once it is on, the policy also holds for the Aid, which has no person beside it. Leave the Aid out, or keep the policy report-only.',
    needsP2: 'The condition needs Microsoft Entra ID P2; without it Graph refuses the policy.',
  },
  preStateFields: ['displayName'],
  auditActivities: [...policyActivities('Add'), ...policyActivities('Delete')],
  ifStolen: 'Switch Conditional Access policies off or delete them, and so sign in as people whose passwords are known.',
  unconfirmed: 'Whether Conditional Access takes every role that Microsoft calls privileged in a policy for roles.',
  undo: { possible: true, days: 30 },
  reads: ({ template, excludedUserIds }) => [
    policiesOfName(policyTemplate(template)),
    ...excludedUserIds.map((id) => ({ path: `/users/${id}?$select=${personFields}` })),
  ],
  plan({ template: templateId, excludedUserIds }, [answer, ...peopleAnswers], { aidId }) {
    const template = policyTemplate(templateId)
    const list = parseAnswer(z.object({ value: z.array(z.object({ id: z.string() })) }), answer, templateId)
    if (list.kind === 'refused') return list
    if (list.row.value.length > 0) return refuse('exists', { name: template.displayName })
    if (excludedUserIds.every((id) => id === aidId)) return refuse('noEmergencyAccount', { people: template.people })
    const leftOut = parsePeople(excludedUserIds, peopleAnswers)
    if (leftOut.kind === 'refused') return leftOut
    return {
      ...createReportOnly(template, leftOut.people),
      warnings: [
        ...(excludedUserIds.includes(aidId) ? [] : [{ reason: 'reachesAid', values: {} }]),
        ...(template.licence === 'p2' ? [{ reason: 'needsP2', values: {} }] : []),
      ],
    }
  },
})
