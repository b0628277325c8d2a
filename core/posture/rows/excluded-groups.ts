import { z } from 'zod'
import { policyConditions } from './conditional-access-conditions.ts'

const withGroups = z.object({ conditions: policyConditions })

/** Ids, in lower case, of the groups that a row of a Conditional Access policy leaves out. */
export function excludedGroups(row: unknown): readonly string[] {
  return (withGroups.parse(row).conditions.users?.excludeGroups ?? []).map((id) => id.toLowerCase())
}
