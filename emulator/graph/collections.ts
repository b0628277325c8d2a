import { accessPolicyCollections } from './collections-access-policies.ts'
import { applicationPolicyCollections } from './collections-application-policies.ts'
import { applicationCollections } from './collections-applications.ts'
import type { CollectionEntry } from './collection-entry.ts'
import { peopleCollections } from './collections-people.ts'
import { protectionCollections } from './collections-protection.ts'
import { roleCollections } from './collections-roles.ts'
import { signInMethodCollections } from './collections-sign-in-methods.ts'
import { tenantCollections } from './collections-tenant.ts'

/** Every path that the emulator reads. A new path is a new row in one of the lists. */
export const collections: readonly CollectionEntry[] = [
  ...peopleCollections,
  ...applicationCollections,
  ...applicationPolicyCollections,
  ...roleCollections,
  ...accessPolicyCollections,
  ...protectionCollections,
  ...signInMethodCollections,
  ...tenantCollections,
]
