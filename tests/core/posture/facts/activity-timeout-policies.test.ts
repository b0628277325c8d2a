import { describe, expect, it } from '@jest/globals'
import { activityTimeoutPolicies } from '../../../../core/posture/facts/activity-timeout-policies.ts'
import { parsed, publishedRows, refusal, spoiled } from '../../../build/parsing.ts'

const rows = publishedRows('list-activity-timeout-policies')

describe('activity-timeout-policies', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    expect(parsed(activityTimeoutPolicies, rows)).toMatchObject([
      { id: 'id-value', isOrganizationDefault: true, definition: [expect.any(String)] },
    ])
  })

  it.each(['id', 'definition'])('refuses a row where %s is missing, null or of another type, and says where', (path) => {
    for (const row of spoiled(rows[0], path)) expect(refusal(activityTimeoutPolicies, row)).toContain(path)
  })
})
