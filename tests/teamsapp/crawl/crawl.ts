import type { Locator, Page } from 'playwright-core'
import { patience } from '../../e2e/patience.ts'
import { blankPath, type MockService } from '../mock-service.ts'
import { goTo, type OpenTab } from '../tab-browser.ts'
import { controlsOf, locate, markPress, movedFocus, standing, type Control } from './controls.ts'

/** Where links may leave to: Microsoft's portals and documentation. */
const allowedHosts = [
  'entra.microsoft.com',
  'admin.microsoft.com',
  'admin.cloud.microsoft',
  'security.microsoft.com',
  'intune.microsoft.com',
  'purview.microsoft.com',
  'portal.azure.com',
  'login.microsoftonline.com',
  'teams.microsoft.com',
  'learn.microsoft.com',
]
/** A press that did nothing in so many turns of the page, and once more after the page has asked the service for something, does nothing. */
const patientTurns = 40
/** Milliseconds in which what is covered or moves away is tried; the page is then loaded anew, and what is there now has all the time. */
const hasty = { timeout: 3000 }
/** Dialogs of dialogs. */
const deepest = 2

type Effect = 'nothing' | 'here' | 'elsewhere' | 'gone'

export interface Crawled {
  readonly pressed: string[]
  readonly faults: string[]
}

export interface CrawlOptions {
  readonly path: string
  readonly prepare: (mock: MockService) => void
  /** What the page shows once it is there. */
  readonly shows: string | RegExp
  readonly within: 'main' | 'body'
  /** Rows of one list or table whose controls are pressed; the others have the same. */
  readonly rows: number
  /** Keys that need not be pressed once more. */
  readonly known: Set<string>
}

