import { getApplication, type ApplicationView } from '@countersign/core/api/applications.ts'
import type { ApplicationEvidence } from '@countersign/core/posture/derived/application-risk.ts'
import { graphOf } from '@countersign/core/posture/rules/application-graph.ts'
import { riskReasons } from '@countersign/core/posture/rules/application-risk-reasons.ts'
import { notCounted, riskOf } from '@countersign/core/posture/rules/application-risk.ts'
import { meaningOf } from '@countersign/core/posture/rules/permission-meaning.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import { asOf, credential, evidence, guid, iso, now, registrationId } from './sample-application-evidence.ts'

const partTitles = {
  powers: 'What it may do',
  credentials: 'What signs in as it',
  owners: 'Who owns it',
  consent: 'Who consented',
  publisher: 'Who publishes it',
  exposure: 'How it can be reached',
} as const

/** The application as the service would show it: its sum and its graph come of the product's own rules. */
function shown(of: ApplicationEvidence): ApplicationView {
  const risk = riskOf(of, now)
  const [worst] = risk.parts.flatMap(({ lines }) => lines).sort((left, right) => right.points - left.points)
  const ends = of.credentials.flatMap(({ endsAt }) => (endsAt !== null && endsAt > now ? [endsAt] : []))
  return getApplication.answer.parse({
    ...{
      id: of.id,
      appId: of.appId,
      name: of.name,
      publisher: of.publisher,
      isEnabled: of.isEnabled,
      asOf,
      registrationId: of.registrationId,
      type: of.type,
    },
    ...{ score: risk.score, level: risk.level, because: worst ? renderMessage(riskReasons[worst.reason], worst.values, 'en') : null },
    nextEnd: ends.length === 0 ? null : new Date(Math.min(...ends)).toISOString(),
    parts: risk.parts.map(({ part, points, most, lines, unlisted }) => ({
      ...{ part, title: partTitles[part], points, most, unlisted },
      lines: lines.map(({ reason, values, weight, points: added, basis }) => ({
        sentence: renderMessage(riskReasons[reason], values, 'en'),
        weight,
        points: added,
        basis,
      })),
    })),
    notCounted: [...notCounted],
    permissions: of.permissions.map(({ resourceName: resource, value, ...rest }) => ({
      ...rest,
      value,
      meaning: meaningOf(value),
      resource,
    })),
    roles: of.roles,
    credentials: [...of.credentials]
      .sort((left, right) => (left.endsAt ?? Infinity) - (right.endsAt ?? Infinity))
      .map(({ credentialName: name, startsAt, endsAt, ...rest }) => ({
        ...{ ...rest, name, hasEnded: endsAt !== null && endsAt <= now },
        startsAt: startsAt === null ? null : new Date(startsAt).toISOString(),
        endsAt: endsAt === null ? null : new Date(endsAt).toISOString(),
      })),
    owners: of.owners,
    consents: {
      people: ['Ana Sousa', 'Piotr Zieliński', 'Wilhelmina van der Meer-Oosterhuis'].map((name, index) => ({
        ...{ id: guid(7, index), name, permissions: ['Mail.Read', 'offline_access'], basis: `oauth2PermissionGrants/p${index}` },
      })),
      unlisted: 9,
    },
    graph: graphOf(of),
    findings: [
      {
        ...{
          findingKey: `guest-owns-privileged-app:${of.id}`,
          checkId: 'guest-owns-privileged-app',
          code: 'APP-14',
          title: 'No guest owns a privileged application',
        },
        ...{
          severity: 'critical',
          because: 'Tomás Ruiz (guest) owns it and it holds RoleManagement.ReadWrite.Directory',
          firstSeen: iso(-12),
          isSuppressed: false,
        },
        ...{ fix: { actionId: 'remove-app-owner', title: 'Remove an owner from an application' }, proposalId: null },
      },
      {
        ...{
          findingKey: `app-secret-expired:${of.id}`,
          checkId: 'app-secret-expired',
          code: 'APP-01',
          title: 'No application keeps an expired secret',
        },
        ...{
          severity: 'low',
          because: 'The secret “temporary, Tomás” ended 335 days ago',
          firstSeen: iso(-30),
          isSuppressed: true,
          fix: null,
          proposalId: null,
        },
      },
    ],
    offers: [
      {
        actionId: 'block-service-principal',
        title: 'Block an enterprise application from signing in',
        about: '',
        input: { servicePrincipalId: of.id },
        impact: 'normal',
        isOn: true,
      },
      {
        actionId: 'remove-app-secret',
        title: 'Remove a secret from an application',
        about: guid(2, 3),
        input: { applicationId: registrationId, keyId: guid(2, 3) },
        impact: 'normal',
        isOn: true,
      },
      {
        actionId: 'remove-app-role',
        title: 'Take an application permission away from an application',
        about: 'appRoleAssignments/a1',
        input: { resourceId: guid(8, 1), assignmentId: 'a1' },
        impact: 'normal',
        isOn: true,
      },
      {
        actionId: 'remove-app-role',
        title: 'Take an application permission away from an application',
        about: 'appRoleAssignments/a2',
        input: { resourceId: guid(8, 1), assignmentId: 'a2' },
        impact: 'normal',
        isOn: false,
      },
      {
        actionId: 'remove-delegated-grant',
        title: 'Take away what an application may do in people’s names',
        about: 'oauth2PermissionGrants/g0',
        input: { grantId: 'g0' },
        impact: 'normal',
        isOn: true,
      },
    ],
  })
}

export const application: ApplicationView = shown(evidence)

/** Forty credentials, a name that needs several lines, and many owners. */
export const crowdedApplication: ApplicationView = shown({
  ...evidence,
  name: 'Integration Platform for Human Resources, Payroll and Time Recording of the Nordic Region (production, do not delete)',
  credentials: Array.from({ length: 40 }, (_, index) =>
    credential(
      index + 1,
      index % 5 === 4 ? 'certificate' : 'secret',
      index % 7 === 3 ? '' : `deployment-${index + 1}-${'very-long-name-of-a-secret-'.repeat((index % 3) + 1)}`,
      -1200 + index * 30,
      -400 + index * 37,
    ),
  ),
  owners: Array.from(
    { length: 14 },
    (_, index) =>
      ({
        ...{
          id: guid(6, index),
          name: index % 4 === 0 ? `Wilhelmina van der Meer-Oosterhuis ${index}` : `Owner ${index}`,
          through: 'application',
          state: index % 5 === 0 ? 'guest' : 'member',
        },
        ...{ isGuest: index % 5 === 0, isPrivileged: index % 3 === 0, basis: `applicationOwners/${registrationId}` },
      }) as const,
  ),
})

/** Nothing weighs, nobody owns it, nothing signs in as it. */
export const plainApplication: ApplicationView = {
  ...shown({
    ...evidence,
    name: 'Lunch Menu',
    publisher: 'microsoft',
    registrationId: null,
    permissions: [],
    roles: [],
    credentials: [],
    owners: [],
    exposure: { ...evidence.exposure, openToEverybody: false },
  }),
  consents: { people: [], unlisted: 0 },
  findings: [],
  offers: [],
}
