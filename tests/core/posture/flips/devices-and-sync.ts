import { inDays } from '../../../build/facts.ts'
import { timeout } from '../../../build/sound-tenant.ts'
import { flip } from './flip.ts'
import type { Field, Flips } from './flip.ts'

const device = (path: string, to: unknown): Field => flip('deviceRegistrationPolicy', 'deviceRegistrationPolicy', path, to)
const everybody = '#microsoft.graph.allDeviceRegistrationMembership'
const feature = (name: string): Field => flip('onPremisesSynchronization', 'tenant-of-contoso', `features.${name}`, false)

/** Devices, synchronisation, and sessions. */
export const deviceAndSyncFlips: Flips = {
  'DV-01': { fields: [device('azureADJoin.allowedToJoin.@odata~type', everybody)] },
  'DV-02': { fields: [device('userDeviceQuota', 100), device('userDeviceQuota', 0)] },
  'DV-03': { fields: [device('azureADJoin.localAdmins.enableGlobalAdmins', true)] },
  'DV-04': { fields: [device('azureADJoin.localAdmins.registeringUsers.@odata~type', everybody)] },
  'DV-05': { fields: [device('localAdminPassword.isEnabled', false)] },
  'HY-01': { fields: [feature('passwordSyncEnabled')] },
  'HY-02': { fields: [feature('blockSoftMatchEnabled'), feature('blockCloudObjectTakeoverThroughHardMatchEnabled')] },
  'HY-03': { fields: [flip('organization', 'tenant-of-contoso', 'onPremisesLastSyncDateTime', inDays(-1), 'warn')] },
  'HY-04': {
    fields: [
      flip('federationConfigurations', 'fed.contoso.net/adfs', 'federatedIdpMfaBehavior', 'acceptIfMfaDoneByFederatedIdp', 'warn'),
      flip('domains', 'fed.contoso.net', 'isVerified', false, 'warn'),
    ],
  },
  'IT-01': {
    fields: [
      flip('activityTimeoutPolicies', 'timeout', 'definition', timeout('08:00:00').definition),
      flip('activityTimeoutPolicies', 'timeout', 'isOrganizationDefault', false),
    ],
  },
}
