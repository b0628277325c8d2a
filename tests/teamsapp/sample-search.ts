import type { SearchHit } from '@countersign/core/api/search.ts'
import { proposalIds } from './sample-posture.ts'

export const searchHits: readonly SearchHit[] = [
  {
    kind: 'finding',
    id: 'guest-owns-privileged-app',
    title: 'A guest owns an app that can grant itself any role',
    note: 'APP-14, 1 open, Applications',
  },
  { kind: 'policy', id: 'guest-owns-privileged-app', title: 'MS.AAD.5.1v1', note: 'APP-14, No guest owns a privileged application' },
  { kind: 'application', id: '7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af', title: 'Payroll Sync', note: '4f1d9c20-4b7a-4c52-9e0e-5a1b2c3d4e5f' },
  {
    kind: 'person',
    id: '2a1d9c20-4b7a-4c52-9e0e-5a1b2c3d4e5f',
    title: 'Tomás Ruiz',
    note: 'tomas.ruiz_partner.example#EXT#@fabrikamnordic.example',
  },
  { kind: 'receipt', id: proposalIds.done, title: 'Receipt R-0042', note: '' },
  {
    kind: 'action',
    id: 'enforce-policy',
    title: 'Enforce a Conditional Access policy',
    note: 'A policy in report-only mode protects nobody.',
  },
]
