import { defineCheck } from '../../check.ts'
import type { AffectedObject } from '../../check.ts'
import { delegatedScopes, openIdScopes } from '../../../data/graph-delegated-scopes.ts'
import { factKey } from '../../fact.ts'
import { sameId } from '../../rows/graph-values.ts'
import { enterprisePage } from '../../rules/application-objects.ts'
import { ownReasons, ownRegistration } from '../../rules/own-identity.ts'

export const aidPermissionsNeeded = defineCheck({
  id: 'aid-permissions-needed',
  code: 'AID-02',
  area: 'applications',
  severity: 'high',
  perObject: true,
  title: 'Countersign was granted no permission beyond its need',
  failTitle: 'Countersign was granted {count, plural, one {# permission} other {# permissions}} beyond its need',
  why: 'A permission that nothing uses serves only whoever gets hold of the sign-in. Countersign Act needs what its switched-on actions need, Countersign Read needs to read, and Countersign Chat needs nothing.',
  reasons: {
    ...ownReasons,
    none: 'Countersign Act has what switched-on actions need, Countersign Read can change nothing, and none of the registrations has an application permission.',
    some: '{count, plural, one {This permission is} other {These # permissions are}} beyond the need.',
  },
  objectReason:
    '{value}, {kind, select, application {which works without a signed-in person} other {{registration, select, act {which no switched-on action needs} read {which can change something} other {which the bot does not need}}}}.',
  remediation: [
    'Remove the permission from the registration and from its enterprise application in Entra.',
    'Or switch on the action that needs it.',
  ],
  portal: enterprisePage,
  frameworks: { attack: ['T1098.003'] },

  needs: ['effectivePermissions'],
  judge({ effectivePermissions }, { settings: { own } }) {
    if (!own) return { verdict: 'notApplicable', reason: 'notConnected', values: {} }
    const objects = effectivePermissions.flatMap((permission): AffectedObject[] => {
      const { id, appId, name, kind, value, resourceAppId, basis } = permission
      const registration = ownRegistration(own, appId)
      if (!registration || openIdScopes.includes(value)) return []
      const isOwnApi = ownRegistration(own, resourceAppId) !== undefined
      const isFine =
        kind === 'delegated' &&
        ((registration === 'act' && own.neededScopes.some((needed) => sameId(needed, value))) ||
          (registration === 'read' && (isOwnApi || delegatedScopes.get(value)?.kind === 'read')))
      return isFine
        ? []
        : [{ type: 'servicePrincipal', id, name, part: `${kind}/${value}`, values: { value, kind, registration }, basis: [basis] }]
    })
    const basis = [factKey('oauth2PermissionGrants', ''), factKey('appRoleAssignments', '')]
    if (objects.length === 0) return { verdict: 'pass', reason: 'none', values: {}, basis }
    return { verdict: 'fail', reason: 'some', values: { count: objects.length }, objects, basis }
  },
})
