import { defineCheck } from '../../check.ts'
import type { PolicyCoverage } from '../../derived/conditional-access-coverage.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import { lower, officeApplications, withMembers } from '../../rules/conditional-access-reach.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

/**
 * Exchange Online and SharePoint Online. Microsoft asks to name them one by one, because the group Office 365 holds applications that fail with
 * it: https://learn.microsoft.com/entra/identity/conditional-access/concept-token-protection
 */
const mailAndFiles: readonly string[] = [officeApplications.exchange, officeApplications.sharePoint]

const binds = ({ session }: PolicyCoverage) => session?.secureSignInSession?.isEnabled === true

const rule: PolicyRule = {
  fits: (policy) =>
    binds(policy) && (policy.allApplications || withMembers(lower(policy.applications)).some((id) => mailAndFiles.includes(id))),
  enforces: [binds],
  // Microsoft offers it for Windows and desktop clients so far.
  matter: { applications: mailAndFiles, platforms: ['windows'], clients: ['mobileAppsAndDesktopClients'] },
}

export const tokensProtected = defineCheck({
  id: 'tokens-protected',
  code: 'CA-23',
  area: 'conditionalAccess',
  severity: 'medium',
  title: 'Tokens are bound to their device',
  failTitle: 'Tokens can be used on another device',
  why: 'A token that is copied from a device works anywhere, unless it is bound to that device.',
  reasons: {
    ...policyReasons,
    covered: '{policies, plural, one {The policy {names} binds} other {The policies {names} each bind}} tokens to their device.',
    none: 'No policy that is switched on binds tokens to their device.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'Create a Conditional Access policy for all users and the applications Office 365 Exchange Online and Office 365 SharePoint Online, with the platform Windows, the client apps Mobile apps and desktop clients, and the session control Require token protection.',
    'Leave out the emergency access accounts only, and declare them as exceptions in the settings.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { cis: ['5.2.2.16'], zeroTrust: ['21941'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge: ({ conditionalAccessCoverage }, context) => judgePolicies(conditionalAccessCoverage, context, rule),
})
