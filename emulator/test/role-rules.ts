/* Who may do what to whom, as Microsoft's pages have it; role-writes.test.ts plays each. */

const learn = 'https://learn.microsoft.com'
const sensitive = `${learn}/entra/identity/role-based-access-control/privileged-roles-permissions#who-can-perform-sensitive-actions`
const passwords = `${learn}/entra/identity/role-based-access-control/privileged-roles-permissions#who-can-reset-passwords`
const units = `${learn}/entra/identity/role-based-access-control/manage-roles-portal`
const builtIn = `${learn}/entra/identity/role-based-access-control/permissions-reference`
const api = (page: string): string => `${learn}/graph/api/${page}`

/** Somebody to whom a write is done; those who hold a role are named after it. */
export type Target = 'nobody special' | 'a member of a role-assignable group' | 'an owner of a role-assignable group' | (string & {})

export type Write =
  | 'disable'
  | 'delete'
  | 'restore'
  | 'force a new password'
  | 'sign out'
  | 'remove the phone of'
  | 'give a role to'
  | 'end the eligibility of'
  | 'add to a group'
  | 'add to a role-assignable group'
  | 'dismiss the risk of'

/** For one role and one write: to whom it is done, and to whom it is refused. */
interface Rule {
  readonly role: string
  readonly write: Write
  readonly may: readonly Target[]
  readonly mayNot: readonly Target[]
  /** The role is held over an administrative unit: one that holds the target, or one that does not. */
  readonly over?: 'their unit' | 'another unit'
  readonly page: string
}

const anyone = ['nobody special'] as const

