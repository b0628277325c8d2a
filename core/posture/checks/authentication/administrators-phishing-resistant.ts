import { defineCheck } from '../../check.ts'
import { personObject } from '../../rules/people.ts'
import { principalOf, privilegedHolds } from '../../rules/privileged.ts'
import { resistsPhishing } from '../../rules/sign-in-methods.ts'

export const administratorsPhishingResistant = defineCheck({
  id: 'administrators-phishing-resistant',
  code: 'AM-12',
  area: 'authentication',
  severity: 'high',
  licence: 'p1',

  title: 'Administrators have a sign-in method that cannot be phished',
  failTitle: '{count, plural, one {# administrator has} other {# administrators have}} no sign-in method that cannot be phished',
  why: 'Codes and approvals can be talked out of people or passed on by a false sign-in page. A key or a passkey works only with the real one.',
  reasons: {
    registered: 'Each administrator in the registration report has a security key, a passkey, Windows Hello for Business or a certificate.',
    missing:
      '{count, plural, one {# administrator} other {# administrators}} in the registration report {count, plural, one {has} other {have}} none of security key, passkey, Windows Hello for Business and certificate.',
  },
  objectReason:
    '{methods, plural, =0 {Has registered no method} one {Has one method, which can be phished} other {Has # methods, each of which can be phished}} ({userPrincipalName}).',
  remediation: [
    'Hand out security keys, or allow passkeys in Microsoft Authenticator.',
    'Let each administrator register one, with a temporary access pass.',
    'Then ask for a phishing-resistant method by Conditional Access.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/UserRegistrationDetails',

  frameworks: { zeroTrust: ['21782'], attack: ['T1566'] },

  each: ['registrationDetails'],
  needs: ['privilegedPrincipals'],
  judge({ row }, { privilegedPrincipals }, { settings }) {
    const principal = principalOf(privilegedPrincipals, row.id)
    const isAdministrator = row.isAdmin === true || (principal !== undefined && privilegedHolds(principal, settings).length > 0)
    if (!isAdministrator || row.methodsRegistered.some(resistsPhishing)) return []
    const values = { methods: row.methodsRegistered.length }
    return [{ verdict: 'fail', object: personObject('registrationDetails', { ...row, displayName: row.userDisplayName }, values) }]
  },
  summary: { pass: 'registered', fail: 'missing', warn: 'missing' },
})
