import { pino } from 'pino'

/** The operational log: static sentences with fields, never names, addresses, tokens or rows of a tenant. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

const secrets = ['*.authorization', '*.cookie', '*.secret', '*.token', 'err.config', 'err.request', 'err.response']
/** Where PostgreSQL quotes rows and values: https://www.postgresql.org/docs/current/protocol-error-fields.html */
const tellsOfRows = ['err.detail', 'err.where', 'err.internalQuery']

/** Logs JSON lines to standard error; standard output stays free for the line that says the service is ready. */
export function makeLog(level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info'): Log {
  return pino(
    {
      level,
      base: null,
      redact: { paths: [...secrets, ...tellsOfRows], remove: true },
    },
    pino.destination({ fd: 2, sync: true }),
  )
}

/** What libraries write to the console for a developer would stand as it comes among the lines of the log: it is counted there, and left out. */
export function takeConsole(log: Log): void {
  const counted = (level: string) => () => log.warn({ console: level }, 'a library wrote to the console')
  Object.assign(console, { error: counted('error'), warn: counted('warn') })
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
