import type { Planter } from './planter.ts'
import { text } from './tenant.ts'
import type { Row } from './tenant.ts'

/** Lets an active assignment be one that PIM made and will end. */
export function timedAssignment(
  planter: Planter,
  assignment: Row,
  startsInDays: number,
  endsInDays: number,
  assignmentType = 'Assigned',
): Row {
  return planter.put('roleManagement/directory/roleAssignmentScheduleInstances', {
    id: `${assignment.id}-1`,
    principalId: text(assignment, 'principalId') ?? '',
    roleDefinitionId: text(assignment, 'roleDefinitionId') ?? '',
    directoryScopeId: text(assignment, 'directoryScopeId') ?? '/',
    appScopeId: null,
    startDateTime: planter.inDays(startsInDays),
    endDateTime: planter.inDays(endsInDays),
    assignmentType,
    memberType: 'Direct',
    roleAssignmentOriginId: assignment.id,
    roleAssignmentScheduleId: planter.id(`schedule/${assignment.id}`),
  })
}

/** A recurring access review of directory roles or of guests. */
export function accessReview(
  planter: Planter,
  key: string,
  displayName: string,
  of: { readonly query: string; readonly roles?: readonly string[] },
  rules: {
    readonly autoApply: boolean
    readonly denyByDefault: boolean
    readonly reviewerIds: readonly string[]
    readonly monthsBetween: number
  },
): Row {
  const asked = (query: string): Record<string, unknown> => ({
    '@odata.type': '#microsoft.graph.accessReviewQueryScope',
    query,
    queryType: 'MicrosoftGraph',
    queryRoot: null,
  })
  return planter.put('identityGovernance/accessReviews/definitions', {
    id: planter.id(`review/${key}`),
    displayName,
    createdDateTime: planter.inDays(-300),
    lastModifiedDateTime: planter.inDays(-20),
    status: 'InProgress',
    descriptionForAdmins: displayName,
    descriptionForReviewers: 'Say who still needs this.',
    createdBy: { id: rules.reviewerIds[0] ?? null, displayName: null, userPrincipalName: null, ipAddress: null },
    scope: of.roles
      ? {
          '@odata.type': '#microsoft.graph.principalResourceMembershipsScope',
          principalScopes: [asked(of.query)],
          resourceScopes: of.roles.map((role) => asked(`/roleManagement/directory/roleDefinitions/${role}`)),
        }
      : asked(of.query),
    instanceEnumerationScope: null,
    additionalNotificationRecipients: [],
    fallbackReviewers: [],
    stageSettings: [],
    reviewers: rules.reviewerIds.map((id) => ({ query: `/v1.0/users/${id}`, queryType: 'MicrosoftGraph', queryRoot: null })),
    settings: {
      applyActions: [{ '@odata.type': '#microsoft.graph.removeAccessApplyAction' }],
      autoApplyDecisionsEnabled: rules.autoApply,
      decisionHistoriesForReviewersEnabled: false,
      defaultDecisionEnabled: rules.denyByDefault,
      defaultDecision: rules.denyByDefault ? 'Deny' : 'None',
      instanceDurationInDays: 14,
      justificationRequiredOnApproval: true,
      mailNotificationsEnabled: true,
      recommendationInsightSettings: [],
      recommendationLookBackDuration: null,
      recommendationsEnabled: true,
      reminderNotificationsEnabled: true,
      recurrence: {
        pattern: {
          type: 'absoluteMonthly',
          interval: rules.monthsBetween,
          month: 0,
          dayOfMonth: 1,
          daysOfWeek: [],
          firstDayOfWeek: 'sunday',
          index: 'first',
        },
        range: {
          type: 'noEnd',
          numberOfOccurrences: 0,
          recurrenceTimeZone: null,
          startDate: planter.inDays(-300).slice(0, 10),
          endDate: '9999-12-31',
        },
      },
    },
  })
}

/** Lets somebody activate their membership or ownership of a group, as PIM does it. */
export function mayActivate(planter: Planter, groupId: string, principalId: string, accessId: 'member' | 'owner'): Row {
  return planter.put('identityGovernance/privilegedAccess/group/eligibilityScheduleInstances', {
    id: planter.id(`group-eligible/${principalId}`),
    accessId,
    groupId,
    principalId,
    memberType: 'direct',
    eligibilityScheduleId: planter.id(`group-eligible-schedule/${principalId}`),
    startDateTime: planter.inDays(-60),
    endDateTime: planter.inDays(120),
  })
}
