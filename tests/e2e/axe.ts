import axe, { type Result } from 'axe-core'
import type { Frame } from 'playwright-core'

/** What axe leaves out: Tabster's hidden focus dummies are nothing that a person meets. */
const leftOut = [['[data-tabster-dummy]']]

declare global {
  interface Window {
    axe?: typeof axe
  }
}

/**
 * Axe on the document of one frame, with its default rules or with `rules` alone. It runs inside that document: the usual builder for
 * Playwright moves every frame's elements through a second, empty page to join their results, which takes five times as long and finds the
 * same.
 */
export async function axeIn(frame: Frame, rules?: readonly string[]): Promise<readonly Result[]> {
  if (!(await frame.evaluate(() => window.axe !== undefined))) await frame.evaluate(axe.source)
  return frame.evaluate(
    async ([exclude, runOnly]) => {
      if (!window.axe) throw new Error('Axe is not in the page.')
      // What passes is neither collected nor sent.
      return (await window.axe.run({ exclude }, { resultTypes: ['violations'], ...(runOnly ? { runOnly } : {}) })).violations
    },
    [leftOut, rules ? [...rules] : undefined] as const,
  )
}
