import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { overRows } from '../../rules/application-objects.ts'
import { isLasting } from '../../rules/privileged.ts'

export const appInDirectoryRole = defineCheck({
  id: 'app-in-directory-role',
  code: 'APP-30',
  area: 'applications',
  severity: 'high',
  title: 'No application holds a privileged directory role for good',
  failTitle: '{count, plural, one {An application holds} other {Applications hold}} a privileged directory role for good',
  why: 'A role gives an application far more than the one permission that it needs, without multifactor authentication and at any hour.',
  reasons: {
    none: 'No application holds a privileged directory role without an end within a year.',
    some: 'Applications hold privileged directory roles without an end within a year, in {count, plural, one {# case} other {# cases}}; {failing, plural, =0 {none reaches} one {# reaches} other {# reach}} the control of the tenant.',
  },
  objectReason: 'Holds {role} without an end within a year{groups, plural, =0 {} other {, through a group}}.',
  remediation: [
    'Give the application the Microsoft Graph permission that its work needs, and take the role away.',
    'Where only a role will do, use a custom role, or limit it to an administrative unit.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/RolesManagementMenuBlade/~/AllRoles',
  frameworks: { zeroTrust: ['21836'], attack: ['T1098.003'] },

  each: ['privilegedPrincipals'],
  needs: [],
  summary: overRows,
  judge({ row }, _facts, { now }): RowVerdict {
    if (row.type !== 'servicePrincipal') return []
    const lasting = row.holds.filter((hold) => hold.isActive && isLasting(hold, now) && (hold.isPrivileged || hold.tier === 'control'))
    const byRole = new Map(lasting.map((hold) => [`${hold.roleId}/${hold.scope ?? ''}`, hold]))
    return [...byRole].map(([part, { roleName, tier, via, basis }]) => {
      const object = {
        type: 'servicePrincipal',
        id: row.id,
        name: row.name,
        part,
        values: { role: roleName, groups: via.length },
        basis,
      } as const
      return tier === 'control' ? { verdict: 'fail', object } : { verdict: 'warn', object: { ...object, severity: 'medium' } }
    })
  },
})
