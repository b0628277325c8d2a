import { guestsHaveSponsors } from '../../../../../core/posture/checks/guests-and-users/guests-have-sponsors.ts'
import { describeCheck } from '../../../../build/check-cases.ts'

const guest = (id: string, sponsors: readonly string[], userType = 'Guest') => ({
  id,
  displayName: `Guest ${id}`,
  userPrincipalName: `${id}#EXT#@contoso.com`,
  userType,
  sponsors: sponsors.map((sponsor) => ({ id: sponsor })),
})

describeCheck(guestsHaveSponsors, { guestSponsors: [guest('a', ['u']), guest('m', [], 'Member')] }, [
  {
    name: 'warns about a guest without one',
    given: { guestSponsors: [guest('b', []), guest('a', ['u'])] },
    verdict: 'warn',
    objects: ['b'],
  },
  { name: 'passes without guests', given: { guestSponsors: [] }, verdict: 'pass' },
])
