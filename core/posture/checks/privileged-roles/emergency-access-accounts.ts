import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { sameId } from '../../rows/graph-values.ts'
import { mayHoldPermanently, principalObject } from '../../rules/privileged.ts'
import { globalAdministrator } from '../../rows/role-holding.ts'

export const emergencyAccessAccounts = defineCheck({
  id: 'emergency-access-accounts',
  code: 'PR-23',
  area: 'privilegedRoles',
  severity: 'medium',
  title: 'Two emergency access accounts stand ready',
  failTitle: 'Emergency access accounts are not as they should be',
  why: 'When sign-in rules or a federation fail, only an account that depends on neither gets you back in. One can be lost, so there are two.',
  reasons: {
    ready:
      'Two declared accounts of the cloud are enabled and hold Global Administrator at all times, under a name of the .onmicrosoft.com domain.',
    notDeclared: 'No emergency access account is declared in the settings of Countersign, so nobody can say whether there is one.',
    number:
      'Of the declared accounts, {count, plural, =0 {none holds} other {only one holds}} Global Administrator at all times; there should be two.',
    tooMany:
      '{count} declared accounts hold Global Administrator at all times. Two are enough: each further one is one more way to the whole tenant that policies leave open.',
    disabled: 'A declared account is disabled or no longer there, so that nobody gets in with it.',
    synchronised: 'A declared account is synchronised from on premises, and so depends on what happens there.',
    domain: 'A declared account signs in under a domain other than .onmicrosoft.com, and so depends on that domain.',
  },
  objectReason: 'Declared for emergencies; signs in as {userPrincipalName}.',
  remediation: [
    'Make two accounts in the cloud under the .onmicrosoft.com domain, each with a security key that lies in a safe.',
    'Give both Global Administrator as a permanent active assignment.',
    'Declare these two in the settings of Countersign, have an alert on each of their sign-ins, and take the role away from any further one.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers',
  frameworks: { cis: ['1.1.2'], attack: ['T1531'] },

  needs: ['privilegedPrincipals', 'privilegedAccounts'],
  judge({ privilegedPrincipals, privilegedAccounts }, { settings }) {
    const basis = [factKey('roleAssignments', ''), factKey('roleAssignmentSchedules', ''), factKey('users', '')]
    if (settings.permanentRoleAssignmentAllowed.users.length === 0)
      return { verdict: 'warn', reason: 'notDeclared', values: {}, objects: [], basis }
    const ready = privilegedPrincipals
      .filter((principal) => principal.type === 'user' && mayHoldPermanently(principal, settings))
      .map((principal) => ({
        principal,
        holds: principal.holds.filter(({ roleId, isActive, until }) => roleId === globalAdministrator && isActive && until === null),
      }))
      .filter(({ holds }) => holds.length > 0)
    const objects = ready.map(({ principal, holds }) => principalObject(principal, holds))
    const values = { count: ready.length }
    // CIS 1.1.2 and Microsoft ask for two; a third one gives nothing that the second does not, and is as unguarded.
    if (ready.length !== 2) return { verdict: 'warn', reason: ready.length > 2 ? 'tooMany' : 'number', values, objects, basis }
    if (!ready.every(({ principal: { userPrincipalName: name } }) => name.toLowerCase().endsWith('.onmicrosoft.com')))
      return { verdict: 'warn', reason: 'domain', values, objects, basis }
    const accounts = ready.map(({ principal }) => privilegedAccounts.find(({ id }) => sameId(id, principal.id)))
    if (accounts.some((account) => account?.isEnabled !== true)) return { verdict: 'warn', reason: 'disabled', values, objects, basis }
    if (accounts.some((account) => account?.isSynced !== false)) return { verdict: 'warn', reason: 'synchronised', values, objects, basis }
    return { verdict: 'pass', reason: 'ready', values, basis }
  },
})
