import { guestSponsors } from '../../../../core/posture/facts/guest-sponsors.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = { id: 'g', displayName: 'Guest', userPrincipalName: 'g#EXT#@contoso.com', userType: 'Guest', sponsors: [{ id: 'u' }] }

describeFact('guestSponsors', guestSponsors, {
  answer: { ...row, mail: null, sponsors: [{ '@odata.type': '#microsoft.graph.user', id: 'u', displayName: 'Person u' }] },
  row,
  needed: ['id', 'userPrincipalName', 'sponsors'],
  nullable: ['userType'],
  optional: ['displayName'],
})
