/** Application permissions on the content of every mailbox, drive or site, of Microsoft Graph, Exchange Online and SharePoint Online. */
const content = [
  /^Mail\.(Read|ReadWrite|Send|ReadBasic)(\.All)?$/,
  /^MailboxSettings\./,
  /^MailboxFolder\..*\.All$/,
  /^MailboxItem\..*\.All$/,
  /^Files\.(Read|ReadWrite)\.All$/,
  /^Sites\.FullControl\.All$/,
  /^full_access_as_app$/,
]

export function reachesAllContent(permission: string): boolean {
  return content.some((pattern) => pattern.test(permission))
}

/** Delegated permissions on a person's mail or on all files that the person can open. */
export function reachesOwnContent(permission: string): boolean {
  return /^(Mail\.|MailboxSettings\.|Files\..*\.All$|Sites\..*\.All$|EWS\.AccessAsUser\.All$|IMAP\.|POP\.|SMTP\.)/.test(permission)
}
