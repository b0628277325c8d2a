/** Hosts that may show the tab in a frame: learn.microsoft.com/microsoftteams/platform/tabs/how-to/tab-requirements. */
const frameHosts = [
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://*.cloud.microsoft',
  'https://*.microsoft365.com',
  'https://*.office.com',
  'https://outlook.office.com',
  'https://outlook.office365.com',
] as const

/** teams-js loads its list of trusted hosts from there. */
const teamsJsCdn = 'https://res.cdn.office.net'

export interface HeaderSettings {
  readonly authority: string
  readonly sharePointHost: string | null
}

/** Content Security Policy of the tab's page; `nonce` is for Griffel's style elements, which is why no inline style is allowed otherwise. */
export function pagePolicy(settings: HeaderSettings, nonce: string): string {
  const frames = [...frameHosts, ...(settings.sharePointHost ? [`https://${settings.sharePointHost}`] : [])]
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self' ${teamsJsCdn} ${settings.authority}`,
    `frame-src ${settings.authority}`,
    `frame-ancestors 'self' ${frames.join(' ')}`,
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ')
}

/** Policy of everything that is no page: it may load nothing and be framed by nobody. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"

/** Sent with every answer. No X-Frame-Options: it cannot name several hosts, frame-ancestors does. */
export function commonHeaders(isSecure: boolean): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'cross-origin-resource-policy': 'same-origin',
    ...(isSecure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}
