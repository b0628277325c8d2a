import { z } from 'zod'
import { defineAction } from '../action.ts'
import { consentWorkflow, consentWorkflowPath, consentWorkflowSchema, switchOn } from '../plans/consent-workflow.ts'
import { parsePeople, peopleInput, personFields, personName } from '../plans/people.ts'
import { parseAnswer, planOne, refuse, unreadable } from '../plans/planning.ts'

export const enableAdminConsentWorkflow = defineAction({
  id: 'enable-admin-consent-workflow',
  title: 'Let people ask for an application',
  proposalTitle: 'Let people ask an administrator for an application',
  why: 'Somebody who is refused and cannot ask looks for another way. A request tells the reviewers who wants what, and why.',
  input: z.object({ reviewerIds: peopleInput(10, 1) }).strict(),
  impact: 'normal',
  starts: 'off',
  licence: 'free',
  inputs: [{ name: 'reviewerIds', title: 'Who looks at the requests', is: 'users' }],
  touches: ['tenantSetting', 'consent'],
  writeScopes: ['Policy.ReadWrite.ConsentRequest'],
  proofScopes: ['User.Read.All', 'AuditLog.Read.All'],
  directoryRole: {
    name: 'Cloud Application Administrator',
    templateId: '158c047a-c907-4556-b7ef-446551a6b5f7',
    actions: ['microsoft.directory/adminConsentRequestPolicy/allProperties/allTasks'],
    because: 'Of the built-in roles that Microsoft’s page names for it the one that may do less; custom roles cannot.',
    scope: 'tenant',
  },
  requesters: ['owner', 'admin'],
  countersigners: ['owner', 'admin'],
  reasons: {
    notFound: 'Nothing with the id {id} exists in this tenant.',
    unreadable,
    alreadyOn: 'People can already ask, and {count, plural, one {one reviewer looks} other {# reviewers look}} at the requests.',
    blocked: '{person} is blocked from signing in and cannot look at requests.',
    notMember: '{person} is a guest. Choose members of the organisation.',
    mayDecide: 'Reviewers see the requests; only those with a role that may consent can grant one.',
  },
  preStateFields: ['isEnabled', 'notifyReviewers', 'remindersEnabled', 'requestDurationInDays', 'reviewers'],
  auditActivities: ['Update policy'],
  ifStolen: 'Name an attacker as reviewer of requests, or switch them off; no permission is granted by that alone.',
  unconfirmed: 'Under which activity and id the audit log shows this change, and in which form Graph gives the reviewers back.',
  undo: { possible: true, days: 30 },
  reads: ({ reviewerIds }) => [
    { path: consentWorkflowPath },
    ...reviewerIds.map((id) => ({ path: `/users/${id}?$select=${personFields}` })),
  ],
  plan({ reviewerIds }, [answer, ...peopleAnswers]) {
    const read = parseAnswer(consentWorkflowSchema, answer, consentWorkflow.id)
    if (read.kind === 'refused') return read
    const before = read.row
    if (before.isEnabled && before.reviewers.length > 0) return refuse('alreadyOn', { count: before.reviewers.length })
    const reviewers = parsePeople(reviewerIds, peopleAnswers)
    if (reviewers.kind === 'refused') return reviewers
    return planOne(
      consentWorkflow,
      {
        field: 'consentWorkflow',
        before: before.isEnabled ? 'on, without reviewers' : 'off',
        after: `on, ${reviewers.people.map(personName).join(', ')}`,
      },
      switchOn(before, reviewerIds),
      before,
      [{ reason: 'mayDecide', values: {} }],
    )
  },
})
