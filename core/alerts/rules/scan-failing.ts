import { dayMs } from '../../day.ts'
import { defineAlertRule, numberOf } from '../rule.ts'

/** Scans that fail, and scans that do not come at all. */
export const scanFailing = defineAlertRule({
  id: 'scan-failing',
  title: 'Scan failing',
  meaning: 'So many scans have failed one after another, or none has finished for so many days.',
  severity: 'high',
  parameters: [
    { kind: 'number', name: 'scans', title: 'Failed in a row', unit: 'scans', least: 1, most: 10, starts: 2 },
    { kind: 'number', name: 'days', title: 'None finished for', unit: 'days', least: 1, most: 30, starts: 3 },
  ],
  firstLook: 'tells',
  needs: 'viewPosture',
  look({ scans, now }, values) {
    const good = scans.findIndex(({ failed }) => !failed)
    const failed = good === -1 ? scans.length : good
    const last = scans[good]
    const days = last ? Math.floor((now - last.at) / dayMs) : 0
    return {
      failed:
        failed >= numberOf(scanFailing, values, 'scans')
          ? [{ key: 'failed', name: '', values: { count: failed }, path: '/settings/scans' }]
          : [],
      // Before the first scan there is nothing to miss.
      silent:
        last && days >= numberOf(scanFailing, values, 'days')
          ? [{ key: 'silent', name: '', values: { since: new Date(last.at).toISOString() }, path: '/settings/scans' }]
          : [],
    }
  },
  say: (_name, { count, since }) =>
    since === undefined
      ? count === 1
        ? 'The last scan failed.'
        : `The last ${count} scans failed.`
      : `No scan has finished since ${String(since).slice(0, 10)} (UTC).`,
})
