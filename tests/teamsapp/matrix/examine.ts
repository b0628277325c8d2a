import { axeViolations, overflow, type OpenTab } from '../tab-browser.ts'

/** Words that stand where something was forgotten. Code is left out: there a `null` or a brace belongs. */
const forgotten = [
  /\blorem\b/i,
  /\b(TODO|FIXME|TBD)\b/,
  /\bundefined\b/,
  /\bnull\b/,
  /\bNaN\b/,
  /\[object \w+\]/,
  /\{\{?\s*[\w.]+\s*\}?\}/,
  /\$\{/,
  /Invalid Date/,
]

/** What every page must keep to in every state, look and width: one line for each fault. Axe takes most of the time. */
export async function faults(open: OpenTab, withAxe = true): Promise<string[]> {
  const over = await overflow(open)
  const headings = await headingsOf(open)
  const words = await open.tab.locator('body').evaluate((body) => {
    const isCode = (element: Element): boolean => element.closest('code, pre, [data-tabster-dummy]') !== null
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
    const texts: string[] = [document.title]
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.parentElement && !isCode(node.parentElement) && !['SCRIPT', 'STYLE'].includes(node.parentElement.tagName))
        texts.push(node.textContent ?? '')
    for (const element of body.querySelectorAll('*')) {
      if (isCode(element)) continue
      for (const name of ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'alt', 'placeholder', 'value'])
        texts.push(element.getAttribute(name) ?? '')
    }
    return texts
  })
  return [
    ...(over > 0 ? [`${over} px wider than the window`] : []),
    ...(headings === 1 ? [] : [`${headings} headings of the first level`]),
    ...forgotten.flatMap((pattern) =>
      words.filter((text) => pattern.test(text)).map((text) => `“${text.trim().slice(0, 80)}” matches ${String(pattern)}`),
    ),
    ...(withAxe ? await axeViolations(open) : []),
    ...open.complaints.splice(0),
  ]
}

/** Headings of the first level in sight. A page that becomes another at another width may take some turns to: it is one that counts, or none ever. */
async function headingsOf({ tab }: OpenTab): Promise<number> {
  return tab.locator('body').evaluate(async (body) => {
    const count = (): number => [...body.querySelectorAll('h1')].filter((one) => one.getClientRects().length > 0).length
    for (let turns = 0; turns < 40 && count() !== 1; turns += 1) await new Promise((resolve) => setTimeout(resolve, 20))
    return count()
  })
}
