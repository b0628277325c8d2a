/** Tenants in which Microsoft keeps its own applications. */
const microsoftTenants: readonly string[] = ['f8cdef31-a31e-4b4a-93e4-5f571e91255a', '72f988bf-86f1-41af-91ab-2d7cd011db47']

/** Whether an enterprise application is Microsoft's own, by the tenant of its registration. */
export function isMicrosofts(appOwnerOrganizationId: string | null): boolean {
  return appOwnerOrganizationId !== null && microsoftTenants.includes(appOwnerOrganizationId.toLowerCase())
}
