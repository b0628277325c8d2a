import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { enterpriseObject, enterprisePage, overObjects } from '../../rules/application-objects.ts'

export const disabledAppKeepsPermissions = defineCheck({
  id: 'disabled-app-keeps-permissions',
  code: 'APP-22',
  area: 'applications',
  severity: 'low',
  perObject: true,
  title: 'A disabled application keeps no permissions',
  failTitle: '{count, plural, one {# disabled application keeps} other {# disabled applications keep}} permissions',
  why: 'Whoever enables a disabled application again gives it everything that it had, without anybody consenting.',
  reasons: {
    none: 'No application that is disabled has permissions.',
    some: '{count, plural, one {# application is} other {# applications are}} disabled and still {count, plural, one {has} other {have}} permissions.',
  },
  objectReason:
    'It is disabled and still has {permissions, plural, one {the permission {first}} other {# permissions, {first} among them}}.',
  remediation: ['Remove the application when it will not come back.', 'Otherwise take its permissions away; consent again when it does.'],
  portal: enterprisePage,
  frameworks: {},
  worseWhen: { permissions: 'higher' },

  needs: ['enterpriseApplications', 'effectivePermissions'],
  judge({ enterpriseApplications, effectivePermissions }) {
    const held = new Map<string, string[]>()
    for (const { id, value } of effectivePermissions) held.set(id, [...(held.get(id) ?? []), value])
    const found = enterpriseApplications.flatMap((row): RowVerdict => {
      const values = held.get(row.id)?.sort() ?? []
      const [first] = values
      if (row.accountEnabled === true || first === undefined) return []
      const object = enterpriseObject(row, [factKey('servicePrincipals', row.id)], { permissions: values.length, first })
      return [{ verdict: 'warn', object }]
    })
    return overObjects(
      found,
      ['servicePrincipals', 'oauth2PermissionGrants', 'appRoleAssignments'].map((fact) => factKey(fact, '')),
    )
  },
})
