import { describe, expect, it } from '@jest/globals'
import { onPremisesSynchronization } from '../../../../core/posture/facts/on-premises-synchronization.ts'
import { parsed, publishedRows, refusal, spoiled, withMember } from '../../../build/parsing.ts'

const rows = publishedRows('get-on-premises-synchronization')

describe('on-premises-synchronization', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    expect(parsed(onPremisesSynchronization, rows)).toEqual([
      {
        id: '12cce4b4-4ab8-40b7-be4d-f5d7742ec185',
        features: { passwordSyncEnabled: false, blockSoftMatchEnabled: false, blockCloudObjectTakeoverThroughHardMatchEnabled: false },
      },
    ])
  })

  it.each(['id', 'features'])('refuses a row where %s is missing, null or of another type, and says where', (path) => {
    for (const row of spoiled(rows[0], path)) expect(refusal(onPremisesSynchronization, row)).toContain(path)
  })

  it('refuses a switch that is left out or of another type', () => {
    for (const name of ['passwordSyncEnabled', 'blockSoftMatchEnabled', 'blockCloudObjectTakeoverThroughHardMatchEnabled']) {
      for (const value of [undefined, 'true'])
        expect(refusal(onPremisesSynchronization, withMember(rows[0], `features.${name}`, value))).toContain(`features.${name}`)
    }
  })

  it('is read for a synchronised tenant only', () => {
    const tenant = { id: 'o', displayName: null, verifiedDomains: [], onPremisesLastSyncDateTime: null }
    const each = onPremisesSynchronization.source.each
    expect([true, false, null].map((onPremisesSyncEnabled) => each?.when({ ...tenant, onPremisesSyncEnabled }))).toEqual([
      true,
      false,
      false,
    ])
  })
})
