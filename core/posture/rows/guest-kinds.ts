/** Value of includeUsers and excludeUsers that stands for every kind of guest. */
export const allGuests = 'GuestsOrExternalUsers'

/** https://learn.microsoft.com/graph/api/resources/conditionalaccessguestsorexternalusers */
export const guestKinds = [
  'internalGuest',
  'b2bCollaborationGuest',
  'b2bCollaborationMember',
  'b2bDirectConnectUser',
  'otherExternalUser',
  'serviceProvider',
] as const

export const guestKindTitles = {
  internalGuest: 'Local guests',
  b2bCollaborationGuest: 'B2B collaboration guests',
  b2bCollaborationMember: 'B2B collaboration members',
  b2bDirectConnectUser: 'B2B direct connect users',
  otherExternalUser: 'Other external users',
  serviceProvider: 'Service providers',
} as const satisfies Record<(typeof guestKinds)[number], string>

/** Graph writes several kinds into one string, parted by commas. */
export function guestKindsIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((kind) => kind.trim())
    .filter((kind) => kind !== '' && kind !== 'none')
}
