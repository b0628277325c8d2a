import { getMembers } from '@countersign/core/api/members.ts'
import { capabilities, roles, type Capability, type Role } from '@countersign/core/principal.ts'
import type { Identity } from '../../identity/identity.ts'
import { readMembers } from '../../identity/members.ts'
import { serve, type Handler } from '../handler.ts'
import { answer } from '../problem.ts'

const titles = { owner: 'Owner', admin: 'Administrator', reviewer: 'Reviewer', viewer: 'Viewer' } as const satisfies Record<Role, string>

/** What each entry of the table of capabilities lets a person do. */
const words = {
  viewPosture: 'See the score and what each area loses',
  viewFindings: 'See findings, the objects they are about and what changed',
  viewReceipts: 'See receipts and what was carried out',
  viewTrust: 'See the Trust Center',
  export: 'Save reports, lists and the journal',
  scan: 'Scan, and lend their sign-in to scheduled scans',
  propose: 'Propose changes',
  confirm: 'Countersign changes in the chat',
  manageAid: 'Connect and disconnect the Aid',
  manageActions: 'Switch actions on and off',
  settle: 'Settle changes whose outcome is not certain',
  declare: 'Declare exceptions and choose the baseline',
  suppress: 'Suppress findings',
  followAlerts: 'Ask for alert messages in their own chat',
  manageAlerts: 'Choose the tenant’s alert rules',
} as const satisfies Record<Capability, string>

/** Users and groups of one enterprise application; the list of all while ours was not found. */
const usersAndGroups = 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Users'
const allApplications = 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview'

export function memberRoutes({
  identity,
  readAppId,
}: {
  readonly identity: Pick<Identity, 'prepareReading' | 'readerFor'>
  readonly readAppId: string
}): Handler[] {
  return [
    serve(getMembers, async ({ signedIn }) => {
      const ready = await identity.prepareReading(signedIn)
      const read =
        ready.kind === 'ready'
          ? await readMembers(identity.readerFor(signedIn.principal), readAppId)
          : { members: [], notRead: ready.reason, servicePrincipalId: null }
      const { servicePrincipalId: id } = read
      return answer({
        members: [...read.members],
        notRead: read.notRead,
        roles: roles.map((role) => ({ role, title: titles[role], may: mayOf(role) })),
        portalUrl: id === null ? allApplications : `${usersAndGroups}/objectId/${id}/appId/${readAppId}`,
      })
    }),
  ]
}

/** From the table that the service enforces, in its order. */
function mayOf(role: Role): string[] {
  return Object.entries(capabilities).flatMap(([capability, allowed]) => {
    const list: readonly Role[] = allowed
    return list.includes(role) && isCapability(capability) ? [words[capability]] : []
  })
}

function isCapability(name: string): name is Capability {
  return Object.hasOwn(words, name)
}
