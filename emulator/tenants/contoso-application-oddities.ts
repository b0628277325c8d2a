import type { Planter } from './planter.ts'
import { appRoleId, delegatedScope, roleIdByName } from './reference.ts'
import { collection, text } from './tenant.ts'
import type { Row } from './tenant.ts'

export interface Cast {
  readonly gia: Row
  readonly staff: readonly Row[]
  readonly guests: readonly Row[]
  readonly microsoftGraph: Row
}

type Named = (name: string) => Row

/** Who owns what, what applications may do, and which credentials stand where they should not. */
export function plantApplicationOddities(planter: Planter, cast: Cast): void {
  const byName = (path: string): Named => {
    const rows = new Map([...collection(planter.tenant, path).values()].map((row) => [text(row, 'displayName') ?? '', row]))
    return (name) => rows.get(name) ?? missing(path, name)
  }
  const application = byName('applications')
  const principal = byName('servicePrincipals')
  plantOwners(planter, cast, application, principal)
  plantShapes(planter, application, principal)
  plantCredentials(planter, application, principal)
  plantPermissions(planter, cast, application, principal)
}

function missing(path: string, name: string): never {
  throw new Error(`The generator speaks of "${name}", which ${path} does not hold.`)
}

function plantOwners(planter: Planter, { gia, staff, guests }: Cast, application: Named, principal: Named): void {
  const [leaver, plain, partner] = [staff[7], staff[142], guests[1]]
  if (!leaver || !plain || !partner) throw new Error('The owners must be there before what they own.')
  // Nobody owns the application that can make anybody Global Administrator.
  const unowned = new Set(['Change board', 'Legal hold', 'Signage player'])
  const told: Readonly<Record<string, readonly Row[]>> = {
    // Its only owner left with the company and is disabled.
    'Accounts payable export': [leaver],
    // An ordinary person can add a secret to an application that may write every application: the way to take the tenant over.
    'Onboarding checklist': [plain],
    // Guests who own what the whole company uses.
    'Intranet search': [gia],
    'Partner portal': [partner, plain],
  }
  const own = [...collection(planter.tenant, 'applications').values()]
  own.forEach((row, index) => {
    const name = text(row, 'displayName') ?? ''
    if (unowned.has(name)) return
    for (const owner of told[name] ?? staff.slice(20 + index, 22 + index)) planter.owner('application', row.id, owner.id)
    if (index % 3 === 0)
      for (const owner of staff.slice(20 + index, 21 + index)) planter.owner('servicePrincipal', principal(name).id, owner.id)
    // Every fifth asks for an assignment before anybody may sign in; the others let everybody in.
    if (index % 5 === 0) planter.amend('servicePrincipals', principal(name).id, { appRoleAssignmentRequired: true })
  })
  // More than twenty owners: an expansion alone does not show them all.
  for (const owner of staff.slice(200, 225)) planter.owner('application', application('Knowledge base').id, owner.id)
}

function plantShapes(planter: Planter, application: Named, principal: Named): void {
  const web = (name: string): Readonly<Record<string, unknown>> => {
    const value = application(name)['web']
    return typeof value === 'object' && value !== null ? { ...value } : {}
  }
  const redirectTo = (name: string, ...redirectUris: string[]): Row =>
    planter.amend('applications', application(name).id, { web: { ...web(name), redirectUris } })
  // Sends codes in the clear, to a host that anybody could claim, and to whatever name somebody thinks of.
  redirectTo('Survey exporter', 'http://surveys.contoso-demo.example/done')
  redirectTo('Canteen orders', 'https://contoso-canteen.azurewebsites.net/signed-in')
  redirectTo('Booking assistant', 'https://*.bookings.contoso-demo.example/')
  redirectTo('Gift register', 'http://localhost:3000/signed-in')
  redirectTo('Energy meter', 'https://198.51.100.17/signed-in')
  const locked = {
    isEnabled: true,
    allProperties: true,
    credentialsWithUsageSign: true,
    credentialsWithUsageVerify: true,
    tokenEncryptionKeyId: true,
  }
  // Two applications for other companies: one leaves its properties open to whoever installs it.
  planter.amend('applications', application('Partner portal').id, { signInAudience: 'AzureADMultipleOrgs' })
  planter.amend('applications', application('Catalogue feed').id, {
    signInAudience: 'AzureADMultipleOrgs',
    servicePrincipalLockConfiguration: locked,
  })
  // A server application that also lets anybody's device pass for it.
  planter.amend('applications', application('Stock alerts').id, { isFallbackPublicClient: true })
  // Signs people in with SAML, its signing certificate ends within the month.
  planter.amend('servicePrincipals', principal('Travel desk').id, {
    preferredSingleSignOnMode: 'saml',
    keyCredentials: planter
      .credentials('saml/travel-desk', 'certificate', [{ name: 'travel-desk-saml', startsInDays: -1075, endsInDays: 20 }])
      .map((credential) => ({ ...credential, usage: 'Sign' })),
  })
}

