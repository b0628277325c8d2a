/** Why an address could not be reached, in the terms in which a person can mend it. */
export interface NetworkFailure {
  readonly kind: 'refused' | 'unknownName' | 'timeout' | 'certificate' | 'cut' | 'other'
  /** The system's own code, for example ECONNREFUSED, for whoever looks further. */
  readonly code: string
}

export type Reached =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string; readonly headers: Headers }
  | { readonly kind: 'failed'; readonly failure: NetworkFailure }

const longestAnswer = 4 * 1024 * 1024

/** One request. Whatever goes wrong on the way is a value; redirects are not followed, so that nothing is sent where it was not meant to go. */
export async function reach(
  address: string,
  { timeoutMs = 15_000, signal, ...init }: RequestInit & { readonly timeoutMs?: number } = {},
): Promise<Reached> {
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(address, { ...init, redirect: 'manual', signal: signal ? AbortSignal.any([signal, timeout]) : timeout })
    const text = await response.text()
    if (text.length > longestAnswer) return { kind: 'failed', failure: { kind: 'other', code: 'the answer is too long' } }
    return { kind: 'answer', status: response.status, text, headers: response.headers }
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) }
  }
}

const certificateCodes =
  /^(CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_(GET|VERIFY|DECODE)|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH)/

/** What a failed fetch says; its cause holds the system's code. */
export function failureOf(error: unknown): NetworkFailure {
  const name: unknown = Reflect.get(Object(error), 'name')
  if (name === 'TimeoutError' || name === 'AbortError') return { kind: 'timeout', code: name }
  const code = codeOf(error)
  if (code === 'ECONNREFUSED') return { kind: 'refused', code }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { kind: 'unknownName', code }
  if (code === 'ETIMEDOUT' || /^UND_ERR_.*TIMEOUT$/.test(code)) return { kind: 'timeout', code }
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET') return { kind: 'cut', code }
  return { kind: certificateCodes.test(code) ? 'certificate' : 'other', code }
}

/** What went wrong at an address, as a sentence without what to do about it. */
export function failureSentence(address: string, { kind, code }: NetworkFailure): string {
  const { host } = new URL(address)
  switch (kind) {
    case 'refused':
      return `Nothing answers at ${host} (${code}).`
    case 'unknownName':
      return `The name ${host} cannot be resolved (${code}).`
    case 'timeout':
      return `${host} did not answer in time (${code}).`
    case 'certificate':
      return `The certificate of ${host} is not trusted on this machine (${code}).`
    case 'cut':
      return `${host} closed the connection (${code}).`
    case 'other':
      return `${host} cannot be reached (${code}).`
  }
}

/** The innermost code: fetch wraps what the system said in errors of its own. */
function codeOf(error: unknown): string {
  const { code, cause, message }: { code?: unknown; cause?: unknown; message?: unknown } = Object(error)
  if (typeof code === 'string' && code !== '') return code
  return cause === undefined ? String(message ?? error) : codeOf(cause)
}
