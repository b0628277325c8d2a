import { describe, expect, test } from '@jest/globals'
import { finding, findings } from './sample-findings.ts'
import { soon } from './until.ts'
import { withTab } from './with-tab.ts'

const { service, show } = await withTab()

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
    await soon(async () => expect(await region.getByRole('listitem').count()).toBe(100))
    await region.getByRole('button', { name: 'Show 100 more of 150' }).click()
    await region.getByRole('button', { name: 'Show 50 more objects' }).press('Enter')
    await region.getByText('Object 250', { exact: true }).waitFor()
    await soon(async () => expect(await region.getByRole('listitem').count()).toBe(250))
  })
})
