import { defineCheck } from '../../check.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import { phishingResistantForEverybody as rule } from '../../rules/strong-sign-in.ts'

export const phishingResistantForEverybody = defineCheck({
  id: 'phishing-resistant-for-everybody',
  code: 'CA-05',
  area: 'conditionalAccess',
  severity: 'high',
  title: 'Everybody signs in with a method that resists phishing',
  failTitle: 'Not everybody has to sign in with a method that resists phishing',
  why: 'A code or a push can be passed on through a false sign-in page. A security key, Windows Hello or a certificate answers only to the true one.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} asks} other {The policies {names} each ask}} everybody for a method that resists phishing.',
    none: 'No policy that is switched on asks for a strength that accepts only security keys, Windows Hello and certificates.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'See in the report on registered methods who has a security key, a passkey or Windows Hello, and help the others to one.',
    'Create a Conditional Access policy for all users and all resources that requires the authentication strength Phishing-resistant MFA.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { scuba: ['MS.AAD.3.1v1'], zeroTrust: ['21784'], attack: ['T1566'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge: ({ conditionalAccessCoverage }, context) => judgePolicies(conditionalAccessCoverage, context, rule),
})
