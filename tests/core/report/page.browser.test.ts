import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { htmlPieces } from '../../../core/report/html.ts'
import { defaultSettings } from '../../../core/posture/settings.ts'
import { axeIn } from '../../e2e/axe.ts'
import { openBrowser } from '../../e2e/browser.ts'
import { until } from '../../teamsapp/until.ts'
import { judgedTenant, reportOver, textOf } from './demo.ts'
import { hostileNames, namedResult } from './hostile.ts'

const folder = mkdtempSync(join(tmpdir(), 'cs-report-'))
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
  const results = await judgedTenant('contoso-demo', { leave: ['riskyUsers'] })
  const settings = { ...defaultSettings, exclusions: { ...defaultSettings.exclusions, users: ['u1'] } }
  const suppressed = [
    { checkId: 'app-secret-expired', findingKey: null, reason: 'Known', owner: 'Grace', byName: 'Ada', until: '2027-01-01T00:00:00Z' },
  ]
  const verdicts = ['fail', 'warn', 'pass', 'notApplicable', 'manual', 'unknown']
  const few = verdicts.flatMap((verdict) => results.filter(({ outcome }) => outcome.verdict === verdict).slice(0, 4))
  await write('few.html', reportOver([...few, namedResult(['a', 'b'], 5)], { settings, suppressed }))
  await write('demo.html', reportOver(results, { settings, suppressed }))
  await write(
    'hostile.html',
    reportOver([namedResult(hostileNames)], { tenant: { id: '', displayName: hostileNames[2], domain: hostileNames[1] } }),
  )
  await write('bare.html', reportOver([]))
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
})

async function write(name: string, { report, outcomeOf }: ReturnType<typeof reportOver>): Promise<void> {
  writeFileSync(join(folder, name), await textOf(htmlPieces(report, outcomeOf, 'en-GB')))
}

interface Opened {
  readonly page: Page
  readonly context: BrowserContext
  /** Requests besides the page itself, and everything that the browser complained about. */
  readonly complaints: string[]
}

async function open(name: string, { dark = false, width = 1200 } = {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light' })
  const page = await context.newPage()
  const complaints: string[] = []
  const address = pathToFileURL(join(folder, name)).href
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => complaints.push(dialog.message()))
  page.on('request', (request) => void (request.url() === address || complaints.push(request.url())))
  await page.goto(address)
  return { page, context, complaints }
}

describe('the page in a browser', () => {
  /** What the same page may do wrong in other colours or at another width; the rest is looked at in the first. */
  const ofLook =
    process.env['DRILL'] === '1' ? {} : { rules: ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable'] }

  it.each([
    { name: 'few.html', dark: false, width: 1200 },
    { name: 'few.html', dark: true, width: 1200, ...ofLook },
    { name: 'few.html', dark: false, width: 360, ...ofLook },
    { name: 'hostile.html', dark: false, width: 1200 },
    { name: 'bare.html', dark: false, width: 1200 },
  ])(
    '$name (dark: $dark, $width pixels): nothing that axe objects to, no request, nothing cut off',
    async ({ name, dark, width, rules }: { name: string; dark: boolean; width: number; rules?: string[] }) => {
      const { page, context, complaints } = await open(name, { dark, width })
      const violations = await axeIn(page.mainFrame(), rules)
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([])
      expect(await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth)).toBe(0)
      expect(complaints).toEqual([])
      await context.close()
    },
  )

  it('of a whole tenant asks for nothing and cuts nothing off, wide and narrow', async () => {
    for (const width of [1200, 360]) {
      const { page, context, complaints } = await open('demo.html', { width })
      expect(await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth)).toBe(0)
      expect(complaints).toEqual([])
      await context.close()
    }
  })

  it('runs nothing that a name brings along', async () => {
    const { page, context, complaints } = await open('hostile.html')
    expect(await page.title()).toBe('Identity posture of </style></title><svg onload=alert(1)>')
    expect(await page.locator('script, img, iframe, svg[onload], [onmouseover]').count()).toBe(0)
    await expect(page.locator('bdi', { hasText: 'document.title = "taken"' }).first().textContent()).resolves.toBe(hostileNames[0])
    expect(complaints).toEqual([])
    await context.close()
  })

  it('lets no style or script in that is not its own', async () => {
    const { page, context, complaints } = await open('demo.html')
    await page.evaluate(() => {
      const style = document.createElement('style')
      style.textContent = 'body{display:none}'
      document.head.append(style)
      const image = document.createElement('img')
      image.src = 'https://evil.example/seen.png'
      document.body.append(image)
    })
    await until(() => complaints.filter((text) => text.includes('Content Security Policy')).length >= 2)
    expect(await page.locator('main').isVisible()).toBe(true)
    await context.close()
  })

  it('is light on paper, with links written out and the heads of tables on each page', async () => {
    const { page, context } = await open('demo.html', { dark: true })
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const look = await page.evaluate(() => ({
      paper: getComputedStyle(document.body).backgroundColor,
      ink: getComputedStyle(document.body).color,
      heads: getComputedStyle(document.querySelector('thead') ?? document.body).display,
      after: getComputedStyle(document.querySelector('a[href^="https"]') ?? document.body, '::after').content,
    }))
    expect(look).toMatchObject({ paper: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)', heads: 'table-header-group' })
    expect(look.after).toContain('https://entra.microsoft.com/')
    for (const format of ['A4', 'Letter'] as const) {
      const pdf = await page.pdf({ format })
      const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
      expect(pages).toBeGreaterThan(10)
      expect(pages).toBeLessThan(180)
    }
    await context.close()
  })

  it('shows each chart a second time as a table with the same numbers', async () => {
    const { page, context } = await open('demo.html')
    const charts = await page.locator('svg[role="img"]').evaluateAll((all) => all.map((chart) => chart.getAttribute('aria-label') ?? ''))
    expect(charts).toHaveLength(3)
    const cells = await page.locator('.two table').evaluateAll((all) => all.map((table) => table.textContent ?? ''))
    for (const label of charts.slice(1)) {
      const said = label
        .slice(label.indexOf(': ') + 2)
        .split(', ')
        .map((part) => part.replace(/ (?=[\d.]+$)/, ''))
      const [own] = cells.filter((text) => said.every((part) => text.replace(/\s/g, '').includes(part.replace(/\s/g, ''))))
      expect(own).toBeDefined()
    }
    await context.close()
  })
})
