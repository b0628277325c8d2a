import type { FactRow } from '../facts.ts'

/** Whether accounts come from Active Directory. */
export function isSynchronised(organization: readonly FactRow<'organization'>[]): boolean {
  return organization.some(({ onPremisesSyncEnabled }) => onPremisesSyncEnabled === true)
}

export const cloudOnly = 'Nothing is synchronised from Active Directory.'
