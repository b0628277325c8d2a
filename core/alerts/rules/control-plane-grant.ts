import { defineAlertRule, type Condition } from '../rule.ts'
import type { ControlGrant } from '../view.ts'

/** Holds on what the whole tenant can be taken over with: permissions of applications, and directory roles of anybody. */
export const controlPlaneGrant = defineAlertRule({
  id: 'control-plane-grant',
  title: 'New control-plane grant',
  meaning: 'An application has received a permission, or anybody a directory role, with which the whole tenant can be taken over.',
  severity: 'critical',
  parameters: [],
  firstLook: 'remembers',
  needs: 'viewFindings',
  look: ({ permissionGrants, roleGrants }) => ({
    permission: permissionGrants === 'notKnown' ? permissionGrants : permissionGrants.map((grant) => held(grant, 'permission')),
    role: roleGrants === 'notKnown' ? roleGrants : roleGrants.map((grant) => held(grant, 'role')),
  }),
  say: (name, { what, kind }) => `${name} now holds the ${kind === 'role' ? 'directory role' : 'application permission'} ${String(what)}.`,
})

function held({ id, name, what }: ControlGrant, kind: 'permission' | 'role'): Condition {
  return { key: id, name, values: { what, kind }, path: kind === 'role' ? '/people' : '/findings/control-plane-permission' }
}
