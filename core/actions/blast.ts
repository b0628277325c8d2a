import type { Values } from '../posture/check.ts'

/** What a change would do beyond its object, as the last scan shows it. Stored with the proposal and shown on its card. */
export interface BlastLine {
  /** A name of `blastSentences`. */
  readonly reason: string
  readonly values: Values
  /** User principal name or application name that the requester must write out, because this would lock it out; null otherwise. */
  readonly locksOut: string | null
}

const scan = '(Scan of {at, date, minute}.)'
const more = '{more, plural, =0 {} other { and # more}}'

/** ICU messages by reason, the gravest first: lines are shown in this order, those that lock somebody out before all others. */
const sentences = {
  lastGlobalAdministrator: `Nobody who can sign in now would hold Global Administrator any more: {name} is the last one. {eligible, plural, =0 {Nobody could activate the role either} one {# other person could activate the role} other {# other people could activate the role}}. ${scan}`,
  emergencyAccount: `{name} is declared for emergencies. {how, select, role {Without this role it} other {After this it}} may be of no use on the day when it is needed. ${scan}`,
  emergencyGroup: `{group} is declared as an exception of policies, and {name} would no longer be in it. ${scan}`,
  ownApplication: `{name} is one of Countersign’s own registrations: without it Countersign stops working here. ${scan}`,
  policyStopsPerson: `{policy} {when, select, now {would stop} other {would stop, once it is on,}} {name}, {who, select, requester {who asks for this} aid {the Aid, so that nothing can be undone from here} administrator {a Global Administrator} other {an account for emergencies}}: it {demand, select, blocked {blocks the sign-in} device {asks for a managed device, and no scan reads who has one} strong {asks for a method that {name} is not known to have registered} other {asks for what no scan reads}}{certain, select, yes {} other {, unless a group that it names leaves them out}}. ${scan}`,
  moreLockedOut: `{count, plural, one {# more account would be locked out that does} other {# more accounts would be locked out that do}} not fit here. ${scan}`,
  noScan: 'The wider effect is not known: no scan of this tenant is finished. Scan first to see whom else this touches.',
  notDescribed: `The wider effect on {name} is not known: Countersign cannot tell what this request means for others. ${scan}`,
  notFound: `The wider effect on {name} is not known: the scan did not see it. Scan again to know more. ${scan}`,
  notKnown: `The wider effect is not known in full. Not read: {facts}${more}. {why, select, scope {A permission is missing: {detail}} role {The person who scanned lacks a role: {detail}} licence {It needs a licence that the tenant lacks} notYet {No scan has read it} other {Graph gave no answer that could be used}}. ${scan}`,
  signedInNotKnown: `Who has signed in through {name} in the last 30 days is not known: {why, select, scope {Countersign Act lacks the permission {detail}} role {the Aid holds no role that may read sign-ins} licence {the log of sign-ins needs a licence that the tenant lacks} slow {the log did not answer in time} notYet {nobody has asked the log} other {the log gave no answer that could be used}}. It may be in use.`,
  policyWithoutEmergency: `{policy} covers everybody and leaves out no account that is declared for emergencies. ${scan}`,
  oneGlobalAdministratorLeft: `Only {left} would be left as Global Administrator who can sign in. ${scan}`,
  onlyHolder: `Nobody else who can sign in holds {roles}. ${scan}`,
  holdsRoles: `{name} holds {roles}. ${scan}`,
  groupHoldsRole: `{name} would lose {roles}, which the group {group} brings. ${scan}`,
  checksFail: `These checks pass only because of {policy} and would fail: {checks}${more}. ${scan}`,
  policyCovers: `{policy} {state, select, enabled {would hold for} other {would no longer hold for}} {whom, select, everybody {{people, plural, one {# person who can sign in} other {# people who can sign in}}, less those whom it leaves out} workloads {applications, not people} other {{people, plural, =0 {nobody by name} one {# person by name} other {# people by name}}{groups, select, none {} other {, the groups {groups}}}{roles, select, none {} other {, holders of {roles} ({holders, plural, one {# person} other {# people}} now)}}{guests, select, yes {, guests} other {}}}}. ${scan}`,
  policyCoversUncounted: `{policy} {state, select, enabled {would hold for} other {would no longer hold for}} everybody in the tenant, less those whom it leaves out; how many they are is not known. ${scan}`,
  policyStopsSometimes: `{policy} stops people only where its conditions hold ({conditions}): whom that locks out cannot be told from here. ${scan}`,
  comesUnderPolicies: `{name} would come under {policies}${more}: {group} is left out there. ${scan}`,
  leavesPolicies: `{name} would no longer be covered by {policies}${more}, unless in another way. ${scan}`,
  controlPlaneApplications: `{name} owns applications that can take control of the tenant: {applications}${more}. ${scan}`,
  applicationsWithoutOwner: `{count, plural, one {# application} other {# applications}} would have no owner who can sign in: {applications}${more}. ${scan}`,
  ownsApplications: `{name} owns {count, plural, one {# application} other {# applications}}: {applications}${more}. ${scan}`,
  controlPlanePermissions: `{name} {how, select, allowed {may again use} owner {may be used by its new owner to} other {has}} permissions that can take control of the tenant: {permissions}${more}. ${scan}`,
  permissions: `{name} {how, select, owner {does in its owner’s hands what it may do} other {may do}}: {permissions}${more}. ${scan}`,
  signedInThrough: `{all, select, yes {{count, plural, =0 {Nobody has} one {# person has} other {# people have}}} other {At least {count, plural, one {# person has} other {# people have}}}} signed in through {name} in the last 30 days, says the sign-in log of the moment when this was asked for. What signs in as the application itself is not counted.`,
  assigned: `{users, plural, one {# person} other {# people}} and {groups, plural, one {# group} other {# groups}} are assigned to {name}. ${scan}`,
  assignedNotRead: `Who is assigned to {name} is not known: scans read that of applications only that offer permissions to other applications. ${scan}`,
  groupGives: `{name} would lose what {group} opens in {applications}${more}. ${scan}`,
  groupMayGive: `Whether {group} brings licences, or access to files, teams and further applications, is not known: no scan reads that. ${scan}`,
  hasLicences: `{name} has {count, plural, one {# licence} other {# licences}}, which stay assigned and paid for. ${scan}`,
  synced: `{name} is synced from Active Directory, which may undo this. Look again after the next sync. ${scan}`,
  invitations: `Members can no longer invite guests by themselves. The {guests, plural, one {# guest} other {# guests}} already here {guests, plural, one {stays} other {stay}}. ${scan}`,
  consents: `People have consented for themselves to {count, plural, one {# application} other {# applications}}. These consents stay; what people could consent to so far is refused from now on. ${scan}`,
  consentRequests: `People who may not consent will be able to ask. So far they have consented for themselves to {count, plural, one {# application} other {# applications}}. ${scan}`,
  checksPass: `These checks would pass: {checks}${more}. ${scan}`,
} as const

export type BlastReason = keyof typeof sentences
export const blastReasons = Object.keys(sentences) as readonly BlastReason[]
export const blastSentences: Readonly<Record<string, string>> = sentences
