/** What a page author set in the property pane; stored by SharePoint, so every value may be missing or of another type. */
export interface PostureProperties {
  readonly serviceUrl?: unknown
  readonly apiResource?: unknown
  readonly title?: unknown
  readonly showAreas?: unknown
  readonly showRisks?: unknown
}

/** Properties after validation: safe to use without looking again. */
export interface PostureSettings {
  /** Origin and optional path of the Countersign service, without a trailing slash. */
  readonly serviceUrl: string
  /** Application id URI of *Countersign Read*: what the token is asked for. */
  readonly apiResource: string
  readonly title: string
  readonly showAreas: boolean
  readonly showRisks: boolean
}

/** One reason why the web part cannot start; `id` is also the key of its sentence in loc/en-us.js. */
export interface SettingsGap {
  readonly id:
    | 'ServiceUrlMissing'
    | 'ServiceUrlInvalid'
    | 'ServiceUrlInsecure'
    | 'ApiResourceMissing'
    | 'ApiResourceInvalid'
    | 'TitleMissing'
    | 'ShowAreasMissing'
    | 'ShowRisksMissing'
  readonly value: string
}

export type SettingsResult =
  { readonly ok: true; readonly settings: PostureSettings } | { readonly ok: false; readonly gaps: readonly SettingsGap[] }

/** Values built into the package for hosts without a property pane (the Teams personal app); empty when not built in. */
export interface BuiltInSettings {
  readonly serviceUrl: string
  readonly apiResource: string
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]']

/** Validates the stored properties; a blank service or resource falls back to what the package was built with. */
export function readSettings(properties: PostureProperties, builtIn: BuiltInSettings): SettingsResult {
  const serviceUrl = text(properties.serviceUrl) || builtIn.serviceUrl
  const apiResource = text(properties.apiResource) || builtIn.apiResource
  const title = text(properties.title)
  const { showAreas, showRisks } = properties

  const gaps: SettingsGap[] = []
  const serviceGap = serviceUrlGap(serviceUrl)
  if (serviceGap) gaps.push({ id: serviceGap, value: serviceUrl })
  const resourceGap = apiResourceGap(apiResource)
  if (resourceGap) gaps.push({ id: resourceGap, value: apiResource })
  if (!title) gaps.push({ id: 'TitleMissing', value: '' })
  if (typeof showAreas !== 'boolean') gaps.push({ id: 'ShowAreasMissing', value: '' })
  if (typeof showRisks !== 'boolean') gaps.push({ id: 'ShowRisksMissing', value: '' })

  if (gaps.length > 0 || typeof showAreas !== 'boolean' || typeof showRisks !== 'boolean') return { ok: false, gaps }
  return { ok: true, settings: { serviceUrl: serviceUrl.replace(/\/+$/, ''), apiResource, title, showAreas, showRisks } }
}

/** The message for the property pane's own field: the same rule as on the page, undefined when the value is good. */
export function serviceUrlGap(value: string): 'ServiceUrlMissing' | 'ServiceUrlInvalid' | 'ServiceUrlInsecure' | undefined {
  if (!value) return 'ServiceUrlMissing'
  const url = parseUrl(value)
  if (!url || url.username || url.password || url.search || url.hash) return 'ServiceUrlInvalid'
  if (url.protocol === 'https:') return undefined
  // A bearer token over plain http is readable on the way; loopback never leaves the machine.
  if (url.protocol === 'http:') return LOOPBACK_HOSTS.includes(url.hostname) ? undefined : 'ServiceUrlInsecure'
  return 'ServiceUrlInvalid'
}

/** Accepts the forms that Entra accepts as a resource: an application id, or an identifier URI. */
export function apiResourceGap(value: string): 'ApiResourceMissing' | 'ApiResourceInvalid' | undefined {
  if (!value) return 'ApiResourceMissing'
  if (GUID.test(value)) return undefined
  return /^(api|https):\/\/[^\s/]+/.test(value) ? undefined : 'ApiResourceInvalid'
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}

function parseUrl(value: string): URL | undefined {
  try {
    return new URL(value)
  } catch {
    return undefined
  }
}
