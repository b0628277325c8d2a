import {
  getApplication,
  listApplications,
  type ApplicationLine,
  type ApplicationsView,
  type ApplicationView,
} from '@countersign/core/api/applications.ts'
import type { ApplicationEvidence } from '@countersign/core/posture/derived/application-risk.ts'
import { graphOf } from '@countersign/core/posture/rules/application-graph.ts'
import { riskReasons } from '@countersign/core/posture/rules/application-risk-reasons.ts'
import { levelOf, notCounted, riskOf } from '@countersign/core/posture/rules/application-risk.ts'
import { meaningOf } from '@countersign/core/posture/rules/permission-meaning.ts'
import { renderMessage } from '@countersign/core/text/message.ts'
import { sampleNow } from './sample-posture.ts'

const asOf = '2026-11-22T05:12:00.000Z'
const now = Date.parse(asOf)
const day = 24 * 60 * 60 * 1000
const iso = (days: number): string => new Date(now + days * day).toISOString()

export const payrollId = '7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af'
const registrationId = '5b2c7f10-8d4e-4a6b-9c1f-2e3d4c5b6a70'
const graph = { resourceName: 'Microsoft Graph', resourceAppId: '00000003-0000-0000-c000-000000000000' } as const
const guid = (kind: number, index: number): string => `${String(kind).repeat(8)}-4a5b-4c6d-8e9f-${String(index).padStart(12, '0')}`

type Permission = ApplicationEvidence['permissions'][number]
function permission(
  kind: Permission['kind'],
  value: string,
  tier: Permission['tier'],
  risk: Permission['risk'],
  index: number,
): Permission {
  const basis = kind === 'application' ? (`appRoleAssignments/a${index}` as const) : (`oauth2PermissionGrants/g${index % 2}` as const)
  const consent = kind === 'application' ? 'administrator' : index % 2 === 0 ? 'everybody' : 'people'
  return {
    kind,
    value,
    ...graph,
    tier,
    risk,
    consent,
    people: consent === 'people' ? 12 : 0,
    since: kind === 'application' ? iso(-420 + index * 40) : null,
    basis,
  }
}

type Credential = ApplicationEvidence['credentials'][number]
function credential(index: number, kind: Credential['kind'], name: string, from: number | null, to: number | null): Credential {
  const holder = kind === 'certificate' && index % 2 === 0 ? 'servicePrincipal' : 'application'
  const basis = `${holder === 'application' ? 'applications' : 'servicePrincipals'}/${registrationId}` as const
  return {
    kind,
    holder,
    keyId: guid(2, index),
    credentialName: name,
    startsAt: from === null ? null : now + from * day,
    endsAt: to === null ? null : now + to * day,
    basis,
  }
}