/** Presses every control of a page, also in what opens, each in a page that nothing has changed yet, and tells which did nothing. */
export async function crawl(open: OpenTab, mock: MockService, options: CrawlOptions): Promise<Crawled> {
  const { page } = open
  const { known, within, rows } = options
  const places = new Map<string, number>()
  const result: Crawled = { pressed: [], faults: [] }
  await replay([])
  await visit([])
  return result

  /** Presses what is new now that the controls of `way` were pressed, each in its turn. */
  async function visit(way: readonly Control[]): Promise<void> {
    const waiting = (await controlsOf(page, within)).filter(isNew)
    for (const { key, index } of waiting) known.add(`${key} ${index}`)
    let mustReplay = false
    for (const control of waiting.filter(isWanted)) {
      result.pressed.push(control.key)
      if (control.kind === 'leave') {
        result.faults.push(...faultsOfLink(control))
        continue
      }
      let effect: Effect = mustReplay ? 'gone' : await press(control, true)
      if (effect === 'gone') {
        // What was pressed before it changed something, or took it away.
        await replay(way)
        effect = await press(control)
      }
      const name = [...way, control].map(({ key }) => key).join(' → ')
      if (effect === 'nothing') result.faults.push(`${name} does nothing`)
      if (effect === 'gone') result.faults.push(`${name} cannot be pressed`)
      const isFilled = control.kind === 'write' || control.kind === 'choose'
      mustReplay = hasChanged() || isFilled || (effect === 'elsewhere' && !(await back(way)))
      if (effect === 'here' && way.length < deepest && (await controlsOf(page, within)).some(isNew)) {
        await visit([...way, control])
        mustReplay = true
      }
    }
  }

  /** Goes back to where the press began, without loading it again, and the way that led on there; false where that does not lead there. */
  async function back(way: readonly Control[]): Promise<boolean> {
    const { pathname, search } = new URL(options.path, mock.url)
    await page.goBack().catch(() => undefined)
    await settle(page, mock)
    const now = new URL(page.url())
    if (now.pathname !== pathname || now.search !== search) return false
    for (const control of way) if ((await press(control, true)) !== 'here') return false
    return true
  }

  /** Whether something was asked of the mock that may have changed it. */
  function hasChanged(): boolean {
    return mock.seen.some(({ method }) => method !== 'GET')
  }

  /** Rows that a press adds to a list have the controls of those before them. */
  function isWanted({ place }: Control): boolean {
    if (place === '') return true
    const before = places.get(place) ?? 0
    places.set(place, before + 1)
    return before < rows
  }

  function isNew({ key, index }: Control): boolean {
    return !known.has(`${key} ${index}`)
  }

  async function replay(way: readonly Control[]): Promise<void> {
    mock.reset()
    options.prepare(mock)
    await page.evaluate(() => {
      localStorage.clear()
      sessionStorage.clear()
    })
    await goTo(open, mock, options.path, 'light')
    await page.getByText(options.shows).filter({ visible: true }).first().waitFor()
    await settle(page, mock)
    for (const control of way) await press(control)
  }

  /** What came of it: nothing, something on this page, or another page. */
  async function press(control: Control, isHasty = false): Promise<Effect> {
    const element = isHasty ? await locate(page, within, control) : await found(control)
    if (!element) return 'gone'
    const before = { url: page.url(), requests: requestsOf(mock), standing: await standing(page) }
    let downloads = 0
    const count = (): void => void (downloads += 1)
    page.on('download', count)
    try {
      if (control.kind === 'write') {
        await element.fill(await sampleFor(element))
        return 'here'
      }
      if (control.kind === 'choose') {
        const value = await element.evaluate((select: HTMLSelectElement) => [...select.options].find(({ selected }) => !selected)?.value)
        if (value === undefined) return 'here'
        await element.selectOption(value)
        return (await element.inputValue().catch(() => value)) === value ? 'here' : 'nothing'
      }
      await markPress(element)
      // What moves away or is drawn anew all the time cannot be pressed by a person either.
      const isPressed = await element.click(isHasty ? hasty : {}).then(
        () => true,
        () => false,
      )
      if (!isPressed) return 'gone'
      for (let turns = 0; turns < 2 * patientTurns; turns += 1) {
        if (page.url() !== before.url) return await settled('elsewhere')
        const isMoved = await movedFocus(page)
        if (isMoved || downloads > 0 || (await standing(page)) !== before.standing) return await settled('here')
        // What is asked again by itself may fall together with a press: a second press has to ask again, too.
        if (requestsOf(mock) > before.requests) return await settled(await asksAgain(element))
        await turn(page)
        if (turns === patientTurns) await roundTrip(page)
      }
      return 'nothing'
    } finally {
      page.off('download', count)
    }
  }

  async function found(control: Control): Promise<Locator | undefined> {
    const end = Date.now() + patience.step
    let element = await locate(page, within, control)
    while (!element && Date.now() < end) {
      await turn(page)
      element = await locate(page, within, control)
    }
    return element
  }

  async function asksAgain(element: Locator): Promise<'here' | 'nothing'> {
    if (hasChanged()) return 'here'
    await settle(page, mock)
    const before = { requests: requestsOf(mock), standing: await standing(page) }
    if ((await element.count()) === 0 || !(await element.isEnabled())) return 'here'
    await element.click().catch(() => undefined)
    for (let turns = 0; turns < 2 * patientTurns; turns += 1) {
      if (requestsOf(mock) > before.requests || (await standing(page)) !== before.standing) return 'here'
      await turn(page)
      if (turns === patientTurns) await roundTrip(page)
    }
    return 'nothing'
  }

  async function settled(effect: Effect): Promise<Effect> {
    await settle(page, mock)
    return effect
  }
}

async function sampleFor(element: { getAttribute: (name: string) => Promise<string | null> }): Promise<string> {
  const type = await element.getAttribute('type')
  if (type === 'date') return '2026-12-01'
  if (type === 'datetime-local') return '2026-12-01T08:00'
  if (type === 'time') return '08:00'
  return type === 'number' ? '5' : 'word'
}

/** Waits until what was asked for was answered and drawn. */
async function settle(page: Page, mock: MockService): Promise<void> {
  const end = Date.now() + patience.step
  while (Date.now() < end) {
    const isThere = await page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      return document.querySelector('main:not([aria-busy]) h1') !== null
    })
    if (isThere && !mock.isAnswering()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** One turn of the page: what a press has begun there goes on before it is over, however slow the machine. */
async function turn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 10))))
}

/** The page asks for an address of its own: what it asked for before is on its way by then. */
async function roundTrip(page: Page): Promise<void> {
  await page.evaluate(async (path) => void (await fetch(path)), blankPath)
}

/** Events come by themselves and are nobody's press. */
function requestsOf({ seen }: MockService): number {
  return seen.filter(({ path }) => path !== '/api/events').length
}

function faultsOfLink({ key, href, rel }: Control): string[] {
  const host = href.startsWith('https://') ? new URL(href).host : ''
  return [
    ...(allowedHosts.includes(host) ? [] : [`${key} leads to ${href}`]),
    ...(rel.split(' ').includes('noopener') || rel.split(' ').includes('noreferrer') ? [] : [`${key} leaves without rel="noopener"`]),
  ]
}
