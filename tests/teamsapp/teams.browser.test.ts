import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { proposalIds } from './sample-posture.ts'
import { me } from './sample-records.ts'
import { soon } from './until.ts'
import { withTab } from './with-tab.ts'

const { service, show } = await withTab()

describe('inside Teams', () => {
  test('the token goes with every call, no cookie does, and it is kept nowhere', async () => {
    const { page, tab } = await show('/overview', { inTeams: true, token: 'head.secret-of-the-test.tail' })
    await tab.getByText('Top five risks').waitFor()
    const calls = service.seen.filter(({ path }) => path !== '/api/client-settings')
    expect(calls.length).toBeGreaterThan(1)
    for (const { headers } of calls) {
      expect(headers.authorization).toBe('Bearer head.secret-of-the-test.tail')
      expect(headers.cookie).toBeUndefined()
    }
    const frame = page.frames()[1]
    const kept = await frame?.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]))
    expect(kept).not.toContain('secret-of-the-test')
  })

  test('the theme is followed live', async () => {
    const { page, tab } = await show('/overview', { inTeams: true })
    const ground = (): Promise<string> =>
      tab
        .locator('header')
        .first()
        .evaluate((header) => getComputedStyle(header).backgroundColor)
    await soon(async () => expect(await ground()).toBe('rgb(255, 255, 255)'))
    await page.evaluate('teamsHost.setTheme("dark")')
    await soon(async () => expect(await ground()).toBe('rgb(41, 41, 41)'))
    await page.evaluate('teamsHost.setTheme("contrast")')
    await soon(async () => expect(await ground()).toBe('rgb(0, 0, 0)'))
  })

  test('a deep link opens its page, and the chat opens through the host', async () => {
    const { page, tab } = await show('/overview', { inTeams: true, subPageId: '/findings/guest-owns-privileged-app' })
    await tab.getByRole('heading', { level: 1, name: 'A guest owns an app that can grant itself any role' }).waitFor()
    await tab.getByRole('button', { name: 'See the proposal for Survey Bot' }).click()
    await tab.getByRole('button', { name: 'Open the chat to countersign' }).click()
    await page.waitForFunction('teamsHost.messages.some(({ func }) => /openLink|executeDeepLink/.test(func))')
  })

  test('a deep link to another address is not followed', async () => {
    const { tab } = await show('/overview', { inTeams: true, subPageId: '//elsewhere.example/x' })
    await tab.getByRole('heading', { level: 1, name: 'Fabrikam Nordic' }).waitFor()
  })
})

describe('files and evidence', () => {
  test('findings are sorted and searched, and the service writes those that fit as CSV', async () => {
    const { page, tab } = await show('/findings')
    await tab.getByRole('button', { name: 'Severity' }).click()
    await tab.getByRole('searchbox', { name: 'Search findings' }).fill('guest')
    await tab.getByText(/\b3 checks\b/).waitFor()
    await soon(async () => expect(await tab.getByRole('grid').getByRole('rowheader').count()).toBe(3))
    await page.waitForURL(/order=severity/)
    const [download] = await Promise.all([page.waitForEvent('download'), tab.getByRole('button', { name: 'Download as CSV' }).click()])
    expect(await readFile(await download.path(), 'utf8')).toContain('"critical","Payroll Sync"')
    expect(service.seen.some(({ path }) => path === '/api/findings/csv')).toBe(true)
  })

  test('a receipt is saved as the file that can be verified', async () => {
    const { page, tab } = await show(`/receipts/${proposalIds.done}`)
    const [download] = await Promise.all([page.waitForEvent('download'), tab.getByRole('button', { name: 'Download receipt' }).click()])
    expect(download.suggestedFilename()).toBe('countersign-R-0042.json')
    expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({ format: 'countersign-receipt/1', receiptNumber: 42 })
  })

  test('evidence shows its observation, and the browser recomputes its digest', async () => {
    const { tab } = await show('/trust')
    await tab.getByRole('button', { name: 'Evidence for: The token that reads cannot write' }).click()
    await tab.getByRole('button', { name: 'Check the digest here' }).click()
    await tab.getByText('The digest fits the observation.').waitFor()
    expect(await tab.getByRole('button', { name: /Evidence for: An outside firm/ }).count()).toBe(0)
  })

  test('connecting the Aid asks for an object ID and says what is wrong with another', async () => {
    service.state.me = { ...me, aid: { state: 'notConnected', userPrincipalName: null, detail: null } }
    const { tab } = await show('/settings')
    const field = tab.getByRole('textbox', { name: 'Object ID of the Aid’s user' })
    await field.fill('aid@fabrikam')
    await tab.getByText('An object ID has 32 digits').waitFor()
    await field.fill('3f1d9c20-4b7a-4c52-9e0e-5a1b2c3d4e5f')
    await tab.getByRole('button', { name: 'Connect the Aid' }).click()
    await tab.getByText('A sign-in window has opened').waitFor()
    expect(service.seen.find(({ path }) => path === '/api/aid/connect')?.body).toEqual({ objectId: '3f1d9c20-4b7a-4c52-9e0e-5a1b2c3d4e5f' })
  })
})
