import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { viewPostureSchema, type ViewPosture } from '../../core/api/posture.ts'
import { problemSchema } from '../../core/api/problem.ts'
import { capabilities } from '../../core/principal.ts'
import { freePort } from '../../tools/stack/service.ts'
import { formatScore, scoreDecimals } from '../../ui/format.ts'
import { apiWith, sharePointClient, type Api } from '../bot/service.ts'
import { beTolerant } from '../e2e/attempts.ts'
import { patience } from '../e2e/patience.ts'
import { soon } from '../teamsapp/until.ts'
import { digestTables, untilNothingIsDue } from '../walls/inside.ts'
import { allRoutes, callRoute, guardedRoutes, pathOf, scan, startWalls, type Walls } from '../walls/stack.ts'
import { partsOf, tokensFor } from '../../tools/stack/tokens.ts'
import { textOf } from './fixture.ts'
import { openSharePoint, type SharePoint } from './render.ts'

beTolerant()
let walls: Walls
let sharePoint: SharePoint
/** The page of another site on this machine, which the service was never told of. */
let otherSite: SharePoint
let dashboard: Api
let dashboardToken: string
let view: ViewPosture

beforeAll(async () => {
  const port = await freePort()
  walls = await startWalls({ env: { SHAREPOINT_HOST: `localhost:${port}` } })
  const certificates = dirname(walls.emulator.ready.ca)
  const tls = { key: readFileSync(join(certificates, 'leaf.key')), cert: readFileSync(join(certificates, 'leaf.pem')) }
  sharePoint = await openSharePoint({ tls, port })
  otherSite = await openSharePoint({ tls })
  await scan(await walls.as('contoso-demo', 'ada'))
  dashboardToken = await posture('cleo')
  dashboard = apiWith(walls.origin, dashboardToken)
  view = viewPostureSchema.parse((await dashboard.get('/api/view/posture')).body)
}, patience.start)
afterAll(async () => {
  await sharePoint?.close()
  await otherSite?.close()
  await walls?.stop()
})

/** A token as a SharePoint page gets it for a person: SharePoint's own client, scope Posture.View. */
async function posture(person: string): Promise<string> {
  const { id, domain } = walls.tenant('contoso-demo')
  const scope = `${walls.registrations.resource}/Posture.View`
  return (await tokensFor(walls.emulator, id, `${person}@${domain}`, { client: sharePointClient, scope })).accessToken
}

function render(site: SharePoint, asked: string[] = []): ReturnType<SharePoint['renderPosture']> {
  return site.renderPosture({
    serviceUrl: walls.origin,
    apiResource: walls.registrations.resource,
    token(resource) {
      asked.push(resource)
      return posture('cleo')
    },
    width: 720,
    theme: 'light',
  })
}

describe('the built web part on a page of the site, with the running service', () => {
  it('shows the score, the areas and the risks of the last scan, as the view says them', async () => {
    expect(sharePoint.origin).toMatch(/^https:\/\/localhost:/)
    expect(view.score).not.toBeNull()
    expect(view.areas.length).toBeGreaterThan(2)
    expect(view.risks.length).toBeGreaterThan(2)
    const asked: string[] = []
    const rendered = await render(sharePoint, asked)
    try {
      await rendered.page.getByText(view.tenant.displayName).first().waitFor()
      const text = (await textOf(rendered)).replace(/\s+/g, ' ')
      expect(text).toContain(`Posture score ${formatScore(view.score?.value ?? null, 'en-US')} of 100`)
      expect(text).toContain(`${view.checks.read} of ${view.checks.of} checks read`)
      expect(text).toContain(`${view.openFindings} open findings`)
      const decimals = scoreDecimals(view.areas.map(({ score }) => score))
      for (const { title, score, open } of view.areas) expect(text).toContain(`${title} ${open} ${formatScore(score, 'en-US', decimals)}`)
      for (const { title } of view.risks) expect(text).toContain(title)
      expect(asked).toEqual([walls.registrations.resource])
      expect(rendered.problems()).toEqual({ pageErrors: [], failedRequests: [], outside: [] })
      // The one cookie is of Microsoft's loader; the service sets none.
      expect((await rendered.page.context().cookies()).map(({ name }) => name)).toEqual(['FeatureOverrides_experiments'])
      expect((await dashboard.get('/api/view/posture')).headers.getSetCookie()).toEqual([])
    } finally {
      await rendered.close()
    }
  })

  it('shows nothing on a page of another site, whose script holds the very same token', async () => {
    const rendered = await render(otherSite)
    try {
      await rendered.page.getByText('The service did not answer.').waitFor()
      expect(await textOf(rendered)).not.toContain(view.tenant.displayName)
    } finally {
      await rendered.close()
    }
  })

  it('is answered across origins on the view alone, and only for the site', async () => {
    const headers = { authorization: `Bearer ${dashboardToken}` }
    for (const route of allRoutes) {
      for (const origin of [sharePoint.origin, otherSite.origin]) {
        const answer = await fetch(`${walls.origin}${pathOf(route)}`, { method: route.method, headers: { ...headers, origin } })
        const isOpen = route.id === 'get-view-posture' && origin === sharePoint.origin
        expect([route.id, origin, answer.headers.get('access-control-allow-origin')]).toEqual([route.id, origin, isOpen ? origin : null])
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
        await answer.text()
      }
    }
  })
})

