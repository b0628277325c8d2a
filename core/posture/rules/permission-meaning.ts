/** What the weightiest permissions let an application do, in words. Others are spelled from their names. */
const known: Readonly<Record<string, string>> = {
  'RoleManagement.ReadWrite.Directory': 'Gives any directory role to anybody, Global Administrator included',
  'AppRoleAssignment.ReadWrite.All': 'Gives any application any permission',
  'Application.ReadWrite.All': 'Changes every application and adds credentials to it',
  'Application.ReadWrite.OwnedBy': 'Changes the applications that it owns and adds credentials to them',
  'Application.Read.All': 'Reads every application',
  'Directory.ReadWrite.All': 'Reads and changes the directory: people, groups and applications',
  'Directory.Read.All': 'Reads the whole directory',
  'Directory.AccessAsUser.All': 'Does in the directory whatever the signed-in person may do',
  'User.ReadWrite.All': 'Reads and changes the profile of everybody',
  'User.Read.All': 'Reads the profile of everybody',
  'User.ReadBasic.All': 'Reads names and addresses of everybody',
  'User.Read': 'Reads the profile of the signed-in person',
  'Group.ReadWrite.All': 'Reads and changes every group, its members and its content',
  'GroupMember.ReadWrite.All': 'Changes who is a member of every group',
  'UserAuthenticationMethod.ReadWrite.All': 'Reads and changes the sign-in methods of everybody',
  'Policy.ReadWrite.ConditionalAccess': 'Changes Conditional Access policies',
  'Mail.Read': 'Reads mail',
  'Mail.ReadWrite': 'Reads, changes and deletes mail',
  'Mail.Send': 'Sends mail in somebody’s name',
  'Files.Read.All': 'Reads every file',
  'Files.ReadWrite.All': 'Reads, changes and deletes every file',
  'Sites.Read.All': 'Reads every SharePoint site',
  'Sites.ReadWrite.All': 'Reads and changes every SharePoint site',
  'Sites.FullControl.All': 'Controls every SharePoint site',
  'Calendars.ReadWrite': 'Reads and changes calendars',
  'Chat.Read.All': 'Reads every chat',
  full_access_as_app: 'Has full access to every mailbox',
  offline_access: 'Keeps its access while nobody is signed in',
  openid: 'Signs people in',
  profile: 'Reads the name of the signed-in person',
  email: 'Reads the mail address of the signed-in person',
}

const verbs: Readonly<Record<string, string>> = {
  Read: 'Reads',
  ReadBasic: 'Reads the basics of',
  ReadWrite: 'Reads and changes',
  Write: 'Changes',
  Create: 'Creates',
  Send: 'Sends',
  Delete: 'Deletes',
  DeleteRestore: 'Deletes and restores',
  Manage: 'Manages',
  EnableDisable: 'Enables and disables',
  RevokeSessions: 'Ends the sessions of',
  FullControl: 'Controls',
}
const reaches: Readonly<Record<string, string>> = {
  All: ', all of them',
  OwnedBy: ', those that it owns',
  Selected: ', those selected for it',
  Shared: ', shared ones too',
}

/** One short sentence; '' for a name that says nothing to anybody. */
export function meaningOf(permission: string): string {
  const found = known[permission]
  if (found !== undefined) return found
  const [thing = '', verb = '', reach = ''] = permission.split('.')
  const words = verbs[verb]
  if (words === undefined) return ''
  return `${words} ${thing
    .replaceAll(/[-_]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()}${reaches[reach] ?? ''}`
}
