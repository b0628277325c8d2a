import { describe, expect, test } from '@jest/globals'
import { focused, tabTo } from './keys.ts'
import { finding } from './sample-findings.ts'
import { clean, firstRun, overview, proposalIds } from './sample-posture.ts'
import { runningScan } from './sample-history.ts'
import { me, proposal } from './sample-records.ts'
import { soon } from './until.ts'
import { withTab } from './with-tab.ts'

const { service, show } = await withTab()

describe('with the keyboard alone', () => {
  test('from the overview to a proposal that waits in the chat', async () => {
    const { page, tab } = await show('/overview')
    await tabTo(page, tab.getByRole('link', { name: 'A guest owns an app that can grant itself any role' }))
    await page.keyboard.press('Enter')
    await tab.getByRole('heading', { level: 1, name: 'A guest owns an app that can grant itself any role' }).waitFor()
    await tabTo(page, tab.getByRole('button', { name: 'Fix with the Aid: Payroll Sync' }).first())
    await page.keyboard.press('Enter')
    await tab.getByText('Nothing changes until you countersign it in the chat').waitFor()
    const sent = service.seen.find(({ method, path }) => method === 'POST' && path === '/api/proposals')
    expect(sent?.body).toEqual({ findingKey: 'guest-owns-privileged-app:7c1e2f30-4a5b-4c6d-8e9f-0a1b2c3d90af' })
    expect(sent?.headers['x-csrf-token']).toBe(me.csrfToken)
    await tabTo(page, tab.getByRole('button', { name: 'Open the chat to countersign' }))
    expect(page.url()).toContain(`proposal=${proposalIds.open}`)
  })

  test('the header leads to every page and starts a scan', async () => {
    const { page, tab } = await show('/overview')
    for (const name of ['Findings', 'Receipts', 'Trust Center', 'Settings']) {
      const nav = tab.getByRole('navigation', { name: 'Pages' })
      const link = nav.getByRole('link', { name })
      const more = nav.getByRole('button', { name: /^More pages/ })
      const isFolded = (await link.count()) === 0
      if (isFolded) {
        await tabTo(page, more)
        await page.keyboard.press('Enter')
      }
      await tabTo(page, link)
      await page.keyboard.press('Enter')
      await page.waitForURL(new RegExp(`/${name.slice(0, 5).toLowerCase()}`))
      await focused(tab.locator('main:not([aria-busy])').getByRole('heading', { level: 1, name: name === 'Settings' ? /./ : name }))
      if (isFolded) expect(await more.getAttribute('aria-label')).toBe(`More pages, now ${name}`)
      else expect(await link.getAttribute('aria-current')).toBe('page')
    }
    await tabTo(page, tab.getByRole('button', { name: 'Scan now' }))
    await page.keyboard.press('Enter')
    await tab.getByText('Scanning, 1 of 218').waitFor()
  })

  test('narrow, the pages fold into a list that opens and closes', async () => {
    const { page, tab } = await show('/overview', { width: 360 })
    const button = tab.getByRole('button', { name: 'Pages, now Overview' })
    await tabTo(page, button)
    await page.keyboard.press('Enter')
    await soon(async () => expect(await button.getAttribute('aria-expanded')).toBe('true'))
    await tab.getByRole('navigation', { name: 'Pages, menu' }).getByRole('link', { name: 'Receipts' }).click()
    await tab.getByRole('heading', { level: 1, name: 'Receipts' }).waitFor()
    await tab.getByRole('navigation', { name: 'Pages, menu' }).waitFor({ state: 'detached' })
  })

  test('the trend is read point by point, and has a table twin', async () => {
    const { page, tab } = await show('/overview')
    const trend = tab.getByRole('slider')
    await tabTo(page, trend)
    await trend.and(tab.locator('[aria-valuetext="22 Nov: 72 of 100"]')).waitFor()
    await page.keyboard.press('ArrowLeft')
    await trend.and(tab.locator('[aria-valuetext="15 Nov: 68 of 100"]')).waitFor()
    await page.keyboard.press('Home')
    await trend.and(tab.locator('[aria-valuetext="30 Aug: 61 of 100"]')).waitFor()
    await tab.getByRole('button', { name: 'Show score as table' }).click()
    const twin = tab.getByRole('region', { name: 'Score as table' })
    await twin.waitFor()
    // Thirteen scans and the target, below their heads.
    await soon(async () => expect(await twin.getByRole('row').count()).toBe(15))
    await tab.getByRole('button', { name: 'Show areas as table' }).click()
    const row = tab.getByRole('region', { name: 'Areas as table' }).getByRole('row', { name: /^Applications/ })
    await row.waitFor()
    expect((await row.getByRole('cell').allTextContents()).slice(0, 7)).toEqual(['2', '5', '9', '4', '28', '2', '20'])
  })
})

