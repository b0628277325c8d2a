import type { Planter } from './planter.ts'
import { roleIdByName } from './reference.ts'
import type { Row } from './tenant.ts'

/** Six policies of which only two do what their names say. */
export function plantContosoPolicies(planter: Planter, groups: { breakGlass: Row; scanners: Row; pilot: Row }): void {
  const withoutBreakGlass = { excludeGroups: [groups.breakGlass.id] }
  // Blocks legacy authentication, but not for the group that is left out: attackers need only one mailbox.
  planter.policy(
    'legacy',
    'Block legacy authentication',
    'enabled',
    { clientAppTypes: ['exchangeActiveSync', 'other'] },
    { excludeGroups: [groups.breakGlass.id, groups.scanners.id] },
    { builtInControls: ['block'] },
    800,
  )
  // The good one: everybody, every application, strong second factor.
  planter.policy(
    'mfa',
    'Require multifactor authentication for everyone',
    'enabled',
    {},
    withoutBreakGlass,
    { builtInControls: ['mfa'] },
    500,
  )
  // Report-only for most of a year: somebody forgot to turn them on.
  planter.policy(
    'admins',
    'Require multifactor authentication for administrators',
    'enabledForReportingButNotEnforced',
    {},
    {
      ...withoutBreakGlass,
      includeUsers: [],
      includeRoles: [
        roleIdByName('Global Administrator'),
        roleIdByName('Security Administrator'),
        roleIdByName('Privileged Role Administrator'),
      ],
    },
    { builtInControls: ['mfa'] },
    330,
  )
  planter.policy(
    'device-code',
    'Block device code flow',
    'enabledForReportingButNotEnforced',
    { authenticationFlows: { transferMethods: 'deviceCodeFlow' } },
    withoutBreakGlass,
    { builtInControls: ['block'] },
    210,
  )
  // A pilot that never left its group, then was switched off.
  planter.policy(
    'compliant',
    'Require compliant device (pilot)',
    'disabled',
    {},
    { includeUsers: [], includeGroups: [groups.pilot.id] },
    { builtInControls: ['compliantDevice'] },
    260,
  )
  planter.policy(
    'risky',
    'Block high sign-in risk',
    'enabled',
    { signInRiskLevels: ['high'] },
    withoutBreakGlass,
    { builtInControls: ['block'] },
    300,
  )
}
