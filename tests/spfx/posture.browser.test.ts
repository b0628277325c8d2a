import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { textOf, TOKEN, useSharePoint } from './fixture.ts'
import { builtPackage, readPackage, withChangedScripts } from './package-file.ts'
import { clearView, emptyView, fullView } from './posture-views.ts'
import { openSharePoint, type RenderedPosture } from './render.ts'

const { render, service } = useSharePoint()

async function shimsInReadme(): Promise<readonly string[]> {
  const readme = await readFile(join(import.meta.dirname, 'README.md'), 'utf8')
  return [...readme.matchAll(/^\| `(@[^`]+)`\s*\| shim/gm)].flatMap(([, name]) => name ?? []).sort()
}

/** What the page asked for before has been sent by then, and what it was answered has been taken in. */
async function pageAsksForItself({ page }: RenderedPosture): Promise<void> {
  await page.evaluate(async () => void (await (await fetch('/')).text()))
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
    const other = await openSharePoint({ packageFile: broken })
    try {
      await expect(other.renderPosture({ serviceUrl: service().url, token: TOKEN, width: 720, theme: 'light' })).rejects.toThrow(
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
    await rendered.page.getByText('Fabrikam Nordic').waitFor()
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
    expect(service().requests).toEqual([{ method: 'GET', authorization: `Bearer ${TOKEN}`, ifNoneMatch: undefined, status: 200 }])
    expect(rendered.problems()).toEqual({ pageErrors: [], failedRequests: [], outside: [] })
    // README.md beside this file says what each of them is and why it may be missing
    expect(await rendered.shimsEvaluated()).toEqual(await shimsInReadme())
  })

  it('shows what changed in the service, and nothing when the author hides both lists', async () => {
    service().answerWith({ view: { ...fullView, tenant: { displayName: 'Another tenant' } } })
    const rendered = await render({ properties: { showAreas: false, showRisks: false, title: 'Our score' } })
    await rendered.page.getByRole('heading', { name: 'Our score' }).waitFor()
    await rendered.page.getByText('Another tenant').waitFor()
    const text = await textOf(rendered)
    expect(text).toContain('Another tenant')
    expect(text).not.toContain('Conditional access')
    expect(text).not.toContain('Guests can invite other guests')
  })

  it('asks again after a minute with the ETag, and not at all while hidden', async () => {
    const rendered = await render({ controlsTime: true })
    await rendered.page.getByText('Fabrikam Nordic').waitFor()
    await rendered.setHidden(true)
    await rendered.page.clock.fastForward(10 * 60_000)
    await pageAsksForItself(rendered)
    expect(service().requests).toHaveLength(1)

    const second = rendered.page.waitForResponse((response) => response.status() === 304)
    await rendered.setHidden(false)
    await rendered.page.clock.fastForward(10)
    await second
    await pageAsksForItself(rendered)

    service().answerWith({ view: { ...fullView, tenant: { displayName: 'Renamed meanwhile' } } })
    await rendered.page.clock.fastForward(60_000)
    await rendered.page.getByText('Renamed meanwhile').waitFor()
    expect(service().requests.map(({ status }) => status)).toEqual([200, 304, 200])
  })

  it.each([
    ['no scan yet', emptyView, ['No scan yet', 'after an administrator has started the first scan', 'reads and changes nothing']],
    ['nothing open', clearView, ['Nothing is open. 218 checks were read.']],
  ])('says so: %s', async (_, view, words) => {
    service().answerWith({ view })
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
    service().answerWith({ status })
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
    expect(service().requests).toEqual([])
  })

  it('keeps the last good figures with their time while the service fails, and recovers on request', async () => {
    const rendered = await render({ controlsTime: true })
    await rendered.page.getByText('Fabrikam Nordic').waitFor()
    service().answerWith({ status: 503 })
    await rendered.page.clock.fastForward(60_000)
    await rendered.page.getByText('The service could not answer.').waitFor()
    const text = await textOf(rendered)
    expect(text).toContain('It reported status 503. Nothing was changed.')
    expect(text).toContain('The figures below were read')
    expect(text).toContain('Fabrikam Nordic')
    service().answerWith({ view: clearView })
    await rendered.page.getByRole('button', { name: 'Try again' }).click()
    await rendered.page.getByText('Nothing is open.').waitFor()
    expect(await textOf(rendered)).not.toContain('could not answer')
  })

  it('says that nothing answers, and that an answer of another shape is not understood', async () => {
    const rendered = await render({ serviceUrl: 'http://127.0.0.1:9' })
    await rendered.page.getByText('The service did not answer.').waitFor()
    await rendered.close()
    service().answerWith({ body: '{"score":"high"}' })
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
    expect(service().requests).toEqual([])
    expect(await rendered.accessibilityViolations()).toEqual([])
  })
})
