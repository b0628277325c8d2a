import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { mayHoldPermanently, principalObject, principalOf, privilegedHolds } from '../../rules/privileged.ts'

export const noAssignmentOutsidePim = defineCheck({
  id: 'no-assignment-outside-pim',
  code: 'PR-05',
  area: 'privilegedRoles',
  severity: 'high',
  perObject: true,
  licence: 'p2',
  title: 'Privileged roles are given through Privileged Identity Management',
  failTitle: '{count, plural, one {# privileged role was} other {# privileged roles were}} given outside Privileged Identity Management',
  why: 'An assignment made elsewhere passes by the approval, the notice and the end that Privileged Identity Management asks for.',
  reasons: {
    none: 'Each privileged role was given through Privileged Identity Management, apart from those declared.',
    outside:
      '{count, plural, one {# privileged role was} other {# privileged roles were}} given outside Privileged Identity Management to somebody who is not declared as an exception.',
  },
  objectReason: 'Was given {roles} outside Privileged Identity Management.',
  remediation: [
    'Find out in the audit log who gave the role, and whether that was agreed.',
    'Make the person or group eligible in Privileged Identity Management.',
    'Remove the direct assignment.',
  ],
  portal:
    'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ResourceMenuBlade/~/roles/resourceId//resourceType/tenant/provider/aadroles',
  frameworks: { scuba: ['MS.AAD.7.5v1'], zeroTrust: ['21816'], maester: ['MT.1031'], attack: ['T1098.003'] },

  needs: ['privilegedPrincipals', 'roleAssignmentSchedules'],
  judge({ privilegedPrincipals, roleAssignmentSchedules }, { settings }) {
    const basis = [factKey('roleAssignmentSchedules', '')]
    const objects = roleAssignmentSchedules
      .filter(({ startDateTime }) => startDateTime === null)
      .flatMap((schedule) => {
        const principal = principalOf(privilegedPrincipals, schedule.principalId)
        if (!principal || principal.type === 'servicePrincipal' || mayHoldPermanently(principal, settings)) return []
        const roleId = schedule.roleDefinitionId.toLowerCase()
        const holds = privilegedHolds(principal, settings).filter((hold) => hold.isActive && hold.roleId === roleId)
        if (holds.length === 0) return []
        return [{ ...principalObject(principal, holds), part: schedule.id, basis: [factKey('roleAssignmentSchedules', schedule.id)] }]
      })
    if (objects.length === 0) return { verdict: 'pass', reason: 'none', values: {}, basis }
    return { verdict: 'fail', reason: 'outside', values: { count: objects.length }, objects, basis }
  },
})
