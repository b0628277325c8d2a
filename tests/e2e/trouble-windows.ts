import type { Locator, Page } from 'playwright-core'

/** Signs in in the window that the button opens, which closes by itself. */
export async function signInAgain(page: Page, name: string): Promise<void> {
  const [window] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('alertdialog').getByRole('button', { name: 'Sign in again' }).click(),
  ])
  await window.getByText(name).click()
  await Promise.all([window.waitForEvent('close'), window.getByRole('button', { name: 'Sign in' }).click()])
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
}

/** Says yes on Microsoft's own page, whose sign-in is still there. */
export async function grantAll(page: Page, link: Locator): Promise<void> {
  const [window] = await Promise.all([page.context().waitForEvent('page'), link.click()])
  await window.getByRole('button', { name: 'Accept' }).click()
  await window.getByText('The permission is granted').waitFor()
  await window.close()
  await page.bringToFront()
}
