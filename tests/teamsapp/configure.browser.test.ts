import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../e2e/browser.ts'
import { teamsHostAt, type TeamsHostWindow } from '../e2e/teams-host/host-page.ts'
import { builtTab } from './built-tab.ts'
import { startMockService, type MockService } from './mock-service.ts'
import { axeViolations, openTab } from './tab-browser.ts'

let browser: Browser
let service: MockService

beforeAll(async () => {
  service = await startMockService({ dist: await builtTab(), extra: teamsHostAt })
  browser = await openBrowser()
}, 180_000)
afterAll(async () => {
  await browser.close()
  await service.close()
})

describe('a tab for a team or a group chat', () => {
  test('is set up by choosing its page, by keyboard, and Teams is told where it is', async () => {
    const open = await openTab(browser, service, '/configure', { inTeams: true, width: 720 })
    expect(await axeViolations(open)).toEqual([])
    const chosen = open.tab.getByRole('radio', { name: 'Overview' })
    expect(await chosen.isChecked()).toBe(true)
    await chosen.focus()
    await open.page.keyboard.press('ArrowDown')
    expect(await open.tab.getByRole('radio', { name: 'Findings' }).isChecked()).toBe(true)
    await open.tab.getByRole('radio', { name: 'Trust Center' }).click()
    const sent = (): Promise<{ func: string; args?: unknown[] }[]> =>
      open.page.evaluate(() => (window as unknown as TeamsHostWindow).teamsHost.messages as { func: string; args?: unknown[] }[])
    expect((await sent()).map(({ func }) => func)).toContain('settings.setValidityState')
    await open.page.evaluate(() => {
      const frame = document.querySelector('iframe')
      frame?.contentWindow?.postMessage({ func: 'settings.save', args: [{}] }, location.origin)
    })
    const settings = async (): Promise<unknown> => (await sent()).find(({ func }) => func === 'settings.setSettings')?.args
    for (let looks = 0; looks < 100 && (await settings()) === undefined; looks += 1) await open.page.waitForTimeout(50)
    expect(await settings()).toEqual([
      {
        entityId: 'countersign-trust',
        contentUrl: `${service.url}/trust`,
        websiteUrl: `${service.url}/trust`,
        suggestedDisplayName: 'Trust Center',
      },
    ])
    expect(open.complaints).toEqual([])
    await open.context.close()
  })

  test('outside Teams says where to open it', async () => {
    const page = await browser.newPage()
    await page.goto(`${service.url}/configure`)
    await page.getByText('Open it from there.').waitFor()
    await page.close()
  })
})
