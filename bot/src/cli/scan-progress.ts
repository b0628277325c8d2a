import cliProgress from 'cli-progress'
import type { Scan } from '@countersign/core/api/posture.ts'
import { printable, type Terminal } from './terminal.ts'

export interface Progress {
  readonly show: (scan: Pick<Scan, 'state' | 'progress'>) => void
  readonly end: () => void
}

/** A bar where a person watches; elsewhere one line for each step, so that a log stays readable. */
export function showProgress(terminal: Pick<Terminal, 'isWatched' | 'progress' | 'tell'>): Progress {
  return terminal.isWatched ? barOn(terminal.progress) : linesTo(terminal.tell)
}

function barOn(stream: NodeJS.WritableStream): Progress {
  const bar = new cliProgress.SingleBar(
    { stream, format: '{bar} {value} of {total}  {now}', barsize: 30, hideCursor: true, clearOnComplete: true, gracefulExit: false },
    cliProgress.Presets.shades_classic,
  )
  let isStarted = false
  return {
    show({ state, progress }) {
      const now = nowOf(state, progress.now)
      if (!isStarted) bar.start(Math.max(progress.of, 1), progress.done, { now })
      isStarted = true
      bar.setTotal(Math.max(progress.of, 1))
      bar.update(progress.done, { now })
    },
    end: () => bar.stop(),
  }
}

function linesTo(tell: (line: string) => void): Progress {
  let said = ''
  return {
    show({ state, progress }) {
      const line = progress.of === 0 ? nowOf(state, progress.now) : `${progress.done} of ${progress.of}  ${nowOf(state, progress.now)}`
      if (line !== said) tell(line)
      said = line
    },
    end: () => undefined,
  }
}

function nowOf(state: Scan['state'], now: string): string {
  const words = {
    queued: 'Waiting to begin',
    collecting: `Reading: ${printable(now)}`,
    judging: 'Judging',
    finished: 'Finished',
    failed: 'Failed',
    stopped: 'Stopped',
  } as const
  return state === 'collecting' && now === '' ? 'Reading' : words[state]
}
