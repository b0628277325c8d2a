import { beginNow, type Begun } from './begin-now.ts'
import type { GraphPage, Page } from './chain.ts'
import { changePages, readChanges, type ChangesOutcome } from './changes.ts'
import type { Reading } from './parts.ts'

/**
 * The look at what changed while a list was read. Of a list in one part it is asked for while the last page is still to be kept, and where the
 * number of rows is about known, while that page is still on its way. So early an answer counts only where it holds no change: every row
 * is then at least as new as the look, and what changes after it comes with the next one. Otherwise it is asked for again.
 */
export interface LastLook {
  /** Told of each page before it is kept; `rows`: with those of the pages before it. */
  readonly onPage: (page: Page, rows: number) => void
  /** What was asked for ahead is not wanted any more. */
  readonly drop: () => void
  /** Applies what changed since the link; by what was asked for ahead, if anything was. */
  readonly changesSince: (link: string) => Promise<ChangesOutcome>
}

interface Asked extends Begun<GraphPage> {
  readonly isEarly: boolean
}

/** `expected`: about how many rows the list has; 0 where nothing is known. */
export function openLastLook(reading: Reading, deltaLink: string | null, expected: () => number): LastLook {
  const { sink } = reading
  let asked: Asked | undefined

  function ask(link: string, isEarly: boolean): void {
    sink.endIsNear?.()
    asked = { ...beginNow(changePages(reading, link)), isEarly }
  }
  function drop(): void {
    asked?.drop()
    asked = undefined
  }

  return {
    onPage(page, rows) {
      if (deltaLink === null) return
      if (page.next === undefined) {
        if (rows > page.rows.length && !asked) ask(deltaLink, false)
        return
      }
      drop()
      const left = expected() - rows
      if (left > 0 && left <= page.rows.length) ask(deltaLink, true)
    },
    drop,
    async changesSince(link) {
      const ahead = asked
      asked = undefined
      if (!ahead?.isEarly) return readChanges(reading, link, 'partial', ahead?.items)
      const unchanged = await linkBehindNothing(ahead.items)
      if (unchanged === undefined) return readChanges(reading, link, 'partial')
      await sink.changes([], [], unchanged)
      return { kind: 'changed', deltaLink: unchanged }
    },
  }
}

/** The link behind pages without a single change; undefined for any other answer. */
async function linkBehindNothing(pages: AsyncIterable<GraphPage>): Promise<string | undefined> {
  for await (const page of pages) {
    if (page.kind !== 'page' || page.rows.length > 0) return undefined
    if (page.deltaLink !== undefined) return page.deltaLink
  }
  return undefined
}
