import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { z } from 'zod'
import { readScopes } from '../../bot/src/identity/registrations.ts'
import { builtTab } from '../teamsapp/built-tab.ts'
import { scan, startWalls, type Walls } from '../walls/stack.ts'
import { newContext, sessionCookie, signIn } from '../walls/tab-walls.ts'
import { soon } from '../teamsapp/until.ts'
import { beTolerant, isSecondAttempt } from './attempts.ts'
import { openBrowser } from './browser.ts'
import { patience } from './patience.ts'
import { askAnew, newestScan } from './trouble-inside.ts'
import { grantAll, signInAgain } from './trouble-windows.ts'

/** How each trouble looks in the tab before the real service, with the emulator's own switches, and the way out of it. */

const tenant = '/tenants/contoso-demo'
/** Whom an exception is about, and why: its own for each attempt, because what is declared stays. */
let about: string
let reason: string

const assignmentsSchema = z.object({
  objects: z.array(z.object({ id: z.string(), principalId: z.string(), appRoleId: z.string(), resourceDisplayName: z.string() })),
})

let walls: Walls
let browser: Browser
let context: BrowserContext

beTolerant()
beforeAll(async () => {
  await builtTab()
  browser = await openBrowser()
  await startScanned()
}, patience.start)
beforeEach(async () => {
  // What was withdrawn, revoked or half read in the first attempt is no ground for a second.
  if (isSecondAttempt()) {
    await walls.stop()
    await startScanned()
  }
  about = randomUUID()
  reason = `Break glass account, kept in safe ${about.slice(0, 8)}`
  // The consent page and the end of the sign-in are on the emulator's own HTTPS, whose certificate no browser knows.
  context = await newContext(browser, { ignoreHTTPSErrors: true })
  context.setDefaultTimeout(patience.step)
  await context.route(`${walls.emulator.ready.signIn}/**`, (route) => route.continue())
}, patience.start)
afterEach(() => context.close())
afterAll(async () => {
  await browser?.close()
  await walls?.stop()
})

async function startScanned(): Promise<void> {
  walls = await startWalls({ withAid: true })
  await scan(await walls.as('contoso-demo', 'ada'))
}

async function idOf(name: string): Promise<string> {
  const { domain } = walls.tenant('contoso-demo')
  const person = (await walls.people('contoso-demo')).find(({ userPrincipalName }) => userPrincipalName === `${name}@${domain}`)
  if (!person) throw new Error(`The demo tenant has nobody called ${name}.`)
  return person.id
}

/** Begins to declare an exception on the page of settings. */
async function begin(page: Page): Promise<{ readonly dialog: Locator; readonly send: Locator }> {
  await page.goto(`${walls.origin}/settings/exceptions`)
  await page.getByRole('button', { name: 'Declare an exception' }).click()
  const dialog = page.getByRole('dialog', { name: 'Declare an exception' })
  await dialog.getByRole('textbox', { name: 'Object ID' }).fill(about)
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason)
  return { dialog, send: dialog.getByRole('button', { name: 'Declare it' }) }
}

async function timesDeclared(page: Page): Promise<number> {
  const answer: unknown = await (await page.request.get(`${walls.origin}/api/exceptions`)).json()
  const { exceptions } = z.object({ exceptions: z.array(z.object({ objectId: z.string() })) }).parse(answer)
  return exceptions.filter(({ objectId }) => objectId === about).length
}

