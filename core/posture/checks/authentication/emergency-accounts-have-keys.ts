import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { sameId } from '../../rows/graph-values.ts'
import { isEmergencyAccount } from '../../rules/people.ts'
import { principalObject } from '../../rules/privileged.ts'
import { isSecurityKey } from '../../rules/sign-in-methods.ts'

export const emergencyAccountsHaveKeys = defineCheck({
  id: 'emergency-accounts-have-keys',
  code: 'AM-13',
  area: 'authentication',
  severity: 'medium',
  perObject: true,
  licence: 'p1',
  title: 'Declared emergency access accounts have a security key',
  failTitle: '{count, plural, one {# emergency access account has} other {# emergency access accounts have}} no security key',
  why: 'The account that saves you must work without a telephone and without other services, and must not be phished. A security key in a safe does both.',
  reasons: {
    keys: '{declared, plural, one {The declared emergency access account has} other {Each of # declared emergency access accounts has}} a security key or a passkey.',
    missing:
      '{count, plural, one {# declared emergency access account has} other {# declared emergency access accounts have}} neither a security key nor a passkey.',
    notDeclared: 'No account with a directory role is declared for emergencies in the settings of Countersign.',
  },
  objectReason:
    'Declared for emergencies, {reported, select, true {without a security key} other {and not in the registration report}} ({userPrincipalName}).',
  remediation: ['Register a security key for the account and lock it away.', 'Try the sign-in once, and twice a year.'],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/UserRegistrationDetails',
  frameworks: { cis: ['1.1.2'], attack: ['T1078.004'] },

  needs: ['privilegedPrincipals', 'privilegedRegistrations'],
  judge({ privilegedPrincipals, privilegedRegistrations }, { settings }) {
    const basis = [factKey('registrationDetails', '')]
    const accounts = privilegedPrincipals.filter(({ id, type }) => type === 'user' && isEmergencyAccount(id, settings))
    if (accounts.length === 0) return { verdict: 'notApplicable', reason: 'notDeclared', values: {} }
    const objects = accounts.flatMap((account) => {
      const registration = privilegedRegistrations.find(({ id }) => sameId(id, account.id))
      if (registration?.methods.some(isSecurityKey)) return []
      return [principalObject(account, account.holds, { reported: String(registration !== undefined) })]
    })
    if (objects.length === 0) return { verdict: 'pass', reason: 'keys', values: { declared: accounts.length }, basis }
    return { verdict: 'fail', reason: 'missing', values: { count: objects.length }, objects, basis }
  },
})
