import type { ApplicationEvidence } from '@countersign/core/posture/derived/application-risk.ts'

export const asOf = '2026-11-22T05:12:00.000Z'
export const now = Date.parse(asOf)
export const day = 24 * 60 * 60 * 1000
export const iso = (days: number): string => new Date(now + days * day).toISOString()

export const payrollId = '7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af'
export const registrationId = '5b2c7f10-8d4e-4a6b-9c1f-2e3d4c5b6a70'
const graph = { resourceName: 'Microsoft Graph', resourceAppId: '00000003-0000-0000-c000-000000000000' } as const
export const guid = (kind: number, index: number): string => `${String(kind).repeat(8)}-4a5b-4c6d-8e9f-${String(index).padStart(12, '0')}`

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
export function credential(index: number, kind: Credential['kind'], name: string, from: number | null, to: number | null): Credential {
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

export const evidence: ApplicationEvidence = {
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
