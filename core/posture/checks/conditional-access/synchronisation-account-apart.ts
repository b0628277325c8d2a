import { defineCheck } from '../../check.ts'
import type { PolicyCoverage } from '../../derived/conditional-access-coverage.ts'
import { factKey } from '../../fact.ts'
import { demands, isControl } from '../../rows/policy-requirements.ts'
import { judgeOffenders, policiesPortal } from '../../rules/conditional-access-coverage.ts'
import { isLock, namesSynchronisation, synchronisationAccounts } from '../../rules/synchronisation-account.ts'

export const synchronisationAccountApart = defineCheck({
  id: 'synchronisation-account-apart',
  code: 'CA-35',
  area: 'conditionalAccess',
  severity: 'low',
  title: 'The account that synchronises the directory has rules of its own',
  failTitle: 'The account that synchronises the directory is asked for what a machine cannot give',
  why: 'The synchronising account cannot answer a prompt: a policy for everybody stops the synchronisation, and people who leave keep their access. Left alone, its password works from anywhere.',
  reasons: {
    cloudOnly: 'The tenant is not synchronised.',
    noAccount: 'No account holds the role Directory Synchronization Accounts.',
    locked: 'The policy {names} lets the account in from its own place only.',
    apart: 'Every policy that asks everybody for something leaves the account out.',
    asked: '{count, plural, one {This policy asks} other {These # policies ask}} the account for a prompt or a device: {names}.',
  },
  objectReason: 'It covers everybody, the synchronising account among them, and asks for more than a password.',
  remediation: [
    'Update Connect Sync to a version that signs in as an application, and remove the account: that mends it for good.',
    'Otherwise leave the role Directory Synchronization Accounts out of each of these policies.',
    'Make a policy for that role that blocks every place but the server of Connect Sync.',
  ],
  portal: policiesPortal,
  frameworks: { maester: ['MT.1020'], zeroTrust: ['21834'], attack: ['T1078.004'] },
  licence: 'p1',

  needs: ['organization', 'roleAssignments', 'conditionalAccessCoverage'],
  judge({ organization, roleAssignments, conditionalAccessCoverage }) {
    if (!organization.some(({ onPremisesSyncEnabled }) => onPremisesSyncEnabled === true))
      return { verdict: 'notApplicable', reason: 'cloudOnly', values: {} }
    const holders = synchronisationAccounts(roleAssignments)
    if (holders.length === 0) return { verdict: 'notApplicable', reason: 'noAccount', values: {} }
    const on = conditionalAccessCoverage.filter(({ state }) => state === 'enabled')
    const lock = on.find(
      (policy) => blocks(policy) && isLock(policy.conditions.locations) && namesSynchronisation(policy.people?.included, holders),
    )
    const basis = [factKey('conditionalAccessPolicies', '')]
    if (lock) return { verdict: 'pass', reason: 'locked', values: { names: lock.name }, basis }
    const asking = conditionalAccessCoverage.filter(
      (policy) => policy.mayApply && policy.people?.all === true && policy.allApplications && policy.ways.length > 0 && !blocks(policy),
    )
    return judgeOffenders(
      asking.filter((policy) => !namesSynchronisation(policy.people?.excluded, holders)),
      { pass: 'apart', warn: 'asked' },
    )
  },
})

function blocks({ ways }: PolicyCoverage): boolean {
  return demands(ways, isControl('block'))
}
