import { defineCheck } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { nameOr } from '../../rows/graph-values.ts'
import { isDecided, isLowRisk } from '../../rules/risk.ts'

export const riskyApplicationsHandled = defineCheck({
  id: 'risky-applications-handled',
  code: 'US-14',
  area: 'guestsAndUsers',
  severity: 'high',
  subscription: 'workloadIdentities',
  perObject: true,
  title: 'Applications at risk are looked into',
  failTitle: '{count, plural, one {# application at risk waits} other {# applications at risk wait}} for somebody to look into it',
  why: 'Microsoft saw signs that somebody else uses the credentials of these applications. Applications are asked for no second factor.',
  reasons: {
    notLicensed: 'It needs Microsoft Entra Workload ID Premium, which the tenant does not have.',
    handled: 'No application is at risk without anybody having decided about it.',
    open: '{count, plural, one {# application is} other {# applications are}} at risk, and nobody has decided about {count, plural, one {it} other {them}}.',
  },
  objectReason: 'At risk (level {level}, state {state}).',
  remediation: [
    'Look at the detections and the sign-ins of the application.',
    'Replace its credentials and remove the old ones.',
    'Confirm or dismiss the risk, so that it is decided.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/IdentityProtectionMenuBlade/~/RiskyWorkloadIdentities',

  frameworks: { zeroTrust: ['21862'], attack: ['T1078.004'] },

  needs: ['riskyServicePrincipals'],
  judge({ riskyServicePrincipals }) {
    const basis = [factKey('riskyServicePrincipals', '')]
    const open = riskyServicePrincipals.filter(({ riskState }) => !isDecided(riskState))
    const objects = open.map(({ id, displayName, riskLevel, riskState }) => {
      const values = { level: riskLevel, state: riskState }
      return {
        type: 'servicePrincipal',
        id,
        name: nameOr(displayName, id),
        values,
        basis: [factKey('riskyServicePrincipals', id)],
      } as const
    })
    if (objects.length === 0) return { verdict: 'pass', reason: 'handled', values: {}, basis }
    const verdict = open.every(({ riskLevel }) => isLowRisk(riskLevel)) ? 'warn' : 'fail'
    return { verdict, reason: 'open', values: { count: objects.length }, objects, basis }
  },
})
