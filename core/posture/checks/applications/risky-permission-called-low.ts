import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { nameOr } from '../../rows/graph-values.ts'
import { consentPage, overObjects } from '../../rules/application-objects.ts'
import { riskyLows } from '../../rules/classifications.ts'

export const riskyPermissionCalledLow = defineCheck({
  id: 'risky-permission-called-low',
  code: 'APP-38',
  area: 'applications',
  severity: 'high',
  perObject: true,
  title: 'No risky permission is called low in impact',
  failTitle: '{count, plural, one {# risky permission is} other {# risky permissions are}} called low in impact',
  why: 'Where people may consent to permissions of low impact, this list decides what they may give away. One wrong entry opens mailboxes or files to any verified publisher.',
  reasons: {
    none: 'Each permission that is called low in impact is rated as low.',
    some: '{count, plural, one {# permission that is called low in impact is} other {# permissions that are called low in impact are}} rated as risky, or not rated by anybody.',
  },
  objectReason:
    '{permission} is called low in impact, and {rated, select, yes {it is not} other {nobody has rated it, so that it is not known to be}}.',
  remediation: [
    'Remove the permission from the list of low impact.',
    'Look for grants that people gave meanwhile, and take away those that nobody needs.',
  ],
  portal: consentPage,
  frameworks: { scuba: ['MS.AAD.5.2v1'] },

  needs: ['delegatedPermissionClassifications', 'servicePrincipals'],
  judge({ delegatedPermissionClassifications, servicePrincipals }) {
    const found = riskyLows(delegatedPermissionClassifications, servicePrincipals).map(({ classification, resource, isRated }) => {
      const { id, parentId, permissionName } = classification
      const name = nameOr(resource?.displayName ?? null, parentId)
      const basis = [factKey('delegatedPermissionClassifications', `${parentId}/${id}`)]
      const object = {
        type: 'servicePrincipal',
        id: parentId,
        name,
        part: id,
        values: { permission: permissionName, rated: isRated ? 'yes' : 'no' },
        basis,
      } as const
      return { verdict: 'fail', object } as const
    })
    return overObjects(found, [factKey('delegatedPermissionClassifications', '')])
  },
})
