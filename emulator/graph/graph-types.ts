/** Who calls, as read from a bearer token that was verified. */
export type GraphCaller = {
  readonly ok: true
  readonly tenantId: string
  readonly appId: string
  readonly oid: string
  readonly scopes: readonly string[]
  readonly isAppOnly: boolean
}

export type GraphRefusal = { readonly ok: false; readonly code: string; readonly message: string; readonly wwwAuthenticate?: string }

export type VerifyGraphToken = (authorizationHeader: string | undefined) => Promise<GraphCaller | GraphRefusal>

export interface GraphRequest {
  readonly method: string
  /** Path with its query, for example `/v1.0/users?$top=5`. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly bodyText: string
}

export interface GraphResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** How many objects a list answered. */
  readonly rows?: number
  /** The server must destroy the connection instead of answering. */
  readonly cut?: true
  /** The server must destroy the connection in the middle of the body. */
  readonly cutBody?: true
  /** The server must spread the body over so many milliseconds. */
  readonly trickleMs?: number
}
