/** Microsoft Graph, Exchange Online and SharePoint Online: what other interfaces call so is another thing. */
const resources = ['00000003-0000-0000-c000-000000000000', '00000002-0000-0ff1-ce00-000000000000', '00000003-0000-0ff1-ce00-000000000000']

/** Application permissions on the content of every mailbox, drive or site; whoever reads every site reads every file in it. */
const content = [
  /^Mail\.(Read|ReadWrite|Send|ReadBasic)(\.All)?$/i,
  /^MailboxSettings\./i,
  /^Mailbox\.Migration$/i,
  /^MailboxFolder\..*\.All$/i,
  /^MailboxItem\..*\.All$/i,
  /^Files\.(Read|ReadWrite)\.All$/i,
  /^Sites\.(Read|ReadWrite|Manage|FullControl)\.All$/i,
  /^Mail-Advanced\..*\.All$/i,
  /^full_access_as_app$/i,
]

export function reachesAllContent({ resourceAppId, value }: { readonly resourceAppId: string; readonly value: string }): boolean {
  return resources.includes(resourceAppId.toLowerCase()) && content.some((pattern) => pattern.test(value))
}

/** Delegated permissions on a person's mail or on all files that the person can open. */
export function reachesOwnContent(permission: string): boolean {
  return /^(Mail\.|MailboxSettings\.|Files\..*\.All$|Sites\..*\.All$|EWS\.AccessAsUser\.All$|IMAP\.|POP\.|SMTP\.)/i.test(permission)
}
