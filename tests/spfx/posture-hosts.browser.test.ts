import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { soon, until } from '../teamsapp/until.ts'
import { useSharePoint } from './fixture.ts'
import type { RenderedPosture } from './render.ts'

const pictures = join(import.meta.dirname, '../pictures')
const { render, service } = useSharePoint()

describe('on a page of the site', () => {
  it("draws a skeleton only when the service is slow, and takes the page's theme", async () => {
    const delay = service().hold()
    const rendered = await render({ theme: 'dark' })
    await rendered.page.getByRole('status', { name: 'Reading the posture' }).waitFor()
    delay.release()
    await rendered.page.getByText('Fabrikam Nordic').waitFor()
    await rendered.page.getByRole('status').waitFor({ state: 'detached' })
    await soon(async () => expect(await groundOf(rendered)).toBeLessThan(60))
    await rendered.setTheme('light')
    await soon(async () => expect(await groundOf(rendered)).toBeGreaterThan(200))
  })

  it('is accessible and fits at 360 and 720 pixels, light and dark', async () => {
    await mkdir(pictures, { recursive: true })
    const rendered = await render({ theme: 'light', width: 360 })
    await rendered.page.getByText('Fabrikam Nordic').waitFor()
    for (const theme of ['light', 'dark'] as const) {
      await rendered.setTheme(theme)
      await until(async () => (theme === 'light' ? (await groundOf(rendered)) > 200 : (await groundOf(rendered)) < 60))
      for (const width of [360, 720]) {
        await rendered.page.setViewportSize({ width, height: 900 })
        await soon(async () => expect(await rendered.page.evaluate('document.documentElement.scrollWidth')).toBe(width))
        expect(await rendered.accessibilityViolations()).toEqual([])
        await rendered.page.screenshot({ path: join(pictures, `spfx-posture-${width}-${theme}.png`), fullPage: true })
      }
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
    expect(service().requests).toHaveLength(1)
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
    await until(async () => isRight(await groundOf(rendered)))
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
