import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../e2e/browser.ts'
import { builtTab } from './built-tab.ts'
import { startMockService, type MockService } from './mock-service.ts'
import { finding, findings } from './sample-posture.ts'
import { openTab, type OpenTab } from './tab-browser.ts'

let browser: Browser
let service: MockService
let open: OpenTab | undefined

beforeAll(async () => {
  service = await startMockService({ dist: await builtTab() })
  browser = await openBrowser()
}, 180_000)
beforeEach(() => service.reset())
afterEach(async () => {
  await open?.context.close()
  open = undefined
})
afterAll(async () => {
  await browser.close()
  await service.close()
})

async function show(path: string): Promise<OpenTab> {
  open = await openTab(browser, service, path)
  return open
}

describe('a finding about thousands of objects', () => {
  test('the list counts those, too, that the scan did not list', async () => {
    const [first, ...others] = findings.findings
    if (!first) throw new Error('The sample has no finding.')
    service.state.findings = { findings: [{ ...first, open: 10_000, unlisted: 2345 }, ...others] }
    const { tab } = await show('/findings')
    const row = tab.getByRole('row').filter({ hasText: first.title })
    await row.getByRole('gridcell', { name: '12,345' }).waitFor()
  })

  test('its page opens a hundred rows at a time and says how many are not listed', async () => {
    const [object] = finding.affected
    if (!object) throw new Error('The sample has no object.')
    const affected = Array.from({ length: 250 }, (_, index) => ({ ...object, findingKey: `key-${index}`, name: `Object ${index + 1}` }))
    service.state.finding = { ...finding, affected, open: 250, unlisted: 7 }
    const { tab } = await show('/findings/guest-owns-privileged-app')
    const region = tab.getByRole('region', { name: 'Affected' })
    await region.getByText('257 objects').waitFor()
    await region.getByText('7 further objects are counted and not listed.').waitFor()
    expect(await region.getByRole('listitem').count()).toBe(100)
    await region.getByRole('button', { name: 'Show 100 more of 150' }).click()
    await region.getByRole('button', { name: 'Show 50 more objects' }).press('Enter')
    await region.getByText('Object 250', { exact: true }).waitFor()
    expect(await region.getByRole('listitem').count()).toBe(250)
  })
})