describe('proposals', () => {
  test('a refused one says why', async () => {
    service.state.problems.set('create-proposal', {
      title: 'Not proposed',
      status: 409,
      detail: 'The secret signed in 2 hours ago, so it is still in use.',
    })
    const { tab } = await show('/findings/guest-owns-privileged-app')
    await tab.getByRole('button', { name: 'Fix with the Aid: Payroll Sync' }).first().click()
    const alert = tab.getByRole('alert')
    await alert.waitFor()
    expect(await alert.textContent()).toContain('The secret signed in 2 hours ago')
    expect(await alert.textContent()).toContain('req-7f3a91')
  })

  test('the state follows events without a reload, to the receipt', async () => {
    const { tab } = await show(`/findings/guest-owns-privileged-app?proposal=${proposalIds.open}`)
    await tab.getByText('Waiting for you in the chat').waitFor()
    service.state.proposal = { ...proposal, state: 'verified', sentence: 'Done and read back.', receiptNumber: 43 }
    service.emit('proposal.changed', proposalIds.open)
    await tab.getByText('Done and read back.').waitFor()
    await tab.getByRole('link', { name: 'Open the receipt' }).click()
    await tab.getByRole('heading', { level: 1, name: 'Removed guest owner from Payroll Sync' }).waitFor()
  })

  test('withdrawing and undoing go to the service', async () => {
    const { tab } = await show(`/receipts/${proposalIds.done}`)
    await tab.getByRole('button', { name: 'Undo this change' }).click()
    await tab.getByRole('button', { name: 'Withdraw proposal' }).click()
    await tab.getByText('You withdrew it. Nothing was changed.').waitFor()
    expect(service.seen.find(({ path, method }) => method === 'POST' && path === '/api/proposals')?.body).toEqual({
      undo: proposalIds.done,
    })
  })

  test('who may not propose finds the control shut, with the reason', async () => {
    service.state.me = { ...me, roles: ['reviewer'], may: { ...me.may, propose: false, scan: false, manageAid: false } }
    const { tab } = await show('/findings/guest-owns-privileged-app')
    const fix = tab.getByRole('button', { name: 'Fix with the Aid: Payroll Sync' }).first()
    expect(await fix.getAttribute('aria-disabled')).toBe('true')
    expect(await fix.getAttribute('title')).toContain('Owner or Administrator')
    await fix.click({ force: true })
    expect(service.seen.some(({ method }) => method === 'POST')).toBe(false)
  })

  test('with actions off nothing offers a fix', async () => {
    service.state.me = { ...me, act: 'off' }
    const { tab } = await show('/findings/guest-owns-privileged-app')
    await tab.getByText('Affected').first().waitFor()
    expect(await tab.getByRole('button', { name: /Fix with the Aid/ }).count()).toBe(0)
  })
})

