import { shareTwoTenants } from './shared-walls.ts'

shareTwoTenants()
// In this order: the last of the names takes the Aid away from one side.
await import('./shared/tenants.ts')
await import('./shared/tenant-names.ts')
