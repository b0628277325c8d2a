/** Application permissions on the content of every mailbox, drive or site, of Microsoft Graph, Exchange Online and SharePoint Online. */
const content = [
  /^Mail\.(Read|ReadWrite|Send|ReadBasic)(\.All)?$/i,
  /^MailboxSettings\./i,
  /^MailboxFolder\..*\.All$/i,
  /^MailboxItem\..*\.All$/i,
  /^Files\.(Read|ReadWrite)\.All$/i,
  /^Sites\.FullControl\.All$/i,
  /^full_access_as_app$/i,
]

export function reachesAllContent(permission: string): boolean {
  return content.some((pattern) => pattern.test(permission))
}

/** Delegated permissions on a person's mail or on all files that the person can open. */
export function reachesOwnContent(permission: string): boolean {
  return /^(Mail\.|MailboxSettings\.|Files\..*\.All$|Sites\..*\.All$|EWS\.AccessAsUser\.All$|IMAP\.|POP\.|SMTP\.)/i.test(permission)
}