describe('the network is lost', () => {
  test('while a form is half filled: nothing is sent, the bar says so, and back again it is sent once', async () => {
    const page = await signIn(context, walls.origin, 'Ada Lindqvist')
    const { dialog, send } = await begin(page)
    await context.setOffline(true)
    await send.click()
    const bar = page.locator('header').getByRole('alert').filter({ hasText: 'Countersign cannot be reached.' })
    await bar.waitFor({ state: 'attached' })
    await dialog.getByText('What you have typed stays').waitFor()
    expect(await send.getAttribute('aria-disabled')).toBe('true')
    const scanNow = page.getByRole('button', { name: 'Scan now', includeHidden: true })
    expect(await scanNow.getAttribute('aria-disabled')).toBe('true')
    await context.setOffline(false)
    await bar.waitFor({ state: 'detached' })
    expect(await dialog.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe(reason)
    expect(await timesDeclared(page)).toBe(0)
    await send.click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(reason).waitFor()
    expect(await timesDeclared(page)).toBe(1)
  })
})

describe('the sign-in ends', () => {
  test('while a form is half filled: it is taken up in a window, and the text is sent afterwards', async () => {
    const page = await signIn(context, walls.origin, 'Ada Lindqvist')
    const { dialog, send } = await begin(page)
    const other = await context.newPage()
    await other.goto(`${walls.origin}/auth/sign-out`, { waitUntil: 'commit' })
    await other.close()
    expect((await context.cookies(walls.origin)).some(({ name }) => name === sessionCookie)).toBe(false)
    await send.click()
    await page.getByRole('alertdialog', { name: 'Your sign-in has ended' }).waitFor()
    await signInAgain(page, 'Ada Lindqvist')
    expect(await dialog.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe(reason)
    await send.click()
    await dialog.waitFor({ state: 'detached' })
    expect(await timesDeclared(page)).toBe(1)
  })

  test('and the page is loaded anew: the text is there again once the form is opened', async () => {
    const page = await signIn(context, walls.origin, 'Ada Lindqvist')
    await begin(page)
    await context.clearCookies()
    await page.reload()
    await page.getByRole('link', { name: 'Sign in with Microsoft' }).click()
    await page.getByText('Ada Lindqvist').click()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Sign in' }).waitFor()
    await page.goto(`${walls.origin}/settings/exceptions`)
    await page.getByRole('button', { name: 'Declare an exception' }).click()
    const written = page.getByRole('dialog').getByRole('textbox', { name: 'Reason' })
    await soon(async () => expect(await written.inputValue()).toBe(reason))
  })
})

describe('consent is withdrawn', () => {
  test('from the registration that reads: it is named, and once it is given again one button goes on', async () => {
    const page = await signIn(context, walls.origin, 'Ada Lindqvist')
    await page.getByRole('region', { name: 'Top five risks' }).waitFor()
    await walls.emulator.control('DELETE', `${tenant}/consent/${walls.registrations.ids.read}`)
    await page.getByRole('banner').getByRole('button', { name: 'Scan now' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Consent is missing' })
    await dialog.getByText('Countersign Read', { exact: true }).waitFor()
    await grantAll(page, dialog.getByRole('link', { name: /^Grant the permission for Countersign Read/ }))
    await signInAgain(page, 'Ada Lindqvist')
    await page.getByRole('region', { name: 'Top five risks' }).waitFor()
    const objects = z
      .object({ objects: z.array(z.object({ scope: z.string() })) })
      .parse(await walls.emulator.control('GET', `${tenant}/objects/oauth2PermissionGrants`)).objects
    expect(objects.some(({ scope }) => readScopes().every((one) => scope.split(' ').includes(one.scope)))).toBe(true)
  })

  test('from the registration that acts: Actions and Settings name it, and the Aid is back once it is given again', async () => {
    const page = await signIn(context, walls.origin, 'Ada Lindqvist')
    await walls.emulator.control('DELETE', `${tenant}/consent/${walls.registrations.ids.act}`)
    await (await walls.as('contoso-demo', 'ada')).post('/api/aid/check')
    await page.goto(`${walls.origin}/actions`)
    await page.getByText('The registration Countersign Act has no consent in your tenant any more').waitFor()
    await page.getByRole('link', { name: 'See the Aid in Settings' }).click()
    const aid = page.getByRole('region', { name: 'Connection' })
    await grantAll(page, aid.getByRole('link', { name: /^Grant the permission for Countersign Act/ }))
    await aid.getByRole('button', { name: 'Look at the Aid again' }).click()
    await aid.getByText('Connected', { exact: true }).waitFor()
  })
})

describe('a role is taken away', () => {
  test('the page says which roles open it and whom to ask', async () => {
    const page = await signIn(context, walls.origin, 'Bo Okafor')
    const path = `${tenant}/objects/appRoleAssignments`
    const { objects } = assignmentsSchema.parse(await walls.emulator.control('GET', path))
    const [bo, cleo] = [await idOf('bo'), await idOf('cleo')]
    const held = objects.filter(({ resourceDisplayName }) => resourceDisplayName === 'Countersign Read')
    const administrator = held.find(({ principalId }) => principalId === bo)
    const viewer = held.find(({ principalId }) => principalId === cleo)
    // What is left to Bo is what Cleo has.
    await walls.emulator.control('PATCH', `${path}/${administrator?.id}`, { appRoleId: viewer?.appRoleId })
    await askAnew(walls)
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Findings' }).click()
    await page.getByText('It is open to people with the role Owner, Administrator, or Reviewer.').waitFor()
    await page.getByText(/^Ask Ada Lindqvist/).waitFor()
  })
})

describe('a scan does not read everything', () => {
  afterEach(async () => {
    await walls.emulator.control('DELETE', '/faults')
  })

  // Two whole scans for what the sign-in's end shows by one: the drill's.
  if (process.env['DRILL'] === '1')
    test('one list answers with faults only: it is named, left out, and read by one button when the fault is over', async () => {
      await walls.emulator.control('PUT', '/faults', [
        { match: { pathPrefix: '/policies/authorizationPolicy' }, kind: 'status', status: 503, retryAfter: '0' },
      ])
      const page = await signIn(context, walls.origin, 'Ada Lindqvist')
      await page.getByRole('banner').getByRole('button', { name: 'Scan now' }).click()
      const gaps = page.getByRole('region', { name: 'Could not be read' })
      const again = gaps.getByRole('button', { name: 'Scan again to read What users and guests may do by default' })
      await again.waitFor()
      // The gap may be told of before the scan has ended, and a tenant has one scan at a time.
      const running = page.getByRole('region', { name: 'Running scan' })
      await running.waitFor({ state: 'detached' })
      await gaps.getByRole('heading', { name: 'Microsoft Graph did not answer' }).waitFor()
      await walls.emulator.control('DELETE', '/faults')
      await again.click()
      await again.waitFor({ state: 'detached' })
      await running.waitFor({ state: 'detached' })
      expect(await again.count()).toBe(0)
    })

  test('the sign-in is revoked half-way: what was read is kept, and after a new sign-in the scan goes on with the rest', async () => {
    const page = await signIn(context, walls.origin, 'Ada Lindqvist')
    // One list of the first wave is held back, so that the scan stands where it is until it is let go.
    await walls.emulator.control('PUT', '/faults', [{ match: { pathPrefix: '/servicePrincipals' }, kind: 'delay', delayMs: 600_000 }])
    await page.getByRole('banner').getByRole('button', { name: 'Scan now' }).click()
    const running = page.getByRole('region', { name: 'Running scan' })
    await running.getByText(/^Scanning: ([3-9]|\d\d)/).waitFor()
    // The token in hand would be good for an hour yet; Graph hears of the end at once, as where access is evaluated continuously.
    await walls.emulator.control('POST', `${tenant}/revoke-sessions/${await idOf('ada')}`)
    await walls.emulator.control('PUT', '/faults', [{ kind: 'status', status: 401 }])
    const bar = page.getByRole('alert').filter({ hasText: 'The last scan did not finish.' })
    await bar.getByText(/It had read \d+ kinds of facts, and not /).waitFor()
    const goOn = bar.getByRole('button', { name: 'Go on with the scan' })
    await walls.emulator.control('DELETE', '/faults')
    await goOn.click()
    await page.getByRole('alertdialog', { name: 'Your sign-in has ended' }).waitFor()
    await signInAgain(page, 'Ada Lindqvist')
    const before = await newestScan(walls)
    expect(before.read.length).toBeGreaterThan(0)
    await goOn.click()
    await bar.waitFor({ state: 'detached' })
    await running.waitFor({ state: 'detached' })
    // The same scan has ended well, and what had been read before was not begun anew.
    const after = await newestScan(walls)
    expect(after).toMatchObject({ id: before.id, state: 'finished' })
    expect(after.read).toEqual(expect.arrayContaining([...before.read]))
    expect(after.read.length).toBeGreaterThan(before.read.length)
  })
})
