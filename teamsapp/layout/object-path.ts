import type { FindingPage } from '@countersign/core/api/findings.ts'

type ObjectType = FindingPage['affected'][number]['type']

const roots: Partial<Record<ObjectType, string>> = {
  user: '/people/',
  group: '/people/',
  application: '/applications/',
  servicePrincipal: '/applications/',
}
/** Entra object ids are GUIDs. */
export const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The page of an object of the tenant; undefined where it has none. */
export function objectPath(type: ObjectType, id: string): string | undefined {
  const root = roots[type]
  return root !== undefined && guid.test(id) ? `${root}${id}` : undefined
}
