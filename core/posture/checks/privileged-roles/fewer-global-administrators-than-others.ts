import { defineCheck } from '../../check.ts'
import type { Verdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { principalObject, privilegedHolds } from '../../rules/privileged.ts'
import { globalAdministrator } from '../../rows/role-holding.ts'

export const fewerGlobalAdministratorsThanOthers = defineCheck({
  id: 'fewer-global-administrators-than-others',
  code: 'PR-02',
  area: 'privilegedRoles',
  severity: 'medium',
  title: 'Administrators mostly hold narrower roles than Global Administrator',
  failTitle:
    '{count, plural, one {# person is} other {# people are}} Global Administrator, and {others, plural, =0 {nobody holds} one {# person holds} other {# people hold}} a narrower privileged role',
  why: 'Where most administrators are Global Administrator, each stolen account opens everything. Narrower roles limit what one account can do.',
  reasons: {
    narrower:
      '{others, plural, one {# person holds} other {# people hold}} narrower privileged roles, against {count, plural, one {# Global Administrator} other {# Global Administrators}}.',
    mostlyGlobal:
      '{count, plural, one {# person is} other {# people are}} Global Administrator or may become one; {others, plural, =0 {nobody holds} one {only # person holds} other {only # people hold}} a narrower privileged role instead.',
    outOfRange:
      '{count, plural, =0 {Nobody is} one {# person is} other {# people are}} Global Administrator or may become one; before the shares are weighed, it should be {least} to {most}.',
  },
  objectReason: 'Is Global Administrator or may become one{userPrincipalName, select, none {} other { ({userPrincipalName})}}.',
  remediation: [
    'For each Global Administrator, write down which tasks they really do.',
    'Give them the role for that task, for example User Administrator or Exchange Administrator.',
    'Take Global Administrator away from everybody who no longer needs it.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/RolesManagementMenuBlade/~/AllRoles',
  frameworks: { scuba: ['MS.AAD.7.2v1'], zeroTrust: ['21813'], attack: ['T1098.003'] },

  needs: ['privilegedPrincipals'],
  judge({ privilegedPrincipals }, { settings, parameters }): Verdict {
    const { least, most } = parameters.globalAdministrators
    const people = privilegedPrincipals
      .filter(({ type }) => type === 'user')
      .map((principal) => ({ principal, global: principal.holds.filter(({ roleId }) => roleId === globalAdministrator) }))
    const global = people.filter((person) => person.global.length > 0)
    const others = people.filter((person) => person.global.length === 0 && privilegedHolds(person.principal, settings).length > 0).length
    const values = { count: global.length, others, least, most }
    const basis = [factKey('roleAssignments', ''), factKey('roleEligibility', ''), factKey('roleGroupMembers', '')]
    const objects = global.map((person) => principalObject(person.principal, person.global))

    if (global.length < least || global.length > most) return { verdict: 'fail', reason: 'outOfRange', values, objects, basis }
    if (global.length > others) return { verdict: 'fail', reason: 'mostlyGlobal', values, objects, basis }
    return { verdict: 'pass', reason: 'narrower', values, basis }
  },
})
