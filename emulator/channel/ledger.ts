/** One activity or connector call that passed the channel, whether or not it was accepted. */
export interface LedgerEntry {
  /** Counts up from 1 and is never reused. */
  readonly seq: number
  /** Milliseconds since the epoch, by the emulator's clock. */
  readonly at: number
  readonly direction: 'toBot' | 'fromBot'
  readonly method: string
  /** Path at the bot's endpoint, or below /connector. */
  readonly path: string
  /** `token` of a forged activity names the forgery; `signed` is what the channel itself sends. */
  readonly token: string
  readonly activityType: string | null
  readonly activityName: string | null
  /** The id sent, named in the path or given by the chat client in its answer. */
  readonly activityId: string | null
  readonly conversationId: string | null
  readonly fromId: string | null
  /** 0 when nobody answered. */
  readonly status: number
  /** The JSON body as it was sent on; null when there was none. */
  readonly body: unknown
}

export interface Ledger {
  append(entry: Omit<LedgerEntry, 'seq' | 'at'>): void
  /** Entries with a sequence number above `since`, oldest first. */
  since(since: number): readonly LedgerEntry[]
  clear(): void
}

/** Old entries are dropped beyond this many, so that a long demonstration does not grow without end. */
const MOST_ENTRIES = 5_000

export function createLedger(now: () => number): Ledger {
  let entries: LedgerEntry[] = []
  let lastSeq = 0
  return {
    append(entry) {
      lastSeq += 1
      entries.push({ seq: lastSeq, at: now(), ...entry })
      if (entries.length > MOST_ENTRIES) entries = entries.slice(-MOST_ENTRIES)
    },
    since(since) {
      return entries.filter((entry) => entry.seq > since)
    },
    clear() {
      entries = []
    },
  }
}
