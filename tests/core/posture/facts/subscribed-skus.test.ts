import { subscribedSkus } from '../../../../core/posture/facts/subscribed-skus.ts'
import { describeFact } from '../../../build/fact-test.ts'

const row = { id: 's', skuId: 'k', capabilityStatus: 'Enabled', servicePlans: [{ servicePlanId: 'p', provisioningStatus: 'Success' }] }

describeFact('subscribed-skus', subscribedSkus, {
  answer: { ...row, consumedUnits: 3, servicePlans: [{ ...row.servicePlans[0], servicePlanName: 'N' }] },
  row,
  needed: ['id', 'capabilityStatus', 'servicePlans'],
  optional: ['skuId'],
})
