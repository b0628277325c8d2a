/** The log of the operation: static sentences with fields, never data of a tenant. Pino fits. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export function messageOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem)
}
