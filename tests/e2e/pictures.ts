import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { builtTab } from '../teamsapp/built-tab.ts'
import { startMockService, type MockService } from '../teamsapp/mock-service.ts'
import { stopped, unclear } from '../teamsapp/sample-actions.ts'
import { sampleNow } from '../teamsapp/sample-posture.ts'
import { openBrowser } from './browser.ts'
import { takeMatrix } from './matrix-pictures.ts'
import { teamsHostAt, teamsHostPath } from './teams-host/host-page.ts'

/**
 * Writes pictures to tests/pictures/: of every page in every state, theme and width as the matrix of the tests has them
 * (`overview-partial-dark-360.png`), and of what opens on a press. `--only WORD` keeps the pictures whose name has the word, `--out DIR`
 * puts them elsewhere. Against a running service with `--service URL --cookie NAME=VALUE`: then the pages as they are there.
 */
const { values } = parseArgs({
  options: { service: { type: 'string' }, cookie: { type: 'string' }, only: { type: 'string' }, out: { type: 'string' } },
})
const root = join(import.meta.dirname, '..', '..')
const out = values.out ?? join(root, 'tests', 'pictures')

type Scheme = 'light' | 'dark' | 'contrast' | 'forced'
const widths = [1440, 720, 360] as const
/** Contrast is Teams' own theme and shown by a page that plays Teams; forced is the system's, in a plain browser. */
const schemes: readonly Scheme[] = ['light', 'dark', 'contrast', 'forced']

interface Picture {
  readonly name: string
  readonly path: string
  readonly prepare?: (mock: MockService) => void
  readonly press?: string
}

const everywhere: readonly Picture[] = [
  { name: 'overview', path: '/overview' },
  { name: 'findings', path: '/findings' },
  { name: 'actions', path: '/actions' },
  { name: 'actions-waiting', path: '/actions/waiting' },
  { name: 'actions-history', path: '/actions/history' },
  { name: 'action', path: '/actions/catalogue/enforce-policy' },
  { name: 'changes', path: '/changes' },
  { name: 'receipts', path: '/receipts' },
  { name: 'trust', path: '/trust' },
  { name: 'settings', path: '/settings' },
  { name: 'settings-permissions', path: '/settings/permissions' },
  { name: 'settings-scans', path: '/settings/scans' },
  { name: 'settings-exceptions', path: '/settings/exceptions' },
]
/** What the matrix does not have: a press, or the plain browser. */
const besides: readonly Picture[] = [
  { name: 'action-switch', path: '/actions/catalogue/delete-guest', press: 'Switch it on' },
  { name: 'actions-settle', path: '/actions/waiting', press: `Settle it: ${unclear.preview.title}` },
  {
    name: 'finding-lock-out',
    path: '/findings/guest-owns-privileged-app',
    prepare: (mock) => void (mock.state.locksOut = ['breakglass@fabrikamnordic.example']),
    press: 'Fix with the Aid: Payroll Sync',
  },
  { name: 'receipt-stopped', path: `/receipts/${stopped.id}` },
  { name: 'trust-evidence', path: '/trust', press: 'Evidence for: The token that reads cannot write' },
  { name: 'sign-in', path: '/overview', prepare: (mock) => void (mock.state.signedIn = false) },
]

await main()

async function main(): Promise<void> {
  await mkdir(out, { recursive: true })
  const browser = await openBrowser()
  const count = values.service === undefined ? await takeMocked(browser) : await takeAll(browser, undefined, everywhere)
  await browser.close()
  console.log(`${count} pictures in ${out}`)
}

async function takeMocked(browser: Browser): Promise<number> {
  const dist = await builtTab()
  const mock = await startMockService({ dist, extra: teamsHostAt })
  const count = (await takeMatrix(browser, { dist, out, only: values.only ?? '' })) + (await takeAll(browser, mock, besides))
  await mock.close()
  return count
}

async function takeAll(browser: Browser, mock: MockService | undefined, pictures: readonly Picture[]): Promise<number> {
  let count = 0
  for (const picture of pictures)
    for (const scheme of schemes) for (const width of widths) count += await take(browser, mock, picture, scheme, width)
  return count
}

async function take(browser: Browser, mock: MockService | undefined, picture: Picture, scheme: Scheme, width: number): Promise<number> {
  const name = `${picture.name}-${scheme}-${width}`
  if (values.only !== undefined && !name.includes(values.only)) return 0
  if (scheme === 'contrast' && !mock) return 0
  if (scheme === 'contrast' && picture.name === 'sign-in') return 0
  mock?.reset()
  if (mock) picture.prepare?.(mock)
  const base = values.service ?? mock?.url ?? ''
  const look: BrowserContextOptions = {
    colorScheme: scheme === 'dark' ? 'dark' : 'light',
    forcedColors: scheme === 'forced' ? 'active' : 'none',
  }
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...look,
  })
  if (values.cookie !== undefined) {
    const [cookie = '', ...rest] = values.cookie.split('=')
    await context.addCookies([{ name: cookie, value: rest.join('='), url: base, secure: true, httpOnly: true, sameSite: 'Lax' }])
  }
  const page = await context.newPage()
  await page.route('https://**', (route) => route.abort())
  if (mock) await page.clock.setFixedTime(new Date(sampleNow))
  const inTeams = scheme === 'contrast'
  await page.goto(
    inTeams
      ? `${base}${teamsHostPath}?${new URLSearchParams({ path: picture.path, theme: 'contrast', token: 'made-up' }).toString()}`
      : `${base}${picture.path}`,
  )
  const tab = inTeams ? page.frameLocator('iframe') : page
  await tab.locator('main:not([aria-busy]) h1').waitFor()
  await page.waitForTimeout(350)
  if (picture.press !== undefined) await tab.getByRole('button', { name: picture.press }).first().click()
  if (inTeams) {
    const height = await tab.locator('body').evaluate((body) => body.scrollHeight)
    await page.setViewportSize({ width, height })
    await page.waitForTimeout(150)
  }
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true })
  await context.close()
  return 1
}
