import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { enterprisePage, overObjects, permissionObject } from '../../rules/application-objects.ts'

export const permissionNotDeclared = defineCheck({
  id: 'permission-not-declared',
  code: 'APP-32',
  area: 'applications',
  severity: 'medium',
  perObject: true,
  title: 'Our applications have only the permissions that they ask for',
  failTitle: '{count, plural, one {# permission was} other {# permissions were}} given to an application that does not ask for it',
  why: 'What an application asks for stands on its registration, where people review it. A permission that was given past it shows up in no review; attackers give permissions in this way.',
  reasons: {
    none: 'No application of ours has an application permission that its registration does not list.',
    some: '{count, plural, one {# application permission is} other {# application permissions are}} given and not listed on the registration.',
  },
  objectReason: 'Has {permission} of {resource}, which its registration does not ask for.',
  remediation: [
    'Find in the audit log who gave the permission: “Add app role assignment to service principal”.',
    'List it on the app registration when it is meant; take it away otherwise.',
  ],
  portal: enterprisePage,
  frameworks: {},

  needs: ['applicationSettings', 'effectivePermissions'],
  judge({ applicationSettings, effectivePermissions }) {
    const declared = new Map(
      applicationSettings.map(({ appId, requiredResourceAccess }) => [
        appId.toLowerCase(),
        new Set(
          requiredResourceAccess.flatMap(({ resourceAppId, resourceAccess }) => resourceAccess.map(({ id }) => placeOf(resourceAppId, id))),
        ),
      ]),
    )
    const found = effectivePermissions.flatMap((permission): RowVerdict => {
      const asked = declared.get(permission.appId.toLowerCase())
      if (permission.kind !== 'application' || !asked || asked.has(placeOf(permission.resourceAppId, permission.appRoleId))) return []
      return [{ verdict: 'warn', object: permissionObject(permission) }]
    })
    return overObjects(found, [factKey('applications', ''), factKey('appRoleAssignments', '')])
  },
})

function placeOf(resourceAppId: string, roleId: string): string {
  return `${resourceAppId}/${roleId}`.toLowerCase()
}
