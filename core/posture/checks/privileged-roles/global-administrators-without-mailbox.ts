import { defineCheck } from '../../check.ts'
import { personObject } from '../../rules/people.ts'
import { principalOf } from '../../rules/privileged.ts'
import { mailServicesOf } from '../../rules/services.ts'
import { globalAdministrator } from '../../rows/role-holding.ts'

export const globalAdministratorsWithoutMailbox = defineCheck({
  id: 'global-administrators-without-mailbox',
  code: 'PR-16',
  area: 'privilegedRoles',
  severity: 'medium',
  title: 'Global Administrators have no mailbox and no Teams on that account',
  failTitle: '{count, plural, one {# Global Administrator reads} other {# Global Administrators read}} mail or chats with the same account',
  why: 'Mail and chat are how attackers reach people. An account that receives neither cannot be talked into anything.',
  reasons: {
    none: 'No account that is or may become Global Administrator has Exchange or Teams.',
    some: '{count, plural, one {# account} other {# accounts}} with Global Administrator {count, plural, one {has} other {have}} Exchange or Teams, or a licence whose services are not known.',
  },
  objectReason:
    '{services, select, mail {Has a mailbox} chat {Has Teams} both {Has a mailbox and Teams} other {Has a licence that is not among the subscriptions of the tenant}} on the account with Global Administrator.',
  remediation: [
    'Make a second account for administration, without a licence for Exchange or Teams.',
    'Give that account the role and take it away from the everyday account.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/RolesManagementMenuBlade/~/AllRoles',
  frameworks: { cis: ['1.1.4'], maester: ['MT.1028'], attack: ['T1566'] },

  each: ['users'],
  needs: ['privilegedPrincipals', 'subscribedSkus'],
  judge({ row }, { privilegedPrincipals, subscribedSkus }) {
    const principal = principalOf(privilegedPrincipals, row.id)
    if (!principal?.holds.some(({ roleId }) => roleId === globalAdministrator)) return []
    const services = mailServicesOf(row, subscribedSkus)
    return services === 'none' ? [] : [{ verdict: 'warn', object: personObject('users', row, { services }) }]
  },
  summary: { pass: 'none', fail: 'some', warn: 'some' },
})
