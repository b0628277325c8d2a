import type { Browser } from 'playwright-core'
import { teamsHostAt } from '../../e2e/teams-host/host-page.ts'
import { startMockService, type MockService } from '../mock-service.ts'
import { loadTab, openTab, turnTo, type Look, type OpenTab } from '../tab-browser.ts'
import type { Cell, MatrixPage } from './cell.ts'

export const looks: readonly Look[] = ['light', 'dark', 'contrast']
/** Narrow first: the list of the settings is a page of its own only there. */
export const widths = [360, 1440] as const

/** One window that goes through cells one after the other, with a mock of its own, so that several can do so side by side. */
export interface Lane {
  readonly mock: MockService
  readonly open: OpenTab
}

/** Opens windows in the page that plays Teams, where all three themes can be had without loading anything again. */
export async function openLanes(browser: Browser, dist: string, count: number): Promise<Lane[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const mock = await startMockService({ dist, extra: teamsHostAt })
      return { mock, open: await openTab(browser, mock, '/overview', { inTeams: true }) }
    }),
  )
}

export async function closeLanes(lanes: readonly Lane[]): Promise<void> {
  await Promise.all(
    lanes.map(async ({ mock, open }) => {
      await open.context.close()
      await mock.close()
    }),
  )
}

/** Gives each lane the next piece of work as soon as it is done with the one before. */
export async function inLanes<Work>(
  lanes: readonly Lane[],
  work: readonly Work[],
  act: (lane: Lane, one: Work) => Promise<void>,
): Promise<void> {
  const waiting = [...work]
  await Promise.all(
    lanes.map(async (lane) => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await act(lane, one)
    }),
  )
}

/** Loads a page in one of its states and waits until it shows what it should. */
export async function showCell({ mock, open }: Lane, page: MatrixPage, cell: Cell): Promise<void> {
  mock.reset()
  cell.prepare(mock)
  await open.page.setViewportSize({ width: widths[0], height: 900 })
  await loadTab(open, mock, cell.path ?? page.path, 'light')
  const { tab } = open
  const skeleton = tab.getByRole('status', { name: 'Loading' }).or(tab.getByRole('progressbar', { name: 'Loading' }))
  const shows = cell.shows === 'Loading' ? skeleton : tab.getByText(cell.shows).filter({ visible: true })
  await shows.first().waitFor()
  while (mock.isAnswering()) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** Turns a shown cell through themes and both widths, and looks at each. */
export async function throughLooks(
  { open }: Lane,
  shown: readonly Look[],
  look: (look: Look, width: number) => Promise<void>,
): Promise<void> {
  for (const width of widths)
    for (const one of shown) {
      await turnTo(open, one, width)
      await look(one, width)
    }
}
