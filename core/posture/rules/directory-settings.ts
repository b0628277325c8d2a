import type { FactRow } from '../facts.ts'
import { sameId } from '../rows/graph-values.ts'

type Settings = readonly FactRow<'groupSettings'>[]

/** Templates of directory settings: https://learn.microsoft.com/graph/group-directory-settings */
export const passwordRules = '5cf42378-d67d-4f36-ba46-e8b86229381d'
export const consentRules = 'dffd5d46-495d-40a9-8e21-954ff55e198a'

/**
 * A value of a directory setting as text. 'default' where nobody ever changed the settings of the template: the service's own value holds.
 * Null where Graph gives no value, or gives two.
 */
export function directorySetting(settings: Settings, templateId: string, name: string): string | 'default' | null {
  const ofTemplate = settings.filter((setting) => sameId(setting.templateId, templateId))
  if (ofTemplate.length === 0) return 'default'
  const values = ofTemplate.flatMap((setting) => setting.values.filter((value) => value.name === name)).map(({ value }) => value)
  const [first] = values
  return first === undefined || new Set(values).size > 1 ? null : first
}

/** A switch; null where the text says neither. `byDefault` is what the service does where nobody changed it. */
export function directorySwitch(settings: Settings, templateId: string, name: string, byDefault: boolean): boolean | null {
  const value = directorySetting(settings, templateId, name)?.toLowerCase()
  if (value === 'default') return byDefault
  return value === 'true' ? true : value === 'false' ? false : null
}

/** A whole number; null where the text is none. */
export function directoryNumber(settings: Settings, templateId: string, name: string, byDefault: number): number | null {
  const value = directorySetting(settings, templateId, name)
  if (value === 'default') return byDefault
  return value !== null && /^\d+$/.test(value.trim()) ? Number(value) : null
}
