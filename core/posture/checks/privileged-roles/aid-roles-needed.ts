import { defineCheck } from '../../check.ts'
import type { AffectedObject } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { sameId } from '../../rows/graph-values.ts'
import { ownReasons, rolesPage } from '../../rules/own-identity.ts'
import { principalOf } from '../../rules/privileged.ts'

/** Lets its holder read what every member may read anyway. */
const directoryReaders = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b'

export const aidRolesNeeded = defineCheck({
  id: 'aid-roles-needed',
  code: 'AID-01',
  area: 'privilegedRoles',
  severity: 'high',
  perObject: true,
  title: 'The Aid holds no directory role beyond what switched-on actions need',
  failTitle: 'The Aid holds {count, plural, one {# directory role} other {# directory roles}} that no switched-on action needs',
  why: 'The Aid is an account whose sign-in is kept. Whatever it may do beyond its work is there for whoever gets hold of that sign-in.',
  reasons: {
    ...ownReasons,
    none: 'Every directory role that the Aid holds or may activate is needed by an action that is switched on.',
    some: '{count, plural, one {This role is} other {These # roles are}} needed by no action that is switched on.',
  },
  objectReason: '{role}, {isActive, select, true {held} other {may be activated}}, for {scope}.',
  remediation: ['Take the role away from the account of the Aid, or switch on the action that needs it.'],
  portal: rolesPage,
  frameworks: { attack: ['T1098.003'] },

  needs: ['privilegedPrincipals', 'roleDefinitions'],
  judge({ privilegedPrincipals, roleDefinitions }, { settings: { own } }) {
    if (!own) return { verdict: 'notApplicable', reason: 'notConnected', values: {} }
    const aid = principalOf(privilegedPrincipals, own.aidId)
    const isNeeded = (roleId: string): boolean => {
      if ([...own.neededRoleTemplateIds, directoryReaders].some((id) => sameId(id, roleId))) return true
      const custom = roleDefinitions.find(({ id, isBuiltIn }) => !isBuiltIn && sameId(id, roleId))
      const allowed = custom?.rolePermissions.flatMap(({ allowedResourceActions }) => allowedResourceActions) ?? []
      return allowed.length > 0 && allowed.every((action) => own.neededRoleActions.some((needed) => sameId(needed, action)))
    }
    const objects = (aid?.holds ?? [])
      .filter(({ roleId }) => !isNeeded(roleId))
      .map((hold): AffectedObject => {
        const { roleId, roleName: role, isActive, scope, basis } = hold
        const values = { role, isActive, scope: scope === '/' ? 'the whole tenant' : (scope ?? 'a scope that is not named') }
        return { type: 'user', id: own.aidId, name: aid?.name ?? own.aidId, part: `${roleId}${isActive ? '' : '/eligible'}`, values, basis }
      })
    const basis = [factKey('roleAssignments', ''), factKey('roleEligibility', '')]
    if (objects.length === 0) return { verdict: 'pass', reason: 'none', values: {}, basis }
    return { verdict: 'fail', reason: 'some', values: { count: objects.length }, objects, basis }
  },
})