describe('states', () => {
  test('the skeleton comes only after 300 ms', async () => {
    const { tab } = await show('/trust')
    service.state.held.add('list-receipts')
    const started = Date.now()
    await tab.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Receipts' }).click()
    await tab.getByRole('status', { name: 'Loading' }).waitFor()
    expect(Date.now() - started).toBeGreaterThanOrEqual(280)
    service.release()
    await tab.getByRole('heading', { name: 'Countersigned changes' }).waitFor()
    await tab.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' })
  })

  test('an error leaves the last good figures, with their time and the request ID', async () => {
    const { tab } = await show('/overview')
    service.state.problems.set('get-overview', {
      title: 'The service cannot read its store',
      status: 503,
      detail: 'Nothing was changed.',
      mend: 'Try again in a minute.',
    })
    service.emit('scan.finished', 'x')
    const alert = tab.getByRole('alert')
    await alert.waitFor()
    expect(await alert.textContent()).toMatch(
      /Nothing was changed\..*Try again in a minute\..*The figures below were read.*Request ID req-7f3a91/,
    )
    expect(await tab.getByText('Top five risks').count()).toBe(1)
    service.state.problems.clear()
    await tab.getByRole('button', { name: 'Try again' }).click()
    await alert.waitFor({ state: 'detached' })
  })

  test('forbidden names the roles', async () => {
    service.state.problems.set('list-findings', {
      title: 'Not allowed',
      status: 403,
      detail: 'Your role does not open this.',
      roles: ['owner', 'admin', 'reviewer'],
    })
    const { tab } = await show('/findings')
    await tab.getByText('It is open to people with the role Owner, Administrator, or Reviewer.').waitFor()
  })

  test('the first run starts the first scan', async () => {
    service.state.overview = firstRun
    const { tab } = await show('/overview')
    await tab.getByText('Nothing is changed in your tenant').waitFor()
    await tab.getByRole('button', { name: 'Start the first scan' }).click()
    await tab.getByText('Scanning: 1 of 218').waitFor()
  })

  test('before anything was judged no list of findings says that nothing is open', async () => {
    service.state.overview = firstRun
    service.state.findings = { findings: [] }
    const { tab } = await show('/findings')
    await tab.getByText('Nothing has been read yet.').waitFor()
    expect(await tab.getByText(/Nothing is open|0 findings/).count()).toBe(0)
    service.state.overview = { ...firstRun, runningScan: runningScan(1) }
    service.emit('scan.progressed', 'x')
    await tab.getByText('The first scan is under way and fills this page.').waitFor()
  })

  test('a reason that names every role takes three lines of the overview', async () => {
    const [risk] = overview.risks
    if (!risk) throw new Error('The sample has no risk.')
    const because = `Not for these roles: ${Array.from({ length: 40 }, (_, index) => `Role number ${index}`).join(', ')}.`
    service.state.overview = { ...overview, risks: [{ ...risk, because }] }
    const { tab } = await show('/overview')
    const words = tab.getByRole('region', { name: 'Top risks' }).getByText('Not for these roles')
    const lines = await words.evaluate((one) => one.clientHeight / parseFloat(getComputedStyle(one).lineHeight))
    expect(Math.round(lines)).toBe(3)
  })

  test('a running scan moves by events, keeps the old figures and can be stopped', async () => {
    service.state.overview = { ...overview, runningScan: runningScan(40) }
    const { tab } = await show('/overview')
    await tab.getByText('Scanning: 40 of 218').waitFor()
    expect(await tab.getByText('Figures below are from the scan of').count()).toBe(1)
    expect(await tab.getByText('Now reading: Conditional Access policies').count()).toBe(1)
    service.state.overview = { ...overview, runningScan: runningScan(131) }
    service.emit('scan.progressed', 'x')
    await tab.getByText('Scanning: 131 of 218').waitFor()
    expect(await tab.getByRole('progressbar').getAttribute('aria-valuetext')).toBe('131 of 218')
    await tab.getByText('Scan 60 percent done').waitFor({ state: 'attached' })
    await tab.getByRole('button', { name: 'Stop scan' }).click()
    await tab.getByText('Scanning: 131 of 218').waitFor({ state: 'detached' })
  })

  test('nothing open says how many checks ran', async () => {
    service.state.overview = clean
    const { tab } = await show('/overview')
    await tab.getByText('218 checks were read, and none found anything to mend.').waitFor()
  })

  test('a card that has little to say takes little room beside one that has much', async () => {
    service.state.overview = { ...clean, receipts: overview.receipts, countersigned: overview.countersigned }
    const { tab } = await show('/overview', { width: 1440 })
    const heightOf = async (name: string): Promise<number> => (await tab.getByRole('region', { name }).boundingBox())?.height ?? 0
    await tab.getByRole('region', { name: 'Latest receipts' }).waitFor()
    expect(await heightOf('Everything was read')).toBeLessThan((await heightOf('Latest receipts')) - 40)
  })

  test('unread checks are counted aloud, and the count leads to them', async () => {
    const { tab } = await show('/overview')
    await tab.getByText('6 checks could not be read.').waitFor()
    await tab.getByRole('button', { name: 'See coverage' }).click()
    await focused(tab.locator('#coverage'))
  })

  test('signed out, the browser is sent to sign in and back to the page asked for', async () => {
    service.state.signedIn = false
    const { tab } = await show('/findings/guest-owns-privileged-app')
    expect(await tab.getByRole('link', { name: 'Sign in with Microsoft' }).getAttribute('href')).toBe(
      '/auth/sign-in?to=%2Ffindings%2Fguest-owns-privileged-app',
    )
  })

  test('without a stream the page polls', async () => {
    service.state.refuseStream = true
    const { tab } = await show('/findings/guest-owns-privileged-app')
    await tab.getByRole('button', { name: 'Fix with the Aid: Payroll Sync' }).first().waitFor()
    service.state.me = { ...me, act: 'off' }
    service.emit('aid.changed', 'x')
    await tab
      .getByRole('button', { name: /Fix with the Aid/ })
      .first()
      .waitFor({ state: 'detached' })
  })
})

