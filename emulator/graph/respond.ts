import type { GraphResponse } from './graph-types.ts'

/** What every answer needs to name its request. */
export interface Answering {
  readonly requestId: string
  readonly clientRequestId: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /** `https://host/v1.0`, the base of context addresses and next links. */
  readonly base: string
}

/** A refusal on its way to becoming an error answer. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

export function refuse(status: number, code: string, message: string, headers?: Readonly<Record<string, string>>): Refusal {
  return headers ? { status, code, message, headers } : { status, code, message }
}

export const refusals = {
  denied: refuse(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
  premium: refuse(
    403,
    'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    "Neither tenant is B2C or tenant doesn't have premium license",
  ),
  p2: refuse(400, 'AadPremiumLicenseRequired', 'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.'),
  expiredPage: refuse(
    400,
    'Directory_ExpiredPageToken',
    'The specified page token value has expired and can no longer be included in your request.',
  ),
} satisfies Record<string, Refusal>

export function notFound(id: string): Refusal {
  return refuse(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  )
}

export function unsupportedQuery(message: string): Refusal {
  return refuse(400, 'Request_UnsupportedQuery', message)
}

/** What the real service does here and the emulator does not play; DEVIATIONS.md lists these. */
export function notPlayed(what: string): Refusal {
  return refuse(501, 'notImplemented', `The emulator does not play ${what}. DEVIATIONS.md lists what it plays.`)
}

export function isRefusal(value: object): value is Refusal {
  return 'status' in value && 'code' in value && 'message' in value
}

function commonHeaders(answering: Answering): Record<string, string> {
  return {
    'request-id': answering.requestId,
    'client-request-id': answering.clientRequestId,
    date: new Date(answering.at).toUTCString(),
  }
}

export function answerError(answering: Answering, refusal: Refusal): GraphResponse {
  const body = {
    error: {
      code: refusal.code,
      message: refusal.message,
      innerError: {
        date: new Date(answering.at).toISOString().slice(0, 19),
        'request-id': answering.requestId,
        'client-request-id': answering.clientRequestId,
      },
    },
  }
  return {
    status: refusal.status,
    headers: { ...commonHeaders(answering), 'content-type': 'application/json', ...refusal.headers },
    body: JSON.stringify(body),
  }
}

export function answerJson(
  answering: Answering,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): GraphResponse {
  const contentType = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8'
  return {
    status,
    headers: { ...commonHeaders(answering), 'content-type': contentType, 'odata-version': '4.0', ...headers },
    body: JSON.stringify(body),
  }
}

export function answerText(answering: Answering, body: string, headers: Readonly<Record<string, string>> = {}): GraphResponse {
  return { status: 200, headers: { ...commonHeaders(answering), 'content-type': 'text/plain', ...headers }, body }
}

export function answerNothing(answering: Answering): GraphResponse {
  return { status: 204, headers: commonHeaders(answering), body: '' }
}
