import { pino } from 'pino'

/** The operational log: static sentences with fields, never names, addresses, tokens or rows of a tenant. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Logs JSON lines to standard error; standard output stays free for the line that says the service is ready. */
export function makeLog(level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info'): Log {
  return pino(
    {
      level,
      base: null,
      redact: { paths: ['*.authorization', '*.cookie', '*.secret', '*.token', 'err.config', 'err.request', 'err.response'], remove: true },
    },
    pino.destination({ fd: 2, sync: true }),
  )
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
