import { defineCheck } from '../../check.ts'
import type { Verdict } from '../../check.ts'
import { isAllowed, methodOf } from '../../rules/authentication-methods.ts'
import { aboutTenant, all, judgeSetting, notSaid, stands } from '../../rules/tenant-setting.ts'

export const securityKeysRestricted = defineCheck({
  id: 'security-keys-restricted',
  code: 'AM-05',
  area: 'authentication',
  severity: 'medium',
  title: 'Security keys are allowed, genuine and of chosen makes',
  failTitle: 'Security keys are not allowed, or any key will do',
  why: 'A passkey resists phishing. Attestation proves that it is a true device of its make, and a list of makes keeps out those that copy their secret to a cloud of unknown care.',
  reasons: {
    notSaid,
    right: 'Keys are allowed, must prove what they are, and are limited to chosen makes.',
    wrong: 'Passkeys (FIDO2) are switched off.',
    notAttested: 'Keys are allowed, but need not prove what they are.',
    anyMake: 'Keys are allowed, but not limited to chosen makes.',
  },
  objectReason: aboutTenant,
  remediation: [
    'Allow Passkey (FIDO2) in the authentication methods policy.',
    'Enforce attestation.',
    'Enforce key restrictions, and allow the AAGUIDs of the makes that you hand out.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AuthenticationMethodsMenuBlade/~/AdminAuthMethods',
  frameworks: {
    eidsca: ['EIDSCA.AF01', 'EIDSCA.AF02', 'EIDSCA.AF03', 'EIDSCA.AF04', 'EIDSCA.AF05', 'EIDSCA.AF06'],
    zeroTrust: ['21838', '21839', '21840'],
  },

  needs: ['authenticationMethodsPolicy'],
  judge({ authenticationMethodsPolicy }): Verdict {
    const method = methodOf(authenticationMethodsPolicy, 'Fido2')
    const restrictions = method?.keyRestrictions
    const answers = {
      // A method that is switched on for nobody helps nobody; shortened answers leave the list out.
      wrong: all(isAllowed(method), (method?.includeTargets ?? []).length > 0 ? true : null),
      notAttested: stands(method?.isAttestationEnforced, true),
      anyMake: all(stands(restrictions?.isEnforced, true), isList(restrictions?.enforcementType, restrictions?.aaGuids)),
    }
    const verdict = judgeSetting('authenticationMethodsPolicy', all(...Object.values(answers)))
    const [reason] = Object.entries(answers).flatMap(([name, answer]) => (answer === false ? [name] : []))
    return verdict.verdict === 'fail' && reason ? { ...verdict, reason } : verdict
  },
})

function isList(enforcementType: string | null | undefined, aaGuids: readonly string[] | null | undefined): boolean | null {
  return enforcementType && aaGuids ? enforcementType === 'allow' && aaGuids.length > 0 : null
}
