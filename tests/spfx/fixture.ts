import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals'
import { beTolerant } from '../e2e/attempts.ts'
import { patience } from '../e2e/patience.ts'
import { startPostureService, type PostureService } from './posture-service.ts'
import { fullView } from './posture-views.ts'
import { openSharePoint, type RenderedPosture, type RenderOptions, type SharePoint } from './render.ts'

export const TOKEN = 'token-of-the-signed-in-person'

export interface Fixture {
  /** A fresh service for every test, answering the full view. */
  service(): PostureService
  /** Opens the web part against that service; closed after the test. */
  render(options?: Partial<RenderOptions>): Promise<RenderedPosture>
}

/** One page host and browser for a test file. */
export function useSharePoint(): Fixture {
  let sharePoint: SharePoint
  let service: PostureService
  let shown: RenderedPosture | undefined
  beTolerant()
  beforeAll(async () => {
    sharePoint = await openSharePoint()
  }, patience.start)
  afterAll(() => sharePoint.close())
  beforeEach(async () => {
    service = await startPostureService(TOKEN, fullView)
  })
  afterEach(async () => {
    await shown?.close()
    shown = undefined
    await service.close()
  })
  return {
    service: () => service,
    async render(options = {}) {
      shown = await sharePoint.renderPosture({ serviceUrl: service.url, token: TOKEN, width: 720, theme: 'light', ...options })
      return shown
    },
  }
}

/** What a person reads in the web part. */
export function textOf(rendered: RenderedPosture): Promise<string> {
  return rendered.page.locator('#canvas').innerText()
}
