import type { Credential, Planter } from './planter.ts'
import { appRoleId, delegatedScope } from './reference.ts'
import { text } from './tenant.ts'
import type { Row } from './tenant.ts'

interface PlantedCredentials {
  readonly why: string
  readonly secrets?: readonly Credential[]
  readonly certificates?: readonly Credential[]
}

const secret = (name: string, startsInDays: number, endsInDays: number): Credential => ({ name, startsInDays, endsInDays })

/** The applications that tell a story, by name; every other one is healthy. */
const planted: Readonly<Record<string, PlantedCredentials>> = {
  'Absence calendar': { why: 'one secret that ended weeks ago, nothing else', secrets: [secret('first secret', -377, -12)] },
  'Accounts payable export': { why: 'ended long ago, its owner left with it', secrets: [secret('nightly export', -1265, -900)] },
  'Address book sync': {
    why: 'expired next to a working one: the renewal left the old one behind',
    secrets: [secret('2024', -800, -70), secret('2026', -72, 108)],
  },
  'Badge printing': {
    why: 'three generations, two of them dead',
    secrets: [secret('v1', -1100, -735), secret('v2', -740, -10), secret('v3', -11, 169)],
  },
  'Candidate tracker': { why: 'expired for a year', secrets: [secret('vendor', -730, -365)] },
  'Customer mirror': { why: 'expired yesterday', secrets: [secret('mirror', -181, -1)] },
  'Delivery slots': {
    why: 'expired next to a certificate that works',
    secrets: [secret('before certificates', -500, -135)],
    certificates: [secret('delivery-slots', -90, 275)],
  },
  'Fleet map': { why: 'ends in two days: an outage on the calendar', secrets: [secret('telematics', -178, 2)] },
  'Invoice reader': {
    why: 'ends in five days, one later secret waits unused',
    secrets: [secret('reader', -175, 5), secret('reader next', -3, 177)],
  },
  'Payments gateway': { why: 'ends this week', secrets: [secret('gateway', -360, 6.5)] },
  'Forecast loader': { why: 'ends within the month', secrets: [secret('loader', -166, 14)] },
  'Freight quotes': { why: 'ends within the month', secrets: [secret('quotes', -160, 20)] },
  'Lab results': { why: 'ends within the month', secrets: [secret('lab', -152, 28)] },
  'Mail merge': {
    why: 'ends within the month, and one more that does not',
    secrets: [secret('merge', -157, 23), secret('merge long', -20, 160)],
  },
  'Price list': { why: 'a secret for ten years', secrets: [secret('never again', -400, 3250)] },
  'Build agents': {
    why: 'three secrets that all work: nobody knows which one is in use',
    secrets: [secret('pipeline', -50, 120), secret('pipeline copy', -40, 130), secret('pipeline new', -20, 150)],
  },
  'Employee survey': { why: 'a certificate for three years', certificates: [secret('employee-survey', -200, 895)] },
  'Label maker': { why: 'certificate expired', certificates: [secret('label-maker', -400, -35)] },
  'Key cabinet': { why: 'certificate ends in nine days', certificates: [secret('key-cabinet', -356, 9)] },
}

interface Ground {
  readonly microsoftGraph: Row
  readonly firstParty: readonly Row[]
}

/** Our own applications, four from other publishers, their grants and application permissions. */
export function plantContosoApplications(
  planter: Planter,
  ground: Ground,
  names: readonly string[],
  consenting: readonly Row[],
  dan: Row,
): void {
  const own = [...names.slice(0, 79), 'Payments gateway']
  own.forEach((name, index) => {
    const key = name.toLowerCase().replaceAll(' ', '-')
    const { application, servicePrincipal } = planter.application(
      key,
      {
        displayName: name,
        description: `${name} of the company`,
        tags: index % 7 === 0 ? ['internal'] : [],
        web: {
          homePageUrl: `https://${key}.${planter.tenant.domain}`,
          logoutUrl: null,
          redirectUris: [`https://${key}.${planter.tenant.domain}/signed-in`],
          implicitGrantSettings: { enableAccessTokenIssuance: index % 23 === 5, enableIdTokenIssuance: index % 23 === 5 },
          redirectUriSettings: [],
        },
        requiredResourceAccess: [
          { resourceAppId: text(ground.microsoftGraph, 'appId'), resourceAccess: [{ id: delegatedScope('User.Read').id, type: 'Scope' }] },
        ],
      },
      planted[name] ?? healthy(index),
    )
    if (index % 4 === 0) planter.grant(servicePrincipal.id, ground.microsoftGraph.id, 'openid profile User.Read')
    for (const permission of permissionsOf(text(application, 'displayName') ?? '')) {
      planter.appRole(servicePrincipal.id, 'ServicePrincipal', name, ground.microsoftGraph, appRoleId(permission))
    }
  })
  plantForeignApplications(planter, ground, consenting, dan)
}

/** Applications without a story sign in with a certificate or a short secret, or hold no credential at all. */
function healthy(index: number): PlantedCredentials {
  if (index % 3 === 0) return { why: 'signs people in only, needs no credential' }
  if (index % 3 === 1) return { why: 'a secret of at most 180 days', secrets: [secret('rotated', -60 - (index % 40), 40 + (index % 70))] }
  return { why: 'a certificate of a year', certificates: [secret(`app-${index}`, -100 - (index % 90), 100 + (index % 120))] }
}

function permissionsOf(name: string): readonly string[] {
  if (name === 'Customer mirror') return ['User.Read.All', 'Group.Read.All']
  // Reads every mailbox although it only sends from one.
  if (name === 'Mail merge') return ['Mail.ReadWrite', 'Mail.Send']
  // Can make itself or anybody Global Administrator.
  if (name === 'Change board') return ['RoleManagement.ReadWrite.Directory']
  if (name === 'Onboarding checklist') return ['User.ReadWrite.All', 'Application.ReadWrite.All']
  return []
}

/** Other publishers' applications: one harmless, one that everybody consented to, one with mail access granted by a single person, one disabled. */
function plantForeignApplications(planter: Planter, ground: Ground, consenting: readonly Row[], dan: Row): void {
  const foreign = (key: string, displayName: string, properties: Readonly<Record<string, unknown>> = {}): Row =>
    planter.servicePrincipal(key, {
      appId: planter.id(`appId/${key}`),
      appDisplayName: displayName,
      displayName,
      appOwnerOrganizationId: planter.id(`publisher/${key}`),
      signInAudience: 'AzureADMultipleOrgs',
      servicePrincipalNames: [planter.id(`appId/${key}`)],
      tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
      ...properties,
    })
  const diagrams = foreign('diagram-studio', 'Diagram Studio', {
    verifiedPublisher: { displayName: 'Diagram Studio Ltd', verifiedPublisherId: '5001234', addedDateTime: planter.inDays(-300) },
  })
  planter.grant(diagrams.id, ground.microsoftGraph.id, 'openid profile User.Read offline_access')
  const notes = foreign('meeting-notes', 'Meeting Notes Genie')
  for (const person of consenting) planter.grant(notes.id, ground.microsoftGraph.id, 'Calendars.Read User.Read offline_access', person.id)
  const inbox = foreign('inbox-tidy', 'Inbox Tidy')
  planter.grant(inbox.id, ground.microsoftGraph.id, 'Mail.ReadWrite offline_access', dan.id)
  const backup = foreign('cloud-backup', 'Cloud Backup Classic', { accountEnabled: false })
  planter.appRole(backup.id, 'ServicePrincipal', 'Cloud Backup Classic', ground.microsoftGraph, appRoleId('Files.Read.All'))
}
