import { describe, expect, it } from '@jest/globals'
import { deviceRegistrationPolicy } from '../../../../core/posture/facts/device-registration-policy.ts'
import { parsed, publishedRows, refusal, spoiled } from '../../../build/parsing.ts'

const rows = publishedRows('get-device-registration-policy')

describe('device-registration-policy', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    expect(parsed(deviceRegistrationPolicy, rows)).toMatchObject([
      {
        userDeviceQuota: 2,
        azureADJoin: {
          allowedToJoin: { '@odata.type': '#microsoft.graph.allDeviceRegistrationMembership' },
          localAdmins: {
            enableGlobalAdmins: true,
            registeringUsers: { '@odata.type': '#microsoft.graph.enumeratedDeviceRegistrationMembership' },
          },
        },
        localAdminPassword: { isEnabled: false },
      },
    ])
  })

  it.each([
    'id',
    'userDeviceQuota',
    'multiFactorAuthConfiguration',
    'azureADJoin.allowedToJoin',
    'azureADJoin.allowedToJoin.@odata.type',
    'azureADJoin.localAdmins.enableGlobalAdmins',
    'azureADJoin.localAdmins.registeringUsers',
    'localAdminPassword.isEnabled',
  ])('refuses a row where %s is missing, null or of another type, and says where', (path) => {
    for (const row of spoiled(rows[0], path)) expect(refusal(deviceRegistrationPolicy, row)).toContain(path)
  })
})
