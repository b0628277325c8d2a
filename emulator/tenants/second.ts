import { plantCommonGround } from './common-ground.ts'
import { namedPerson, plantGuests, plantStaff } from './people.ts'
import type { Planter } from './planter.ts'
import { roleIdByName } from './reference.ts'

/** Another company, so that nothing of one tenant may ever be seen in the other. Its mess is its own. */
export function plantSecond(planter: Planter): void {
  const { microsoftGraph } = plantCommonGround(planter, { securityDefaults: true, seats: 60, ageDays: 1300 })
  const eve = namedPerson(planter, {
    key: 'eve',
    displayName: 'Eve Tanaka',
    jobTitle: 'Owner',
    department: 'IT',
    why: 'the only Global Administrator: losing her account loses the tenant',
  })
  const dan = namedPerson(planter, {
    key: 'dan',
    displayName: 'Dan Kowalski',
    jobTitle: 'Planner',
    department: 'Operations',
    why: 'shares his first name and local part with somebody elsewhere',
  })
  const staff = plantStaff(planter, 38, undefined)
  plantGuests(planter, 6)
  planter.role(eve.id, roleIdByName('Global Administrator'))
  for (const row of staff.filter((candidate) => candidate['accountEnabled'] === true).slice(0, 1))
    planter.role(row.id, roleIdByName('User Administrator'))
  planter.group(
    'everyone',
    { displayName: 'Everyone' },
    [eve, dan, ...staff].map((row) => ({ id: row.id, type: 'user' })),
  )
  // Nobody ever removes an old secret here.
  for (const [index, name] of ['Order desk', 'Stock alerts', 'Supplier ratings', 'Telephone list', 'Weekly figures'].entries()) {
    const { servicePrincipal } = planter.application(
      `app-${index}`,
      { displayName: name },
      {
        secrets: [
          { name: 'first', startsInDays: -900 + index, endsInDays: -170 + index * 20 },
          ...(index === 2 ? [{ name: 'second', startsInDays: -162, endsInDays: 18 }] : []),
        ],
      },
    )
    planter.grant(servicePrincipal.id, microsoftGraph.id, 'openid profile User.Read')
  }
  // Legacy sign-in is blocked on paper only: report-only.
  planter.policy(
    'legacy',
    'Legacy block',
    'enabledForReportingButNotEnforced',
    { clientAppTypes: ['exchangeActiveSync', 'other'] },
    {},
    { builtInControls: ['block'] },
    400,
  )
}
