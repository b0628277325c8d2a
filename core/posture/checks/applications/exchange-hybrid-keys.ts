import { defineCheck } from '../../check.ts'
import type { RowVerdict } from '../../check.ts'
import { factKey } from '../../fact.ts'
import { enterpriseObject, enterprisePage, overRows } from '../../rules/application-objects.ts'

/** Office 365 Exchange Online. */
const exchangeOnline = '00000002-0000-0ff1-ce00-000000000000'

export const exchangeHybridKeys = defineCheck({
  id: 'exchange-hybrid-keys',
  code: 'APP-45',
  area: 'applications',
  severity: 'high',
  title: 'Exchange servers on premises have no key to Exchange Online',
  failTitle: 'Exchange servers on premises have a key to Exchange Online',
  why: 'In the old hybrid setting the servers share the identity of Exchange Online itself. Whoever takes over a server on premises can then act in the cloud, and hardly leaves a trace.',
  reasons: {
    none: 'No certificate stands on the application of Exchange Online.',
    some: 'Certificates stand on the application of Exchange Online.',
  },
  objectReason: '{certificates, plural, one {# certificate stands} other {# certificates stand}} on it.',
  remediation: [
    'Set up the dedicated Exchange hybrid application.',
    'Then clean up the keys of the shared one, as Microsoft describes for the dedicated application.',
  ],
  portal: enterprisePage,
  frameworks: { attack: ['T1098.001'] },

  each: ['enterpriseApplications'],
  needs: [],
  summary: overRows,
  judge({ row }): RowVerdict {
    const certificates = row.keyCredentials.length
    if (row.appId.toLowerCase() !== exchangeOnline || certificates === 0) return []
    return [{ verdict: 'fail', object: enterpriseObject(row, [factKey('servicePrincipals', row.id)], { certificates }) }]
  },
})
