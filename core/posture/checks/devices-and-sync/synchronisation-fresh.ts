import { defineCheck } from '../../check.ts'
import type { Verdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { cloudOnly, isSynchronised } from '../../rules/synchronisation.ts'
import { aboutTenant } from '../../rules/tenant-setting.ts'

/** Three hours in milliseconds: synchronisation runs every half hour. */
const patience = 3 * 60 * 60 * 1000

export const synchronisationFresh = defineCheck({
  id: 'synchronisation-fresh',
  code: 'HY-03',
  area: 'devicesAndSync',
  severity: 'medium',
  title: 'Synchronisation runs',
  failTitle: 'Synchronisation has not run for a while',
  why: 'While synchronisation stands still, people who left stay in, and removed rights stay granted.',
  reasons: {
    right: 'The last synchronisation was at {last, date, minute}.',
    stale: 'The last synchronisation was at {last, date, minute}, more than three hours ago.',
    never: 'Synchronisation is switched on and has never run.',
    cloudOnly,
  },
  objectReason: aboutTenant,
  remediation: [
    'Look at the server of Microsoft Entra Connect and at Microsoft Entra Connect Health.',
    'Start a synchronisation, and find out why it stopped.',
  ],
  portal: 'https://entra.microsoft.com/#view/Microsoft_AAD_Connect_Provisioning/AADConnectMenuBlade/~/ConnectSync',
  frameworks: {},

  needs: ['organization'],
  judge({ organization }, { now }): Verdict {
    if (!isSynchronised(organization)) return { verdict: 'notApplicable', reason: 'cloudOnly', values: {} }
    const last = organization[0]?.onPremisesLastSyncDateTime
    const basis = [factKey('organization', '')]
    if (!last) return { verdict: 'warn', reason: 'never', values: {}, objects: [], basis }
    const verdict = now - Date.parse(last) > patience ? 'warn' : 'pass'
    return verdict === 'pass'
      ? { verdict, reason: 'right', values: { last }, basis }
      : { verdict, reason: 'stale', values: { last }, objects: [], basis }
  },
})
