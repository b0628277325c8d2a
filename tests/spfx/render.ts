import { chromium, type Browser, type Page } from 'playwright-core'
import { axeIn } from '../e2e/axe.ts'
import { patience } from '../e2e/patience.ts'
import { startHost, type Host, type HostTls } from './host.ts'
import { builtPackage, readPackage } from './package-file.ts'

export interface RenderOptions {
  readonly serviceUrl: string
  /** What the page's token provider answers for the asked resource; a thrown error is a token that could not be had. */
  readonly token: string | ((resource: string) => string | Promise<string>)
  /** CSS pixels. */
  readonly width: number
  readonly theme: 'light' | 'dark'
  readonly apiResource?: string
  /** Overrides what the page author set, name by name. */
  readonly properties?: Readonly<Record<string, unknown>>
  /** Lets the test move the page's clock forward with `page.clock`. */
  readonly controlsTime?: boolean
  /** Opens the page for editing, with the web part's half of the property pane. */
  readonly edit?: boolean
  /** Opens the web part in Teams instead of on a page. */
  readonly teams?: { readonly theme: 'default' | 'dark' | 'contrast'; readonly personal: boolean }
}

export interface RenderedPosture {
  readonly page: Page
  /** Everything that a visible web part must not have: script errors, failed scripts, requests that leave the machine. */
  problems(): { readonly pageErrors: readonly string[]; readonly failedRequests: readonly string[]; readonly outside: readonly string[] }
  /** Modules that npm does not carry and that were really evaluated, by name. */
  shimsEvaluated(): Promise<readonly string[]>
  /** Violations of axe as `rule: element`; Fluent's hidden focus dummies are left out. */
  accessibilityViolations(): Promise<readonly string[]>
  /** Sends the page to the background or back, as a browser does when the tab changes. */
  setHidden(isHidden: boolean): Promise<void>
  /** Changes the page's theme, as an author does for a site or a section. */
  setTheme(theme: 'light' | 'dark'): Promise<void>
  close(): Promise<void>
}

export interface SharePoint {
  readonly origin: string
  /** Opens a page with the web part and waits until Microsoft's manager has loaded it. Rejects with its errors. */
  renderPosture(options: RenderOptions): Promise<RenderedPosture>
  close(): Promise<void>
}

const CHROMIUM = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}
/** SharePoint's own default themes, as far as a web part maps them. */
const THEMES = {
  light: { isInverted: false, palette: { themePrimary: '#0078d4' }, semanticColors: { bodyBackground: '#ffffff', bodyText: '#323130' } },
  dark: { isInverted: true, palette: { themePrimary: '#2899f5' }, semanticColors: { bodyBackground: '#1b1a19', bodyText: '#f3f2f1' } },
}

export interface SharePointOptions {
  /** Path of another package than the built one. */
  readonly packageFile?: string
  /** Serves the page over TLS, for a service that admits only an https origin. PEM; the browser does not check the issuer. */
  readonly tls?: HostTls
  /** 0 takes a free one. */
  readonly port?: number
}

/** Starts a page host for a built package, and a browser. */
export async function openSharePoint({ packageFile = builtPackage, tls, port = 0 }: SharePointOptions = {}): Promise<SharePoint> {
  const host = await startHost(await readPackage(packageFile), port, tls)
  const browser = await chromium.launch({ ...CHROMIUM, timeout: patience.start }).catch(async (error: unknown) => {
    await host.close()
    throw new Error('Chromium did not start from /usr/bin/chromium: install the package "chromium".', { cause: error })
  })
  return {
    origin: host.origin,
    renderPosture: (options) => renderPosture(host, browser, options),
    async close() {
      await browser.close()
      await host.close()
    },
  }
}

async function renderPosture(host: Host, browser: Browser, options: RenderOptions): Promise<RenderedPosture> {
  const {
    token,
    width,
    theme,
    serviceUrl,
    apiResource = 'api://countersign.test/read',
    properties,
    teams,
    edit = false,
    controlsTime = false,
  } = options
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, ignoreHTTPSErrors: true })
  context.setDefaultTimeout(patience.step)
  const page = await context.newPage()
  const pageErrors: string[] = []
  const failedRequests: string[] = []
  const outside: string[] = []
  page.on('pageerror', (error) => pageErrors.push(error.message))
  page.on('requestfailed', (request) => failedRequests.push(`${request.url()}: ${request.failure()?.errorText}`))
  page.on('response', (response) => {
    if (response.status() >= 400 && response.url().startsWith(host.origin)) failedRequests.push(`${response.url()}: ${response.status()}`)
  })
  await page.route(
    (url) => url.protocol.startsWith('http') && !['localhost', '127.0.0.1'].includes(url.hostname),
    (route) => {
      outside.push(route.request().url())
      return route.abort()
    },
  )
  await page.exposeFunction('hostToken', (resource: string) => (typeof token === 'string' ? token : token(resource)))
  const hostOptions = { theme: THEMES[theme], properties: { serviceUrl, apiResource, ...properties }, teams, edit }
  await page.addInitScript(`window.hostOptions = ${JSON.stringify(hostOptions)}`)
  if (controlsTime) await page.clock.install()
  await page.goto(host.origin)
  await page.evaluate((isDark) => document.body.toggleAttribute('data-dark', isDark), theme === 'dark')

  const errors = await loadErrors(page)
  if (errors.length > 0) {
    await context.close()
    throw new Error(`The web part did not load:\n${[...errors, ...pageErrors, ...failedRequests].join('\n')}`)
  }

  return {
    page,
    problems: () => ({ pageErrors, failedRequests, outside }),
    async shimsEvaluated() {
      const ids: string[] = await page.evaluate('(window.shimsEvaluated || []).map((id) => id.split("_")[0])')
      return ids.map((id) => host.shims.get(id) ?? id).sort()
    },
    async accessibilityViolations() {
      const violations = await axeIn(page.mainFrame())
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
    },
    async setHidden(isHidden) {
      await page.evaluate((hidden) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (hidden ? 'hidden' : 'visible') })
        document.dispatchEvent(new Event('visibilitychange'))
      }, isHidden)
    },
    async setTheme(next) {
      await page.emulateMedia({ colorScheme: next })
      await page.evaluate((isDark) => document.body.toggleAttribute('data-dark', isDark), next === 'dark')
      await page.evaluate(`window.hostTheme._setTheme(${JSON.stringify(THEMES[next])})`)
    },
    close: () => context.close(),
  }
}

/** Waits for the loader's answer; what the manager reported on the way counts even when the loader itself is content. */
async function loadErrors(page: Page): Promise<readonly string[]> {
  const isDone = await page.waitForFunction('window.hostState').then(
    () => true,
    () => false,
  )
  if (!isDone) return [`The loader gave no answer within ${patience.step / 1000} s.`]
  const errors: string[] = await page.evaluate('[...(window.hostState.ok ? [] : [window.hostState.error]), ...(window.hostErrors || [])]')
  return errors
}