describe('words', () => {
  test('counts agree: the overview’s findings are those of the list', async () => {
    const { tab } = await show('/findings')
    await tab.getByText(/^\d+ findings? of \d+ checks?$/).waitFor()
  })

  test('an id stands beside an affected object only where nothing else tells it', async () => {
    const [one, other] = finding.affected
    if (!one || !other) throw new Error('The sample has fewer than two affected objects.')
    const key = '81f19580-b531-4e04-b5aa-d56babc0702a'
    const policy = { ...other, type: 'policy' as const, part: 'session' }
    service.state.finding = { ...finding, affected: [{ ...one, part: key, because: `The secret (key ${key}) has ended.` }, policy] }
    const { tab } = await show('/findings/guest-owns-privileged-app')
    const rows = tab.getByRole('region', { name: 'Affected' }).getByRole('listitem')
    await rows.nth(1).waitFor()
    expect((await rows.nth(0).textContent())?.split(key)).toHaveLength(2)
    expect(await rows.nth(0).textContent()).not.toContain(one.objectId)
    expect(await rows.nth(1).textContent()).toContain(`${policy.objectId} session`)
  })

  test.each([1024, 1440])('at %i px the title of a risk has room for several words a line', async (width) => {
    const { tab } = await show('/overview', { width })
    const item = tab.getByRole('region', { name: 'Top five risks' }).getByRole('listitem').first()
    const words = item.getByRole('paragraph').first()
    expect(await words.evaluate((one) => one.parentElement?.clientWidth ?? 0)).toBeGreaterThan(280)
  })

  test('the page of an action names it by its title, not by its id', async () => {
    const { tab } = await show('/actions/catalogue/enforce-policy')
    const crumbs = tab.getByRole('navigation', { name: 'Breadcrumb' })
    await crumbs.waitFor()
    expect(await crumbs.textContent()).not.toContain('enforce-policy')
  })

  test('the Trust Center says what the deployment is in words, not by its settings', async () => {
    const { tab } = await show('/trust')
    expect(await tab.getByText(/^This deployment: /).textContent()).toMatch(
      /changes can be asked for and countersigned; no language model takes part; /,
    )
  })
})
