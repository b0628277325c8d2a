/**
 * Where Microsoft's documentation is stricter or clearer than its permission table. Each row stands in DEVIATIONS.md
 * with the page that says so.
 */

/** POSTs that only ask: the last segment of the path, in lower case. */
const queryPosts: readonly RegExp[] = [
  /^\$batch$/,
  /^getbyids$/,
  /^getmemberobjects$/,
  /^getmembergroups$/,
  /^checkmember(groups|objects)$/,
  /^evaluate$/,
  /^validate/,
]

export function isQueryPost(template: string): boolean {
  const last = (template.toLowerCase().split('/').at(-1) ?? '').replace(/^microsoft\.graph\./, '')
  return queryPosts.some((pattern) => pattern.test(last))
}

/** Permissions that the table lists for a path although they do not suffice there. */
export const insufficientEntries: readonly { method: string; path: string; permission: string }[] = [
  { method: 'GET', path: '/auditlogs/directoryaudits', permission: 'Directory.Read.All' },
  { method: 'GET', path: '/auditlogs/directoryaudits/{id}', permission: 'Directory.Read.All' },
  {
    method: 'POST',
    path: '/rolemanagement/directory/roleassignmentschedulerequests',
    permission: 'RoleEligibilitySchedule.Remove.Directory',
  },
  // It "does not allow management of consent grants".
  { method: 'POST', path: '/serviceprincipals/{id}/approleassignedto', permission: 'Application.ReadWrite.All' },
  { method: 'DELETE', path: '/serviceprincipals/{id}/approleassignedto/{id}', permission: 'Application.ReadWrite.All' },
  { method: 'POST', path: '/serviceprincipals/{id}/approleassignments', permission: 'Application.ReadWrite.All' },
  { method: 'DELETE', path: '/serviceprincipals/{id}/approleassignments/{id}', permission: 'Application.ReadWrite.All' },
]

/** Reads that Microsoft's pages describe and the table leaves out: path → who may, delegated or as an application. */
export const documentedReads: Readonly<Record<string, readonly string[]>> = {
  '/directory/deletedItems/microsoft.graph.user': ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  '/directory/deletedItems/microsoft.graph.application': [
    'Application.Read.All',
    'Application.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  '/directory/deletedItems/microsoft.graph.servicePrincipal': [
    'Application.Read.All',
    'Application.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  // The page lists them for groups; which of the two kinds a permission opens, the collection says.
  '/policies/roleManagementPolicyAssignments': ['RoleManagementPolicy.Read.AzureADGroup', 'RoleManagementPolicy.ReadWrite.AzureADGroup'],
  '/policies/roleManagementPolicyAssignments/{id}': [
    'RoleManagementPolicy.Read.AzureADGroup',
    'RoleManagementPolicy.ReadWrite.AzureADGroup',
  ],
  '/directory/deletedItems/{id}': [
    'User.Read.All',
    'User.ReadWrite.All',
    'Application.Read.All',
    'Application.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
}

/** Writes that Microsoft's pages describe and the table leaves out, or permissions that it does not list for them. */
export const documentedWrites: readonly { method: string; path: string; permissions: readonly string[] }[] = [
  {
    method: 'POST',
    path: '/groups/{id}/members',
    permissions: ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  {
    method: 'POST',
    path: '/directory/deletedItems/{id}/restore',
    permissions: ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy'],
  },
]

/** Permissions that suffice only together with others: one of each inner list. */
export const extraRequirements: readonly {
  methods: readonly string[]
  path: string
  permission: string
  allOf: readonly (readonly string[])[]
}[] = [
  {
    methods: ['PATCH'],
    path: '/users/{id}',
    permission: 'User.EnableDisableAccount.All',
    allOf: [['User.Read.All', 'User.ReadWrite.All']],
  },
  {
    methods: ['POST'],
    path: '/identity/conditionalaccess/policies',
    permission: 'Policy.ReadWrite.ConditionalAccess',
    allOf: [['Policy.Read.All'], ['Application.Read.All', 'Application.ReadWrite.All']],
  },
  {
    methods: ['PATCH'],
    path: '/identity/conditionalaccess/policies/{id}',
    permission: 'Policy.ReadWrite.ConditionalAccess',
    allOf: [['Policy.Read.All'], ['Application.Read.All', 'Application.ReadWrite.All']],
  },
  {
    methods: ['DELETE'],
    path: '/identity/conditionalaccess/policies/{id}',
    permission: 'Policy.ReadWrite.ConditionalAccess',
    allOf: [['Policy.Read.All']],
  },
]

/** Permissions that reach only some properties of an object. */
export const propertyScopes: readonly { method: string; path: string; permission: string; properties: readonly string[] }[] = [
  { method: 'PATCH', path: '/users/{id}', permission: 'User.EnableDisableAccount.All', properties: ['accountEnabled'] },
  { method: 'PATCH', path: '/users/{id}', permission: 'User-Mail.ReadWrite.All', properties: ['otherMails'] },
  { method: 'PATCH', path: '/users/{id}', permission: 'User-Phone.ReadWrite.All', properties: ['businessPhones', 'mobilePhone'] },
  { method: 'PATCH', path: '/users/{id}', permission: 'User-PasswordProfile.ReadWrite.All', properties: ['passwordProfile'] },
  { method: 'PATCH', path: '/users/{id}', permission: 'User.ManageIdentities.All', properties: ['identities'] },
  {
    method: 'PATCH',
    path: '/users/{id}',
    permission: 'User.ReadWrite',
    properties: ['aboutMe', 'birthday', 'interests', 'mobilePhone', 'mySite', 'pastProjects', 'responsibilities', 'schools', 'skills'],
  },
]

/**
 * The permissions of a caller that reach a path: those for one's own sign-in methods reach nobody else's
 * (https://learn.microsoft.com/graph/permissions-reference#userauthenticationmethodreadwrite).
 */
export function reachingPermissions(held: readonly string[], segments: readonly string[], ownNames: readonly string[]): readonly string[] {
  const [first, owner = '', area] = segments.map((segment) => segment.toLowerCase())
  if (first !== 'users' || area !== 'authentication' || ownNames.includes(owner)) return held
  return held.filter((permission) => !/^User(?:AuthenticationMethod|AuthMethod-\w+)\.Read(?:Write)?$/.test(permission))
}