const evidence: ApplicationEvidence = {
  id: payrollId,
  appId: '0c9d8e7f-6a5b-4c3d-8e1f-0a9b8c7d6e5f',
  name: 'Payroll Sync',
  registrationId,
  type: 'Application',
  isEnabled: true,
  publisher: 'tenant',
  usesSaml: false,
  permissions: [
    permission('application', 'RoleManagement.ReadWrite.Directory', 'control', 'critical', 1),
    permission('application', 'AppRoleAssignment.ReadWrite.All', 'control', 'critical', 2),
    permission('application', 'User.ReadWrite.All', 'control', 'critical', 3),
    permission('application', 'Mail.Send', 'management', 'high', 4),
    permission('application', 'Sites.Read.All', 'management', 'high', 5),
    permission('application', 'DeviceManagementManagedDevices.PrivilegedOperations.All', 'control', 'high', 6),
    permission('delegated', 'Files.ReadWrite.All', 'user', 'high', 8),
    permission('delegated', 'Mail.Read', 'user', 'medium', 9),
    permission('delegated', 'User.Read', 'none', 'low', 10),
    permission('delegated', 'offline_access', 'none', 'none', 11),
  ],
  roles: [
    { name: 'Groups Administrator', tier: 'management', isPrivileged: false, isActive: true, groups: 1, basis: ['roleAssignments/r7'] },
  ],
  credentials: [
    credential(1, 'secret', 'payroll-prod', -330, 35),
    credential(2, 'certificate', 'CN=payroll.fabrikamnordic.example', -200, 530),
    credential(3, 'secret', 'temporary, Tomás', -700, -335),
    credential(4, 'secret', '', -90, 640),
    credential(5, 'federated', 'github-fabrikam/payroll:ref:refs/heads/main', null, null),
    credential(6, 'certificate', 'CN=payroll-old', -1100, -5),
  ],
  owners: [
    {
      id: '3f4e5d6c-7b8a-4912-8034-5a6b7c8d9e0f',
      name: 'Ida Holm',
      through: 'application',
      state: 'member',
      isGuest: false,
      isPrivileged: true,
      basis: `applicationOwners/${registrationId}`,
    },
    {
      id: '2a1d9c20-4b7a-4c52-9e0e-5a1b2c3d4e5f',
      name: 'Tomás Ruiz',
      through: 'application',
      state: 'guest',
      isGuest: true,
      isPrivileged: false,
      basis: `applicationOwners/${registrationId}`,
    },
    {
      id: guid(6, 1),
      name: 'Provisioning Automation for the Nordic Region (production)',
      through: 'servicePrincipal',
      state: 'application',
      isGuest: false,
      isPrivileged: false,
      basis: `servicePrincipalOwners/${payrollId}`,
    },
  ],
  exposure: { redirects: [], severalTenants: false, isLocked: true, implicitTokens: false, openToEverybody: true },
  basis: [`servicePrincipals/${payrollId}`, `applications/${registrationId}`],
}

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

const names = [
  'Payroll Sync',
  'Invoice Robot',
  'Contoso Travel',
  'Power BI gateway',
  'Backup365',
  'Legacy CRM connector',
  'Intranet search',
  'Badge printing',
  'Expense Approvals',
  'Integration Platform for Human Resources, Payroll and Time Recording of the Nordic Region',
] as const
const publishers = ['tenant', 'unverified', 'verified', 'microsoft', 'none'] as const
const sentences = [
  'It has the application permission RoleManagement.ReadWrite.Directory of Microsoft Graph, which reaches the control of the tenant.',
  'A secret works, for longer than a year in all.',
  'Nobody has verified who publishes it.',
  'It is registered here and nobody owns it.',
] as const

/** Applications worst first; `count` of them. */
export function applicationLines(count: number): ApplicationLine[] {
  return Array.from({ length: count }, (_, index) => {
    const score = index === 0 ? application.score : Math.max(0, Math.round(72 - index * (72 / Math.max(count, 20))))
    return {
      id: index === 0 ? payrollId : guid(1, index),
      appId: index === 0 ? evidence.appId : guid(4, index),
      name: index < names.length ? (names[index] ?? '') : `${names[index % names.length] ?? ''} ${index}`,
      publisher: publishers[index % publishers.length] ?? 'none',
      isEnabled: index % 9 !== 8,
      score,
      level: levelOf(score),
      because: score === 0 ? null : (sentences[index % sentences.length] ?? null),
      permissions: { application: 2 + ((index * 7) % 12), delegated: (index * 3) % 9, control: index % 6 === 0 ? 1 + (index % 3) : 0 },
      credentials: index % 4,
      nextEnd: index % 4 === 0 ? null : iso(3 + index * 9),
      owners: index % 3,
    }
  })
}

export function applicationsOf(lines: readonly ApplicationLine[]): ApplicationsView {
  const groups = new Map<string, ApplicationsView['tally'][number]>()
  for (const { publisher, level } of lines) {
    const key = `${publisher} ${level}`
    groups.set(key, { publisher, level, count: (groups.get(key)?.count ?? 0) + 1 })
  }
  return listApplications.answer.parse({
    asOf,
    notKnown: null,
    count: lines.length,
    tally: [...groups.values()],
    applications: lines,
    next: null,
  })
}

export const applications: readonly ApplicationLine[] = applicationLines(46)
export const sampleEnd = (within: number): string => new Date(Date.parse(sampleNow) + within * day).toISOString()
