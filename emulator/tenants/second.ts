import { plantCommonGround } from './common-ground.ts'
import { authenticationMethods } from './default-access.ts'
import { plantGroupSetting } from './group-settings.ts'
import { ipLocation } from './named-locations.ts'
import { namedPerson, plantGuests, plantStaff } from './people.ts'
import type { Planter } from './planter.ts'
import { roleIdByName } from './reference.ts'
import { app, assignLicences, phone, plantRegistrations, plantSecureScores, plantSignIn } from './reports.ts'
import { collection, text } from './tenant.ts'
import type { Row } from './tenant.ts'

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
    const { application, servicePrincipal } = planter.application(
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
    // The owner of the company owns the first three; the others belong to nobody.
    if (index < 3) planter.owner('application', application.id, eve.id)
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
  plantSettings(planter)
  plantReports(planter, eve, staff)
}

function plantSettings(planter: Planter): void {
  planter.amend('policies/authenticationMethodsPolicy', 'authenticationMethodsPolicy', {
    // Never begun: what counts is still set per person.
    policyMigrationState: 'preMigration',
    authenticationMethodConfigurations: authenticationMethods({
      microsoftAuthenticator: { state: 'enabled' },
      email: { state: 'enabled' },
      // The warehouse signs in with text messages, and with a call where there is no reception.
      sms: { state: 'enabled' },
      voice: { state: 'enabled' },
    }),
  })
  // Good: only IT makes groups, and the words of the trade are banned from passwords.
  plantGroupSetting(planter, 'Group.Unified', { EnableGroupCreation: 'False' })
  plantGroupSetting(planter, 'Password Rule Settings', { EnableBannedPasswordCheck: 'True', BannedPasswordList: 'second\tpallet' })
  ipLocation(planter, 'depot', 'Depot', true, ['192.0.2.64/29'])
  // Good: local administrators have passwords that change by themselves.
  planter.amend('policies/deviceRegistrationPolicy', 'deviceRegistrationPolicy', {
    localAdminPassword: { isEnabled: true },
    userDeviceQuota: 20,
  })
}

function plantReports(planter: Planter, eve: Row, staff: readonly Row[]): void {
  assignLicences(planter, [eve, ...staff.filter((row) => row['accountEnabled'] === true)])
  // The only Global Administrator is also one of those without a second factor.
  plantRegistrations(planter, (user, index) => (user.id === eve.id || index % 7 === 3 ? [] : index % 2 === 0 ? phone : app))
  const [desk] = collection(planter.tenant, 'applications').values()
  for (const [index, user] of staff.slice(0, 12).entries()) {
    if (user['accountEnabled'] !== true || !desk) continue
    const application = { appId: text(desk, 'appId') ?? '', displayName: text(desk, 'displayName') ?? '' }
    plantSignIn(planter, { user, daysAgo: 1 + index, clientAppUsed: 'Browser', application })
  }
  plantSecureScores(planter, { MFARegistrationV2: 0.3, AdminMFAV2: 0, BlockLegacyAuthentication: 0 })
}
