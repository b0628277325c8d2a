import type { Locator, Page } from 'playwright-core'

/** A control as it can be found again after the page was drawn anew. */
export interface Control {
  readonly kind: 'press' | 'choose' | 'write' | 'leave'
  /** Role and accessible name. */
  readonly key: string
  /** Which of several with the same key. */
  readonly index: number
  /** Its place in a row of a list or table, where many rows have the same; empty elsewhere. */
  readonly place: string
  /** Only of links that leave the product. */
  readonly href: string
  readonly rel: string
}

/** What a person may press, choose or write in: shut and hidden ones left out. An open dialog or menu hides what lies below it. */
export async function controlsOf(page: Page, within: 'main' | 'body'): Promise<Control[]> {
  return page.evaluate(listControls, within)
}

/** The element of a control, marked in the page; undefined when it is not there any more. */
export async function locate(page: Page, within: 'main' | 'body', control: Control): Promise<Locator | undefined> {
  const controls = await controlsOf(page, within)
  const at = controls.findIndex(({ key, index }) => key === control.key && index === control.index)
  return at < 0 ? undefined : page.locator(`[data-control="${at}"]`)
}

/** Runs in the page. */
function listControls(within: 'main' | 'body'): Control[] {
  const selector =
    'a[href], button, summary, select, textarea, input, [role="button"], [role="tab"], [role="menuitem"], [role="menuitemcheckbox"], [role="menuitemradio"], [role="option"], [role="switch"], [role="checkbox"], [role="radio"]'
  const isShown = (element: Element): boolean => {
    const { visibility, display } = getComputedStyle(element)
    // What stands above the page comes with the focus only, and is a matter of the keyboard.
    if (getComputedStyle(element).position === 'fixed' && element.getBoundingClientRect().bottom <= 0) return false
    return element.getClientRects().length > 0 && visibility !== 'hidden' && display !== 'none'
  }
  const open = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]')]
    .filter(isShown)
    .pop()
  const scope = open ?? document.querySelector(within) ?? document.body
  for (const marked of document.querySelectorAll('[data-control]')) marked.removeAttribute('data-control')
  const counts = new Map<string, number>()
  const found: Control[] = []
  const placeOf = (element: Element): string => {
    const row = element.closest('tbody tr, li, [role="row"]')
    const list = row?.parentElement
    if (!row || !list || list.children.length < 3) return ''
    const lists = [...document.querySelectorAll('tbody, ul, ol, [role="rowgroup"]')]
    return `${lists.indexOf(list)} ${[...row.querySelectorAll(selector)].indexOf(element)}`
  }
  for (const element of scope.querySelectorAll<HTMLElement>(selector)) {
    if (!isShown(element) || element.closest('[aria-hidden="true"], [inert], [data-tabster-dummy]')) continue
    if (element.matches(':disabled, [aria-disabled="true"]')) continue
    // Where one is already: to press it again need not do anything.
    if (element.matches('[role="tab"][aria-selected="true"], [aria-current="page"], input[type="radio"]:checked')) continue
    if (element.matches('[role="group"] > [aria-pressed="true"]')) continue
    if (element instanceof HTMLAnchorElement && element.href === location.href) continue
    const role = element.getAttribute('role') ?? element.tagName.toLowerCase()
    const labelled = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '')
    const label = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])].map((one) => one.textContent) : []
    const named = [element.getAttribute('aria-label'), ...labelled, ...label, element.tagName === 'SELECT' ? '' : element.innerText]
    const key = `${role} “${(named.find((name) => name?.trim()) ?? '').trim().replace(/\s+/g, ' ')}”`
    const index = counts.get(key) ?? 0
    counts.set(key, index + 1)
    const isField = element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(element.type)
    const leaves = element instanceof HTMLAnchorElement && element.origin !== location.origin
    const kind = leaves
      ? 'leave'
      : element instanceof HTMLSelectElement
        ? 'choose'
        : isField || element instanceof HTMLTextAreaElement
          ? 'write'
          : 'press'
    element.setAttribute('data-control', String(found.length))
    found.push({ kind, key, index, place: placeOf(element), href: leaves ? element.href : '', rel: element.getAttribute('rel') ?? '' })
  }
  return found
}

/** What a press may change besides the address and what is asked of the service: one text, to be compared. */
export async function standing(page: Page): Promise<string> {
  return page.evaluate(() => {
    const names = ['aria-expanded', 'aria-pressed', 'aria-checked', 'aria-selected', 'aria-sort', 'aria-current', 'aria-valuenow', 'open']
    const opened = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], tr, li, input, select, textarea'
    const marks = [...document.querySelectorAll<HTMLElement>(`${names.map((name) => `[${name}]`).join(',')}, ${opened}`)].map((element) =>
      [
        element.tagName,
        ...names.map((name) => element.getAttribute(name) ?? ''),
        element instanceof HTMLInputElement ? String(element.checked) : '',
        element instanceof HTMLTableRowElement ? element.rowIndex : '',
      ].join(),
    )
    const heads = [...document.querySelectorAll('tbody tr th, tbody tr td:first-child')].map((cell) => cell.textContent)
    const said = [...document.querySelectorAll('[role="status"], [role="alert"], [aria-live]')].map((one) => one.textContent)
    return JSON.stringify([marks, heads, said, window.crawlDone ?? 0])
  })
}

/** Remembers what is about to be pressed, and what has the focus before it is. */
export async function markPress(pressed: Locator): Promise<void> {
  await pressed.evaluate((element) => {
    for (const name of ['data-pressed', 'data-focused-before'])
      for (const marked of document.querySelectorAll(`[${name}]`)) marked.removeAttribute(name)
    element.setAttribute('data-pressed', '')
    document.activeElement?.setAttribute('data-focused-before', '')
  })
}

/** Whether the press brought another part of the page into view by moving the focus there: neither to what was pressed nor to nothing. */
export async function movedFocus(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const focus = document.activeElement
    if (!focus || focus === document.body || focus.hasAttribute('data-focused-before')) return false
    return focus.closest('[data-pressed]') === null && focus.querySelector('[data-pressed]') === null
  })
}

declare global {
  interface Window {
    /** Copies and windows that a press asked for. */
    crawlDone?: number
  }
}

/** Counts what leaves no trace in the page: what is copied, and windows that are opened. */
export async function countEffects(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const count = (): void => void (window.crawlDone = (window.crawlDone ?? 0) + 1)
    const clipboard = {
      writeText: () => {
        count()
        return Promise.resolve()
      },
    }
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard })
    document.addEventListener('copy', count)
    window.open = () => {
      count()
      return null
    }
  })
}
