import { defineCheck } from '../../check.ts'
import { isEmergencyAccount, personObject } from '../../rules/people.ts'
import { isSecurityKey } from '../../rules/sign-in-methods.ts'

export const emergencyAccountsHaveKeys = defineCheck({
  id: 'emergency-accounts-have-keys',
  code: 'AM-13',
  area: 'authentication',
  severity: 'medium',
  licence: 'p1',

  title: 'Declared emergency access accounts have a security key',
  failTitle: '{count, plural, one {# emergency access account has} other {# emergency access accounts have}} no security key',
  why: 'The account that saves you must work without a telephone and without other services, and must not be phished. A security key in a safe does both.',
  reasons: {
    keys: 'No declared emergency access account lacks a security key or a passkey.',
    missing:
      '{count, plural, one {# declared emergency access account has} other {# declared emergency access accounts have}} neither a security key nor a passkey.',
  },
  objectReason: 'Declared for emergencies, without a security key ({userPrincipalName}).',
  remediation: ['Register a security key for the account and lock it away.', 'Try the sign-in once, and twice a year.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/UserRegistrationDetails',

  frameworks: { cis: ['1.1.2'], attack: ['T1078.004'] },

  each: ['registrationDetails'],
  needs: [],
  judge({ row }, _facts, { settings }) {
    if (!isEmergencyAccount(row.id, settings) || row.methodsRegistered.some(isSecurityKey)) return []
    return [{ verdict: 'fail', object: personObject('registrationDetails', { ...row, displayName: row.userDisplayName }) }]
  },
  summary: { pass: 'keys', fail: 'missing', warn: 'missing' },
})
