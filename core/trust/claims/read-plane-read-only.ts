import { defineClaim } from '../claim.ts'

export const readPlaneReadOnly = defineClaim({
  id: 'read-plane-read-only',
  requirements: ['I-10'],
  topic: 'access',
  text: 'Scanning cannot change anything in your tenant: its tokens hold permissions that read, and no others.',
  kind: 'cannot',
  plane: 'read',
  shownWhen: () => true,
  owner: 'engineering',
  reviewBy: '2027-05-31',
  proof: 'live',
  probe: 'read-token-scopes',
  tests: [],
  controls: {},
})
