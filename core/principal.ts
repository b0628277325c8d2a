/** Who is asking, and what that person may ask for. A Principal is made only by bot/src/identity from a verified token or channel activity. */

/** App-role values of the registration *Countersign Read*, strongest first. */
export const roles = ['owner', 'admin', 'reviewer', 'viewer'] as const
export type Role = (typeof roles)[number]

/** The way a person came in. `view` is a token that holds only the scope Posture.View. */
export const doors = ['tab', 'web', 'view', 'chat', 'mcp', 'cli', 'job'] as const
export type Door = (typeof doors)[number]

export interface Principal {
  /** Entra tenant id, from the verified token only. */
  readonly tenantId: string
  /** Entra object id of the person; for `job`, of the person who started the job. */
  readonly objectId: string
  readonly displayName: string
  readonly roles: readonly Role[]
  readonly door: Door
}

/** What can be asked for, with the roles that may ask. Unlisted means nobody. */
export const capabilities = {
  viewPosture: ['owner', 'admin', 'reviewer', 'viewer'],
  viewFindings: ['owner', 'admin', 'reviewer'],
  viewReceipts: ['owner', 'admin', 'reviewer'],
  viewTrust: ['owner', 'admin', 'reviewer', 'viewer'],
  export: ['owner', 'admin', 'reviewer'],
  scan: ['owner', 'admin'],
  propose: ['owner', 'admin'],
  confirm: ['owner', 'admin'],
  manageAid: ['owner'],
  manageActions: ['owner'],
  settle: ['owner', 'admin'],
  /** Declared exceptions and the tenant's own parameters. */
  declare: ['owner'],
  suppress: ['owner', 'admin'],
  /** One's own alert messages. */
  followAlerts: ['owner', 'admin', 'reviewer', 'viewer'],
  /** The tenant's alert rules, and who is told. */
  manageAlerts: ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>
export type Capability = keyof typeof capabilities

/** What each door lets through, whatever the person's roles. Confirming is possible in chat alone. */
export const doorCapabilities = {
  tab: [
    'viewPosture',
    'viewFindings',
    'viewReceipts',
    'viewTrust',
    'export',
    'scan',
    'propose',
    'manageAid',
    'manageActions',
    'settle',
    'declare',
    'suppress',
    'followAlerts',
    'manageAlerts',
  ],
  web: [
    'viewPosture',
    'viewFindings',
    'viewReceipts',
    'viewTrust',
    'export',
    'scan',
    'propose',
    'manageAid',
    'manageActions',
    'settle',
    'declare',
    'suppress',
    'followAlerts',
    'manageAlerts',
  ],
  view: ['viewPosture'],
  chat: ['viewPosture', 'viewFindings', 'viewReceipts', 'viewTrust', 'propose', 'confirm', 'followAlerts'],
  mcp: ['viewPosture', 'viewFindings', 'viewReceipts', 'viewTrust', 'propose'],
  cli: ['viewPosture', 'viewFindings', 'viewReceipts', 'viewTrust', 'export', 'scan', 'propose', 'declare', 'suppress', 'manageAlerts'],
  job: ['viewPosture', 'viewFindings', 'scan'],
} as const satisfies Record<Door, readonly Capability[]>

export type Permission =
  { readonly may: true } | { readonly may: false; readonly because: 'door' | 'role'; readonly needs: readonly Role[] }

/** Whether this principal may use the capability; if not, whether the door or the role stands in the way. */
export function permission(principal: Principal, capability: Capability): Permission {
  const needs: readonly Role[] = capabilities[capability]
  const throughDoor: readonly Capability[] = doorCapabilities[principal.door]
  if (!throughDoor.includes(capability)) return { may: false, because: 'door', needs }
  if (!principal.roles.some((role) => needs.includes(role))) return { may: false, because: 'role', needs }
  return { may: true }
}
