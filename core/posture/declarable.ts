import type { ObjectType } from './check.ts'
import type { DeclaredKind } from './settings.ts'

/** As what an object of a finding can be declared as wanted, by its type. An application is declared by its client id, which a finding need not name. */
export const declarableAs = {
  user: ['user', 'emergencyAccount', 'serviceAccount', 'roleHolder'],
  group: ['group', 'roleHolderGroup'],
  application: [],
  servicePrincipal: [],
  policy: [],
  role: [],
  tenant: [],
} as const satisfies Record<ObjectType, readonly DeclaredKind[]>
