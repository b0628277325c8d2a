import { expect } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { soon } from './until.ts'

export interface Focus {
  readonly what: string
  readonly isLost: boolean
  readonly isSeen: boolean
}

/**
 * What has the focus, whether that is nothing, and whether it can be seen: an outline, a border, a shadow or a thing around it differs. A
 * heading is read from when it takes the focus, and needs no mark.
 */
export async function focusOf(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const focus = document.activeElement
    if (!(focus instanceof HTMLElement) || focus === document.body) return { what: 'nothing', isLost: true, isSeen: false }
    const marks = (): string => {
      const around = [focus, focus.parentElement, focus.parentElement?.parentElement].filter((one) => one instanceof HTMLElement)
      return around
        .flatMap((one) => [getComputedStyle(one), getComputedStyle(one, '::after'), getComputedStyle(one, '::before')])
        .map((style) => [
          style.outline,
          style.boxShadow,
          style.borderColor,
          style.borderBottomWidth,
          style.transform,
          style.top,
          style.textDecoration,
        ])
        .join()
    }
    const focused = marks()
    focus.blur()
    const blurred = marks()
    focus.focus({ preventScroll: true })
    const what = `${focus.tagName.toLowerCase()} ${focus.getAttribute('aria-label') ?? focus.innerText.slice(0, 60)}`
    return { what, isLost: false, isSeen: focused !== blurred || /^H[1-3]$/.test(focus.tagName) }
  })
}

/** Presses Tab until the element has the focus; a keyboard that cannot reach it fails. */
export async function tabTo(page: Page, target: Locator, most = 90): Promise<void> {
  await target.waitFor()
  for (let count = 0; count < most; count += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${most} presses of Tab did not reach ${String(target)}.`)
}

/** Presses Tab until the element has the focus, and then Enter. */
export async function pressOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** Writes in a field that Tab leads to; what stood in it is replaced. */
export async function writeIn(page: Page, target: Locator, words: string): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(words)
}

/** Waits until something has the focus that is in sight, and is called so. Where nothing of the kind ever has it, the wait fails. */
export async function focusOn(page: Page, name: RegExp = /./): Promise<void> {
  await soon(async () => {
    expect(await page.evaluate(() => (document.activeElement?.getClientRects().length ?? 0) > 0)).toBe(true)
    expect(await focusOf(page)).toMatchObject({ what: expect.stringMatching(name), isLost: false, isSeen: true })
  })
}

/** Waits until an element has the focus. */
export async function focused(element: Locator): Promise<void> {
  await soon(async () => expect(await element.evaluate((one) => one === document.activeElement)).toBe(true))
}

/** Waits until the focus is somewhere in an element, such as a dialog that has opened. */
export async function focusWithin(element: Locator): Promise<void> {
  await soon(async () => expect(await element.evaluate((one) => one.contains(document.activeElement))).toBe(true))
}

/** Chooses in a list by the arrow keys: letters that come too far apart would each begin a new word. */
export async function chooseIn(page: Page, list: Locator, value: string): Promise<void> {
  await tabTo(page, list)
  await page.keyboard.press('Home')
  for (let steps = 0; steps < 30 && (await list.inputValue()) !== value; steps += 1) await page.keyboard.press('ArrowDown')
}