export const rules: readonly Rule[] = [
  {
    role: 'User Administrator',
    write: 'disable',
    may: ['nobody special', 'Helpdesk Administrator', 'User Administrator'],
    mayNot: ['Authentication Administrator', 'Global Administrator', 'Global Reader'],
    page: sensitive,
  },
  {
    role: 'User Administrator',
    write: 'delete',
    may: ['Groups Administrator'],
    mayNot: ['Privileged Role Administrator', 'a member of a role-assignable group', 'an owner of a role-assignable group'],
    page: sensitive,
  },
  { role: 'User Administrator', write: 'restore', may: anyone, mayNot: [], page: api('directory-deleteditems-restore') },
  { role: 'Helpdesk Administrator', write: 'restore', may: [], mayNot: anyone, page: api('directory-deleteditems-restore') },
  {
    role: 'Authentication Administrator',
    write: 'disable',
    may: ['Authentication Administrator'],
    mayNot: ['Helpdesk Administrator'],
    page: sensitive,
  },
  { role: 'Privileged Authentication Administrator', write: 'disable', may: ['Global Administrator'], mayNot: [], page: sensitive },
  {
    role: 'Privileged Authentication Administrator',
    write: 'delete',
    may: ['a member of a role-assignable group'],
    mayNot: [],
    page: sensitive,
  },
  { role: 'Global Administrator', write: 'delete', may: ['Global Administrator'], mayNot: [], page: sensitive },
  { role: 'Helpdesk Administrator', write: 'disable', may: [], mayNot: anyone, page: sensitive },
  {
    role: 'Password Administrator',
    write: 'force a new password',
    may: ['nobody special', 'Guest Inviter'],
    mayNot: ['Reports Reader'],
    page: passwords,
  },
  {
    role: 'Helpdesk Administrator',
    write: 'force a new password',
    may: ['Reports Reader'],
    mayNot: ['Authentication Administrator'],
    page: passwords,
  },
  {
    role: 'User Administrator',
    write: 'force a new password',
    may: ['Helpdesk Administrator'],
    mayNot: ['Security Reader'],
    page: passwords,
  },
  { role: 'Helpdesk Administrator', write: 'sign out', may: ['Helpdesk Administrator'], mayNot: ['Global Administrator'], page: passwords },
  { role: 'Password Administrator', write: 'sign out', may: [], mayNot: anyone, page: `${builtIn}#password-administrator` },
  { role: 'Security Operator', write: 'sign out', may: anyone, mayNot: [], page: `${builtIn}#security-operator` },
  { role: 'Security Operator', write: 'sign out', may: [], mayNot: ['Exchange Administrator'], page: passwords },
  { role: 'Entra SOC Identity Responder', write: 'disable', may: anyone, mayNot: [], page: builtIn },
  { role: 'Entra SOC Identity Responder', write: 'disable', may: [], mayNot: ['Global Administrator'], page: sensitive },
  { role: 'Security Reader', write: 'disable', may: [], mayNot: anyone, page: `${builtIn}#security-reader` },
  {
    role: 'Authentication Administrator',
    write: 'remove the phone of',
    may: anyone,
    mayNot: ['Global Administrator'],
    page: api('phoneauthenticationmethod-delete'),
  },
  {
    role: 'Privileged Authentication Administrator',
    write: 'remove the phone of',
    may: ['Global Administrator'],
    mayNot: [],
    page: api('phoneauthenticationmethod-delete'),
  },
  { role: 'User Administrator', write: 'remove the phone of', may: [], mayNot: anyone, page: api('phoneauthenticationmethod-delete') },
  {
    role: 'Helpdesk Administrator',
    write: 'force a new password',
    may: anyone,
    mayNot: ['Helpdesk Administrator'],
    over: 'their unit',
    page: units,
  },
  { role: 'Helpdesk Administrator', write: 'force a new password', may: [], mayNot: anyone, over: 'another unit', page: units },
  {
    role: 'User Administrator',
    write: 'disable',
    may: ['Helpdesk Administrator'],
    mayNot: ['Global Administrator'],
    over: 'their unit',
    page: units,
  },
  {
    role: 'Privileged Authentication Administrator',
    write: 'disable',
    may: ['Global Administrator'],
    mayNot: [],
    over: 'their unit',
    page: units,
  },
  {
    role: 'Privileged Role Administrator',
    write: 'give a role to',
    may: anyone,
    mayNot: [],
    page: api('rbacapplication-post-roleassignments'),
  },
  { role: 'User Administrator', write: 'give a role to', may: [], mayNot: anyone, page: api('rbacapplication-post-roleassignments') },
  { role: 'Global Administrator', write: 'give a role to', may: anyone, mayNot: [], page: api('rbacapplication-post-roleassignments') },
  {
    role: 'Privileged Role Administrator',
    write: 'end the eligibility of',
    may: anyone,
    mayNot: [],
    page: api('rbacapplication-post-roleeligibilityschedulerequests'),
  },
  {
    role: 'Security Administrator',
    write: 'end the eligibility of',
    may: [],
    mayNot: anyone,
    page: api('rbacapplication-post-roleeligibilityschedulerequests'),
  },
  { role: 'Privileged Role Administrator', write: 'disable', may: [], mayNot: anyone, page: sensitive },
  { role: 'Groups Administrator', write: 'add to a group', may: anyone, mayNot: [], page: api('group-post-members') },
  { role: 'Groups Administrator', write: 'add to a role-assignable group', may: [], mayNot: anyone, page: api('group-post-members') },
  { role: 'User Administrator', write: 'add to a role-assignable group', may: [], mayNot: anyone, page: api('group-post-members') },
  {
    role: 'Privileged Role Administrator',
    write: 'add to a role-assignable group',
    may: anyone,
    mayNot: [],
    page: api('group-post-members'),
  },
  { role: 'Privileged Role Administrator', write: 'add to a group', may: [], mayNot: anyone, page: api('group-post-members') },
  { role: 'Exchange Administrator', write: 'add to a group', may: [], mayNot: anyone, page: `${builtIn}#exchange-administrator` },
  { role: 'Intune Administrator', write: 'add to a group', may: anyone, mayNot: [], page: `${builtIn}#intune-administrator` },
  { role: 'Security Operator', write: 'dismiss the risk of', may: anyone, mayNot: [], page: api('riskyuser-dismiss') },
  { role: 'Security Administrator', write: 'dismiss the risk of', may: anyone, mayNot: [], page: api('riskyuser-dismiss') },
  { role: 'Security Reader', write: 'dismiss the risk of', may: [], mayNot: anyone, page: api('riskyuser-dismiss') },
]
