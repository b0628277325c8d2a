import type { FactRow } from '../facts.ts'

/** Template of the settings of Microsoft 365 groups: https://learn.microsoft.com/graph/group-directory-settings */
const unifiedGroups = '62375ab9-6b52-47ed-826b-58e47e0e304b'

export type GroupSetting =
  /** The tenant has no settings of its own, so Microsoft's defaults are in force. */
  | { readonly kind: 'defaults' }
  /** Undefined where the tenant's settings do not hold this one. */
  | { readonly kind: 'own'; readonly id: string; readonly value: string | undefined }

/** A setting of Microsoft 365 groups. */
export function unifiedGroupSetting(settings: readonly FactRow<'groupSettings'>[], name: string): GroupSetting {
  const own = settings.find(({ templateId }) => templateId.toLowerCase() === unifiedGroups)
  if (!own) return { kind: 'defaults' }
  const value = own.values.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())?.value
  return { kind: 'own', id: own.id, value: value?.toLowerCase() }
}
