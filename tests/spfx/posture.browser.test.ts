import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
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
  return [...readme.matchAll(/^\| `(@[^`]+)` \| shim/gm)].flatMap(([, name]) => name ?? []).sort()
}

describe('the built package', () => {
  it('asks for Posture.View of Countersign Read and nothing else', async () => {
    const { appManifest, webParts } = await readPackage(builtPackage)
    expect([...appManifest.matchAll(/<WebApiPermissionRequest [^>]*>/g)].map(([element]) => element)).toEqual(['<WebApiPermissionRequest ResourceId="Countersign Read" Scope="Posture.View">'])
    expect(appManifest).toContain('IsDomainIsolated="false"')
    expect(webParts).toMatchObject([{ supportedHosts: ['SharePointWebPart', 'SharePointFullPage', 'TeamsTab', 'TeamsPersonalApp'] }])
  })

  it('does not render once its script is broken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-package-'))
    const broken = join(folder, 'broken.sppkg')
    await writeFile(broken, await withChangedScripts(builtPackage, (script) => script.replace('define(', 'define((')))
    const other = await openSharePoint(broken)
    try {
      await expect(other.renderPosture({ serviceUrl: service.url, token: TOKEN, width: 720, theme: 'light' })).rejects.toThrow('The web part did not load')
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
    for (const words of ['Fabrikam Nordic', '72.4', '+4.1', '−3', '6 of 218 checks could not be read', ...fullView.areas.map(({ title }) => title), ...fullView.risks.map(({ title }) => title)]) {
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
})
