/** What a command's exit code says; the same for all of them, and printed by `countersign --help`. */
export const exitCodes = {
  /** Everything asked for was done, and what was looked at holds. */
  fine: 0,
  /** What was looked at does not hold: a receipt, or something that the doctor found. */
  doesNotHold: 1,
  /** The command could not be done: wrong arguments, an unreadable file, nothing reachable, no permission. */
  notDone: 2,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
