import type { Writable } from 'node:stream'
import process from 'node:process'

/** Where a command writes, and what it must know of the person's terminal. */
export interface Terminal {
  /** Standard output: results only, so that a pipe gets nothing else. */
  readonly out: (text: string) => void
  /** Standard error: progress, questions, problems. */
  readonly tell: (text: string) => void
  /** Standard error as a stream, for the progress bar. */
  readonly progress: Writable
  /** Whether a person watches standard error. */
  readonly isWatched: boolean
  /** Characters in a line. */
  readonly columns: number
  /** Calls `stop` when the person presses Ctrl-C, until the answer is called; from then on Ctrl-C does nothing. */
  readonly onInterrupt: (stop: () => void) => () => void
}

const columnsOfAFile = 100
const signals = ['SIGINT', 'SIGTERM'] as const

function ignore(): void {}

export function processTerminal(): Terminal {
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    tell: (text) => void process.stderr.write(`${text}\n`),
    progress: process.stderr,
    isWatched: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? columnsOfAFile,
    onInterrupt: (stop) => {
      for (const signal of signals) process.on(signal, stop)
      return () => {
        // The shell and the starting program may both pass a Ctrl-C on: the second one must not kill what is being said.
        for (const signal of signals) process.on(signal, ignore).off(signal, stop)
      }
    },
  }
}

/** Text from elsewhere, safe to print: control characters could move the cursor or recolour what is already there. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