function plantCredentials(planter: Planter, application: Named, principal: Named): void {
  const secretOn = (name: string, label: string): Row =>
    planter.amend('servicePrincipals', principal(name).id, {
      passwordCredentials: planter.credentials(`principal/${label}`, 'secret', [{ name: label, startsInDays: -60, endsInDays: 110 }]),
    })
  // Secrets on service principals do not show in the portal; this one belongs to somebody else's application.
  secretOn('Quote builder', 'set by script')
  secretOn('Meeting Notes Genie', 'vendor support')
  secretOn('Device lending', 'left from the trial')
  // A key from an old hybrid Exchange: whoever has it reads every mailbox as Exchange itself.
  planter.amend('servicePrincipals', principal('Office 365 Exchange Online').id, {
    keyCredentials: planter.credentials('hybrid', 'certificate', [
      { name: 'Microsoft Exchange Server Auth Certificate', startsInDays: -700, endsInDays: 1125 },
    ]),
    appRoles: [exchangeEverything],
  })
  const federated = (name: string, credential: string, subject: string, issuer = 'https://token.actions.githubusercontent.com'): Row =>
    planter.put('federatedIdentityCredentials', {
      id: planter.id(`federated/${name}/${credential}`),
      applicationId: application(name).id,
      name: credential,
      description: null,
      issuer,
      subject,
      audiences: ['api://AzureADTokenExchange'],
    })
  federated('Build agents', 'main-branch', 'repo:contoso-demo/build-agents:ref:refs/heads/main')
  federated('Catalogue feed', 'production', 'repo:contoso-demo/catalogue:environment:production')
  // Every proposal from outside gets a token.
  federated('Release notes', 'proposals', 'repo:contoso-demo/release-notes:pull_request')
  // A star where one branch was meant, and an issuer that anybody on the way can play.
  federated('Patch reports', 'any-branch', 'repo:contoso-demo/patch-reports:*')
  federated('Patch reports', 'old-runner', 'runner-7', 'http://runner.contoso-demo.example')
}

/** Exchange's own permission to do everything in every mailbox. */
const exchangeEverything = {
  id: 'dc890d15-9560-4a4c-9b7f-a736ec74ec40',
  allowedMemberTypes: ['Application'],
  displayName: 'Use Exchange Web Services with full access to all mailboxes',
  description: 'Full access to all mailboxes',
  isEnabled: true,
  origin: 'Application',
  value: 'full_access_as_app',
}

function plantPermissions(planter: Planter, { microsoftGraph, staff }: Cast, application: Named, principal: Named): void {
  const give = (name: string, resource: Row, roleId: string): Row =>
    planter.appRole(principal(name).id, 'ServicePrincipal', name, resource, roleId)
  // The archive was granted every mailbox in the days before Graph.
  give('Compliance archive', principal('Office 365 Exchange Online'), exchangeEverything.id)
  give('Asset register', microsoftGraph, appRoleId('Device.Read.All'))
  // May write every site although it reads one list.
  give('Procurement flow', microsoftGraph, appRoleId('Sites.FullControl.All'))
  // What it was granted is what it asks for; the others never declared what they hold.
  planter.amend('applications', application('Customer mirror').id, {
    requiredResourceAccess: [
      {
        resourceAppId: text(microsoftGraph, 'appId'),
        resourceAccess: [
          { id: delegatedScope('User.Read').id, type: 'Scope' },
          ...['User.Read.All', 'Group.Read.All'].map((value) => ({ id: appRoleId(value), type: 'Role' })),
        ],
      },
    ],
  })
  // Consented for everybody: whoever is signed in lends it the directory.
  planter.grant(principal('Data quality bot').id, microsoftGraph.id, 'Directory.ReadWrite.All User.Read')
  planter.grant(principal('Shift swap').id, microsoftGraph.id, 'Calendars.ReadWrite.Shared Mail.Send')
  for (const person of staff.slice(82, 84))
    planter.grant(principal('Diagram Studio').id, microsoftGraph.id, 'Files.Read.All offline_access', person.id)
  // Service principals in directory roles; the first can give itself any role and holds a secret.
  planter.role(principal('Device lending').id, roleIdByName('Privileged Role Administrator'))
  planter.role(principal('Helpdesk mail robot').id, roleIdByName('User Administrator'))
  planter.role(principal('News digest').id, roleIdByName('Reports Reader'))
}
