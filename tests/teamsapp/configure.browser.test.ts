import { describe, expect, test } from '@jest/globals'
import { type TeamsHostWindow } from '../e2e/teams-host/host-page.ts'
import { axeViolations } from './tab-browser.ts'
import { soon, until } from './until.ts'
import { withTab } from './with-tab.ts'

const { service, show } = await withTab()

describe('a tab for a team or a group chat', () => {
  test('is set up by choosing its page, by keyboard, and Teams is told where it is', async () => {
    const open = await show('/configure', { inTeams: true, width: 720 })
    expect(await axeViolations(open)).toEqual([])
    const chosen = open.tab.getByRole('radio', { name: 'Overview' })
    expect(await chosen.isChecked()).toBe(true)
    await chosen.press('ArrowDown')
    await soon(async () => expect(await open.tab.getByRole('radio', { name: 'Findings' }).isChecked()).toBe(true))
    await open.tab.getByRole('radio', { name: 'Trust Center' }).click()
    const sent = (): Promise<{ func: string; args?: unknown[] }[]> =>
      open.page.evaluate(() => (window as unknown as TeamsHostWindow).teamsHost.messages as { func: string; args?: unknown[] }[])
    await soon(async () => expect((await sent()).map(({ func }) => func)).toContain('settings.setValidityState'))
    await open.page.evaluate(() => {
      const frame = document.querySelector('iframe')
      frame?.contentWindow?.postMessage({ func: 'settings.save', args: [{}] }, location.origin)
    })
    const settings = async (): Promise<unknown> => (await sent()).find(({ func }) => func === 'settings.setSettings')?.args
    await until(async () => (await settings()) !== undefined)
    expect(await settings()).toEqual([
      {
        entityId: 'countersign-trust',
        contentUrl: `${service.url}/trust`,
        websiteUrl: `${service.url}/trust`,
        suggestedDisplayName: 'Trust Center',
      },
    ])
    expect(open.complaints).toEqual([])
  })

  test('outside Teams says where to open it', async () => {
    const { page } = await show('/overview')
    await page.goto(`${service.url}/configure`)
    await page.getByText('Open it from there.').waitFor()
  })
})
