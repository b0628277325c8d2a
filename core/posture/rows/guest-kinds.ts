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

/** Graph writes several kinds into one string, parted by commas. */
export function guestKindsIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((kind) => kind.trim())
    .filter((kind) => kind !== '' && kind !== 'none')
}
