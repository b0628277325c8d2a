import { defineCheck } from '../../check.ts'
import type { AffectedObject, Verdict } from '../../check.ts'
import { factKey } from '../../fact.ts'

export const globalAdministratorCount = defineCheck({
  id: 'global-administrator-count',
  code: 'PR-01',
  area: 'privilegedRoles',
  severity: 'high',
  title: 'A few people, and more than one, are Global Administrator',
  failTitle: '{count, plural, =0 {Nobody is} one {One person is} other {# people are}} Global Administrator',
  why: 'A Global Administrator can change everything, so each further one is another way in. With a single one, a lost phone or a leave locks the organisation out.',
  reasons: {
    within:
      '{count, plural, one {# person holds or may activate} other {# people hold or may activate}} the role; the range is {least} to {most}.',
    tooFew:
      '{count, plural, =0 {Nobody holds or may activate} one {Only one person holds or may activate} other {Only # people hold or may activate}} the role; there should be at least {least}.',
    tooMany:
      '{count, plural, one {# person holds or may activate} other {# people hold or may activate}} the role; there should be at most {most}.',
  },
  objectReason:
    '{active, select, true {Holds the role now} other {May activate the role}}{userPrincipalName, select, none {} other { ({userPrincipalName})}}.',
  remediation: [
    'List who holds the role, directly and through groups, and what each of them really does.',
    'Give people the narrower role that their work needs, and take Global Administrator away.',
    'Keep two emergency access accounts, and let the others activate the role when they need it.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/RolesManagementMenuBlade/~/AllRoles',
  frameworks: { scuba: ['MS.AAD.7.1v1'], cis: ['1.1.3'], maester: ['MT.1032'], zeroTrust: ['21812'], attack: ['T1098.003'] },

  needs: ['globalAdministrators'],
  judge({ globalAdministrators }, { parameters }): Verdict {
    const { least, most } = parameters.globalAdministrators
    const count = globalAdministrators.length
    const values = { count, least, most }
    const basis = [factKey('roleAssignments', ''), factKey('roleEligibility', ''), factKey('roleGroupMembers', '')]
    const people = globalAdministrators.map((person): AffectedObject => ({
      type: 'user',
      id: person.id,
      name: person.name,
      values: { active: String(person.active), userPrincipalName: person.userPrincipalName || 'none' },
      basis: person.basis,
    }))

    if (count < least) return { verdict: 'fail', reason: 'tooFew', values, objects: people, basis }
    if (count > most) return { verdict: 'fail', reason: 'tooMany', values, objects: people, basis }
    return { verdict: 'pass', reason: 'within', values, basis }
  },
})
