import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { builtPackage, readPackage, withChangedScripts } from './package-file.ts'
import { startPostureService, type PostureService } from './posture-service.ts'
import { clearView, emptyView, fullView } from './posture-views.ts'
import { openSharePoint, type RenderedPosture, type RenderOptions, type SharePoint } from './render.ts'

const TOKEN = 'token-of-the-signed-in-person'
const pictures = join(import.meta.dirname, '../pictures')

let sharePoint: SharePoint
let service: PostureService
let shown: RenderedPosture | undefined

beforeAll(async () => {
  sharePoint = await openSharePoint()
})
afterAll(() => sharePoint.close())
beforeEach(async () => {
  service = await startPostureService(TOKEN, fullView)
})
afterEach(async () => {
  await shown?.close()
  shown = undefined
  await service.close()
})

async function render(options: Partial<RenderOptions> = {}): Promise<RenderedPosture> {
  shown = await sharePoint.renderPosture({ serviceUrl: service.url, token: TOKEN, width: 720, theme: 'light', ...options })
  return shown
}

function textOf(rendered: RenderedPosture): Promise<string> {
  return rendered.page.locator('#canvas').innerText()
}

async function shimsInReadme(): Promise<readonly string[]> {
  const readme = await readFile(join(import.meta.dirname, 'README.md'), 'utf8')
  return [...readme.matchAll(/^\| `(@[^`]+)`\s*\| shim/gm)].flatMap(([, name]) => name ?? []).sort()
}

describe('the built package', () => {
  it('asks for Posture.View of Countersign Read and nothing else', async () => {
    const { appManifest, webParts } = await readPackage(builtPackage)
    expect([...appManifest.matchAll(/<WebApiPermissionRequest [^>]*>/g)].map(([element]) => element)).toEqual([
      '<WebApiPermissionRequest ResourceId="Countersign Read" Scope="Posture.View">',
    ])
    expect(appManifest).toContain('IsDomainIsolated="false"')
    expect(webParts).toMatchObject([{ supportedHosts: ['SharePointWebPart', 'SharePointFullPage', 'TeamsTab', 'TeamsPersonalApp'] }])
    // one React: the page's own, never a second one inside the bundle
    expect(webParts[0]?.loaderConfig.scriptResources).toMatchObject({
      react: { type: 'component', version: '17.0.1' },
      'react-dom': { type: 'component', version: '17.0.1' },
    })
  })

  it('does not render once its script is broken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-package-'))
    const broken = join(folder, 'broken.sppkg')
    await writeFile(broken, await withChangedScripts(builtPackage, (script) => script.replace('define(', 'define((')))
    const other = await openSharePoint(broken)
    try {
      await expect(other.renderPosture({ serviceUrl: service.url, token: TOKEN, width: 720, theme: 'light' })).rejects.toThrow(
        'The web part did not load',
      )
    } finally {
      await other.close()
      await rm(folder, { recursive: true })
    }
  })
})

describe('on a SharePoint page', () => {
  it("shows the service's figures, read with the page's token by Microsoft's own client", async () => {
    const resources: string[] = []
    const rendered = await render({
      apiResource: 'api://countersign.contoso.test/read',
      token(resource) {
        resources.push(resource)
        return TOKEN
      },
    })
    await rendered.page.getByRole('heading', { name: 'Identity posture' }).waitFor()
    const text = await textOf(rendered)
    for (const words of [
      'Fabrikam Nordic',
      '72',
      'of 100',
      '+4.1',
      '−3',
      '6 checks could not be read.',
      '63 open findings',
      '412 guests',
      ...fullView.areas.map(({ title }) => title),
      ...fullView.risks.map(({ title }) => title),
    ]) {
      expect(text).toContain(words)
    }
    expect(resources).toEqual(['api://countersign.contoso.test/read'])
    expect(service.requests).toEqual([{ method: 'GET', authorization: `Bearer ${TOKEN}`, ifNoneMatch: undefined, status: 200 }])
    expect(rendered.problems()).toEqual({ pageErrors: [], failedRequests: [], outside: [] })
    // README.md beside this file says what each of them is and why it may be missing
    expect(await rendered.shimsEvaluated()).toEqual(await shimsInReadme())
  })

  it('shows what changed in the service, and nothing when the author hides both lists', async () => {
    service.answerWith({ view: { ...fullView, tenant: { displayName: 'Another tenant' } } })
    const rendered = await render({ properties: { showAreas: false, showRisks: false, title: 'Our score' } })
    await rendered.page.getByRole('heading', { name: 'Our score' }).waitFor()
    const text = await textOf(rendered)
    expect(text).toContain('Another tenant')
    expect(text).not.toContain('Conditional access')
    expect(text).not.toContain('Guests can invite other guests')
  })

  it('asks again after a minute with the ETag, and not at all while hidden', async () => {
    const rendered = await render({ controlsTime: true })
    await rendered.page.getByRole('heading', { name: 'Identity posture' }).waitFor()
    await rendered.setHidden(true)
    await rendered.page.clock.fastForward(10 * 60_000)
    await rendered.page.waitForTimeout(300)
    expect(service.requests).toHaveLength(1)

    const second = rendered.page.waitForResponse((response) => response.status() === 304)
    await rendered.setHidden(false)
    await rendered.page.clock.fastForward(10)
    await second

    service.answerWith({ view: { ...fullView, tenant: { displayName: 'Renamed meanwhile' } } })
    await rendered.page.clock.fastForward(60_000)
    await rendered.page.getByText('Renamed meanwhile').waitFor()
    expect(service.requests.map(({ status }) => status)).toEqual([200, 304, 200])
  })

  it("draws a skeleton only when the service is slow, and takes the page's theme", async () => {
    const delay = service.hold()
    const rendered = await render({ theme: 'dark' })
    await rendered.page.getByRole('status', { name: 'Reading the posture' }).waitFor()
    delay.release()
    await rendered.page.getByText('Fabrikam Nordic').waitFor()
    expect(await rendered.page.getByRole('status').count()).toBe(0)
    expect(await groundOf(rendered)).toBeLessThan(60)
    await rendered.setTheme('light')
    await expectSoon(
      () => groundOf(rendered),
      (brightness) => brightness > 200,
    )
  })

  it.each([
    ['no scan yet', emptyView, ['No scan yet', 'after an administrator has started the first scan', 'reads and changes nothing']],
    ['nothing open', clearView, ['Nothing is open. 218 checks were read.']],
  ])('says so: %s', async (_, view, words) => {
    service.answerWith({ view })
    const rendered = await render()
    await rendered.page.getByText(words[0] ?? '').waitFor()
    const text = await textOf(rendered)
    for (const sentence of words) expect(text).toContain(sentence)
    expect(await rendered.accessibilityViolations()).toEqual([])
  })

  it.each([
    [401, 'did not accept the token (401)'],
    [403, 'refused to show the posture (403)'],
  ])('names the scope to approve when the service answers %i, and shows no figures any more', async (status, sentence) => {
    const rendered = await render({ controlsTime: true })
    await rendered.page.getByText('Fabrikam Nordic').waitFor()
    service.answerWith({ status })
    await rendered.page.clock.fastForward(60_000)
    await rendered.page.getByText(sentence).waitFor()
    const text = await textOf(rendered)
    expect(text).toContain('Posture.View of Countersign Read')
    expect(text).toMatch(/Request ID request-\d/)
    expect(text).not.toContain('Fabrikam Nordic')
    expect(await rendered.accessibilityViolations()).toEqual([])
  })

  it('says which permission is missing when SharePoint has no token', async () => {
    const rendered = await render({
      token() {
        throw new Error('AADSTS65001: The user or administrator has not consented')
      },
    })
    await rendered.page.getByText('No permission yet.').waitFor()
    expect(await textOf(rendered)).toContain('approves the scope Posture.View')
    expect(service.requests).toEqual([])
  })

  it('keeps the last good figures with their time while the service fails, and recovers on request', async () => {
    const rendered = await render({ controlsTime: true })
    await rendered.page.getByText('Fabrikam Nordic').waitFor()
    service.answerWith({ status: 503 })
    await rendered.page.clock.fastForward(60_000)
    await rendered.page.getByText('The service could not answer.').waitFor()
    const text = await textOf(rendered)
    expect(text).toContain('It reported status 503. Nothing was changed.')
    expect(text).toContain('The figures below were read')
    expect(text).toContain('Fabrikam Nordic')
    service.answerWith({ view: clearView })
    await rendered.page.getByRole('button', { name: 'Try again' }).click()
    await rendered.page.getByText('Nothing is open.').waitFor()
    expect(await textOf(rendered)).not.toContain('could not answer')
  })

  it('says that nothing answers, and that an answer of another shape is not understood', async () => {
    const rendered = await render({ serviceUrl: 'http://127.0.0.1:9' })
    await rendered.page.getByText('The service did not answer.').waitFor()
    await rendered.close()
    service.answerWith({ body: '{"score":"high"}' })
    const other = await render()
    await other.page.getByText('The answer could not be understood.').waitFor()
  })

  it.each([
    ['service URL', { serviceUrl: '' }, 'the service URL is missing.'],
    ['choice of risks', { showRisks: 'yes' }, 'it is not chosen whether to show top risks.'],
  ])('asks for a missing %s and sends nothing', async (_, properties, sentence) => {
    const rendered = await render({ properties })
    await rendered.page.getByText('Not set up yet:').waitFor()
    expect((await textOf(rendered)).replace(/\s+/g, ' ')).toContain(sentence)
    expect(service.requests).toEqual([])
    expect(await rendered.accessibilityViolations()).toEqual([])
  })

  it.each(['light', 'dark'] as const)('is accessible and fits at 360 and 720 pixels, %s', async (theme) => {
    await mkdir(pictures, { recursive: true })
    for (const width of [360, 720]) {
      const rendered = await render({ theme, width })
      await rendered.page.getByText('Fabrikam Nordic').waitFor()
      expect(await rendered.accessibilityViolations()).toEqual([])
      expect(await rendered.page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      await rendered.page.screenshot({ path: join(pictures, `spfx-posture-${width}-${theme}.png`), fullPage: true })
      await rendered.close()
    }
  })
})

describe('the property pane', () => {
  it('offers the five settings, refuses bad values with a sentence, and a change is drawn at once', async () => {
    const rendered = await render({ edit: true })
    await rendered.page.getByText('Fabrikam Nordic').waitFor()
    const fields: { readonly name: string; readonly message: string | undefined }[] = await rendered.page.evaluate(() => {
      const pane: Pane = Reflect.get(window, 'hostPane')
      const [webPart] = Object.values(pane)
      const groups = webPart?.getPropertyPaneConfiguration().pages.flatMap((page) => page.groups) ?? []
      return groups
        .flatMap((group) => group.groupFields)
        .map((field) => ({ name: field.targetProperty, message: field.properties.onGetErrorMessage?.('') }))
    })
    expect(fields).toEqual([
      { name: 'serviceUrl', message: 'the service URL is missing. Enter the address of your Countersign service.' },
      { name: 'apiResource', message: 'the API resource is missing. Enter the application ID URI of Countersign Read.' },
      { name: 'title', message: 'the title is missing. Enter the heading to show.' },
      { name: 'showAreas', message: undefined },
      { name: 'showRisks', message: undefined },
    ])
    await rendered.page.evaluate(() => {
      const pane: Pane = Reflect.get(window, 'hostPane')
      Object.values(pane)[0]?._onPropertyPaneFieldChanged('title', 'Renamed by its author')
    })
    await rendered.page.getByRole('heading', { name: 'Renamed by its author' }).waitFor()
    expect(service.requests).toHaveLength(1)
  })
})

/** The real web part as the pane's controller sees it, by instance id. */
type Pane = Readonly<
  Record<
    string,
    {
      getPropertyPaneConfiguration(): {
        readonly pages: readonly {
          readonly groups: readonly {
            readonly groupFields: readonly {
              readonly targetProperty: string
              readonly properties: { onGetErrorMessage?(value: string): string }
            }[]
          }[]
        }[]
      }
      _onPropertyPaneFieldChanged(name: string, value: unknown): void
    }
  >
>

describe('in Teams', () => {
  it.each([
    ['default', (brightness: number) => brightness > 200],
    ['dark', (brightness: number) => brightness < 60],
    ['contrast', (brightness: number) => brightness === 0],
  ] as const)("follows the host's %s theme", async (theme, isRight) => {
    const rendered = await render({ teams: { theme, personal: false } })
    await rendered.page.getByText('Fabrikam Nordic').waitFor()
    expect(isRight(await groundOf(rendered))).toBe(true)
    expect(await rendered.accessibilityViolations()).toEqual([])
  })

  it('does not send a person to a property pane that the personal app lacks', async () => {
    const rendered = await render({ teams: { theme: 'default', personal: true }, properties: { serviceUrl: '' } })
    await rendered.page.getByText('Ask your administrator to build the package').waitFor()
  })
})

/** Brightness of the web part's ground, 0 to 255. */
async function groundOf({ page }: RenderedPosture): Promise<number> {
  const colour = await page
    .getByRole('region', { name: 'Identity posture' })
    .evaluate((section) => getComputedStyle(section.parentElement ?? section).backgroundColor)
  const channels = [...colour.matchAll(/\d+/g)].map(([digits]) => Number(digits))
  return channels.slice(0, 3).reduce((sum, channel) => sum + channel, 0) / 3
}

async function expectSoon<Value>(read: () => Promise<Value>, isRight: (value: Value) => boolean): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!isRight(await read())) {
    if (Date.now() > deadline) throw new Error('Not so within 5 s.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
