import { defineCheck } from '../../check.ts'
import type { PolicyCoverage } from '../../derived/conditional-access-coverage.ts'
import { enforceFix, judgePolicies, policiesPortal, policyObjectReason, policyReasons } from '../../rules/conditional-access-coverage.ts'
import type { PolicyRule } from '../../rules/conditional-access-coverage.ts'

const limits = ({ session }: PolicyCoverage) => session?.applicationEnforcedRestrictions?.isEnabled === true

const rule: PolicyRule = {
  fits: (policy) => limits(policy) && (policy.allApplications || policy.applications.includes('Office365')),
  enforces: [limits],
  // Applications limit what a browser may do.
  matter: { applications: ['Office365'], devices: 'unmanaged', clients: ['browser'] },
}

export const unmanagedDevicesLimited = defineCheck({
  id: 'unmanaged-devices-limited',
  code: 'CA-24',
  area: 'conditionalAccess',
  severity: 'low',
  title: 'Unmanaged devices get limited access to files',
  failTitle: 'Unmanaged devices get full access to files',
  why: 'On a device that nobody manages, a downloaded file is gone.',
  reasons: {
    ...policyReasons,
    covered:
      '{policies, plural, one {The policy {names} lets} other {The policies {names} each let}} applications limit what unmanaged devices may do.',
    none: 'No policy that is switched on lets applications limit unmanaged devices.',
  },
  objectReason: policyObjectReason,
  remediation: [
    'In SharePoint and Exchange, choose limited web access for unmanaged devices.',
    'Create a Conditional Access policy for all users and Office 365 with the session control Use app enforced restrictions.',
    'Start it as report-only, read the result for some days, then switch it on.',
  ],
  portal: policiesPortal,
  fix: enforceFix,
  frameworks: { maester: ['MT.1019'], cis: ['1.3.2'] },
  licence: 'p1',

  needs: ['conditionalAccessCoverage'],
  judge: ({ conditionalAccessCoverage }, context) => judgePolicies(conditionalAccessCoverage, context, rule),
})