describe('a token with Posture.View', () => {
  it.each(['ada', 'cleo'])('of %s opens the view and no other route, least of all what changes or exports', async (person) => {
    const token = await posture(person)
    expect(partsOf(token).claims).toMatchObject({ scp: 'Posture.View', azp: sharePointClient })
    const api = apiWith(walls.origin, token)
    expect(viewPostureSchema.parse((await api.get('/api/view/posture')).body)).toEqual(view)
    const others = guardedRoutes.filter(({ id }) => id !== 'get-view-posture')
    expect(others.filter(({ effect }) => effect !== 'none').length).toBeGreaterThanOrEqual(8)
    // A service does some things by itself, at any time: what the calls would change they would change each time.
    await soon(async () => {
      await untilNothingIsDue(walls.dataDir)
      const before = [await digestTables(walls.dataDir), (await walls.requests()).length]
      for (const route of others) {
        const answer = await callRoute(api, route)
        expect([route.id, answer.status]).toEqual([route.id, 403])
        expect(problemSchema.parse(answer.body).title).toBe('Not through this door')
      }
      expect([await digestTables(walls.dataDir), (await walls.requests()).length]).toEqual(before)
    })
  })

  it('names no object of the tenant and nothing that can be acted on', async () => {
    const text = JSON.stringify(view)
    for (const { id, userPrincipalName } of await walls.people('contoso-demo')) {
      expect(text).not.toContain(id)
      expect(text).not.toContain(userPrincipalName)
    }
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i)
    expect(text).not.toMatch(/findingKey|proposalId|receiptNumber|objectId|fix/)
  })
})

describe('the tab’s own token (access_as_user) of a viewer', () => {
  it('is refused with 403 wherever the role is missing, with the roles that may, and nowhere else', async () => {
    const cleo = await walls.as('contoso-demo', 'cleo')
    let refused = 0
    for (const route of guardedRoutes) {
      const needs: readonly string[] | undefined = route.capability === 'public' || route.capability === 'signedIn' ? undefined : capabilities[route.capability]
      const isShut = needs !== undefined && !needs.includes('viewer')
      const answer = await callRoute(cleo, route)
      expect([route.id, answer.status === 403]).toEqual([route.id, isShut])
      if (!isShut) continue
      refused += 1
      expect([route.id, problemSchema.parse(answer.body).roles]).toEqual([route.id, needs])
    }
    expect(refused).toBeGreaterThanOrEqual(12)
  })

  it('a person without any role gets the own name and nothing more', async () => {
    const dan = await walls.as('contoso-demo', 'dan')
    for (const route of guardedRoutes) {
      const answer = await callRoute(dan, route)
      expect([route.id, answer.status]).toEqual([route.id, route.capability === 'signedIn' ? 200 : 403])
    }
  })
})
