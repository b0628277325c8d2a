import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { enforceFix, policyObject } from '../../rules/conditional-access-coverage.ts'
import { nearestOf } from '../../rules/legacy-authentication.ts'
import { besideDefaults, defaultsReason } from '../../rules/security-defaults.ts'

export const legacyAuthenticationBlocked = defineCheck({
  id: 'legacy-authentication-blocked',
  code: 'CA-01',
  area: 'conditionalAccess',
  severity: 'high',
  title: 'Legacy authentication is blocked for everybody',
  failTitle: 'Legacy authentication is not blocked for everybody',
  why: 'Old protocols such as IMAP, POP and SMTP AUTH ask for a password and nothing else. Whoever knows a password gets in, whatever second factor the person has set up.',
  reasons: {
    ...defaultsReason,
    blocked:
      '{policies, plural, one {The policy {names} blocks} other {The policies {names} together block}} old protocols for everybody and every application.',
    none: 'No policy that is switched on blocks both kinds of old clients (Exchange ActiveSync and other clients).',
    partly:
      'A policy blocks {covered, select, other {other clients} exchangeActiveSync {Exchange ActiveSync}} for everybody, and none blocks {covered, select, other {Exchange ActiveSync} exchangeActiveSync {other clients}}.',
    apart: 'The two kinds of old clients are blocked by different policies; the chosen baseline asks for one policy that blocks both.',
    reportOnly: 'The policy {name} would block old protocols, but it only reports. Nothing is blocked until it is switched on.',
    switchedOff: 'The policy {name} would block old protocols, but it is switched off.',
    nearMiss: 'The policy {name} blocks old protocols for everybody but these, which nobody has declared as exceptions: {undeclared}.',
    excludedRoles: 'The policy {name} blocks old protocols, but leaves out holders of these roles: {roles}.',
    narrowed: 'The policy {name} blocks old protocols, but only for some sign-ins. It is limited by: {conditions}.',
    someUsers: 'The policy {name} blocks old protocols, but not for all users.',
    someApplications: 'The policy {name} blocks old protocols, but not for all applications.',
  },
  objectReason:
    '{obstacle, select, reportOnly {It only reports.} switchedOff {It is switched off.} nearMiss {It leaves out what nobody has declared: {detail}.} excludedRoles {It leaves out holders of roles: {detail}.} narrowed {It is limited by: {detail}.} someUsers {It does not name all users.} someApplications {It does not name all applications.} other {It does not name both kinds of old clients.}}',
  remediation: [
    'In the sign-in logs, filter by client app and see who still uses old protocols; move them to a modern client.',
    'Create a Conditional Access policy for all users and all resources, with the client apps Exchange ActiveSync clients and Other clients, and the grant control Block access.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_ConditionalAccess/ConditionalAccessBlade/~/Policies',
  fix: enforceFix,
  frameworks: { scuba: ['MS.AAD.1.1v1'], cis: ['5.2.2.3'], maester: ['MT.1009', 'MT.1010'], zeroTrust: ['21796'], attack: ['T1110.003'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage', 'securityDefaultsState'],
  judge({ conditionalAccessCoverage, securityDefaultsState }, context) {
    const answer = nearestOf(conditionalAccessCoverage, context)
    if (answer.blocked) {
      const basis = answer.policies.map(({ id }) => factKey('conditionalAccessPolicies', id))
      return { verdict: 'pass', reason: 'blocked', values: answer.values, basis }
    }
    const { reason, values, near, nearMiss } = answer
    const basis = [factKey('conditionalAccessPolicies', '')]
    const objects = near.map(policyObject)
    // A baseline that asks for one policy is met by nothing else.
    const defaults = context.parameters.conditionalAccess.inOnePolicy ? [] : securityDefaultsState
    return besideDefaults({ verdict: 'fail', reason, values, objects, basis, ...(nearMiss ? { nearMiss } : {}) }, defaults)
  },
})
