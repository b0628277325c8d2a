import { defineAlertRule, type Condition } from '../rule.ts'

/** What the tenant no longer lets Countersign do. */
export const consentLost = defineAlertRule({
  id: 'consent-lost',
  title: 'Consent lost',
  meaning: 'A permission that scans need was taken away, or the Aid can no longer sign in.',
  severity: 'high',
  parameters: [],
  firstLook: 'tells',
  needs: 'viewFindings',
  look: ({ readLost, aidLost }) => ({
    read: lost(readLost, 'read', '/settings/permissions'),
    aid: lost(aidLost, 'aid', '/settings/aid'),
  }),
  say: (_name, { part, detail }) => `${part === 'aid' ? 'The Aid cannot act' : 'Reading is cut short'}: ${String(detail)}`,
})

function lost(detail: string | null, part: string, path: string): readonly Condition[] | 'notKnown' {
  if (detail === 'notKnown') return detail
  return detail === null ? [] : [{ key: part, name: '', values: { part, detail }, path }]
}
