import { describe, expect, it } from '@jest/globals'
import { subscribedSkus } from '../../../../core/posture/facts/subscribed-skus.ts'
import { parseRows } from '../../../../core/posture/parse.ts'

const answer = {
  id: 's',
  capabilityStatus: 'Enabled',
  consumedUnits: 3,
  servicePlans: [{ servicePlanId: 'p', servicePlanName: 'N', provisioningStatus: 'Success' }],
} as const

describe('subscribed-skus', () => {
  it('takes the fields in use from an answer of Graph, and parsing again changes nothing', () => {
    const parsed = parseRows(subscribedSkus, [answer])
    if (!parsed.ok) throw new Error(parsed.detail)
    expect(parsed.rows).toEqual([
      { id: 's', capabilityStatus: 'Enabled', servicePlans: [{ servicePlanId: 'p', provisioningStatus: 'Success' }] },
    ])
    expect(parseRows(subscribedSkus, parsed.rows)).toEqual(parsed)
  })

  it.each(['id', 'capabilityStatus', 'servicePlans'] as const)(
    'refuses a row where %s is missing, null or of another type, and says where',
    (field) => {
      const without = Object.fromEntries(Object.entries(answer).filter(([name]) => name !== field))
      for (const row of [without, { ...answer, [field]: null }, { ...answer, [field]: 7 }]) {
        expect(parseRows(subscribedSkus, [row])).toMatchObject({ ok: false, detail: expect.stringContaining(field) })
      }
    },
  )
})
