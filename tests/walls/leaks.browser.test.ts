import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { z } from 'zod'
import { overviewSchema } from '../../core/api/posture.ts'
import { apiWith } from '../bot/service.ts'
import { openBrowser } from '../e2e/browser.ts'
import { patience } from '../e2e/patience.ts'
import { builtTab, dist } from '../teamsapp/built-tab.ts'
import { until } from '../teamsapp/until.ts'
import { openChatLine, type ChatLine } from './chat-line.ts'
import { framesOf, gatherAnswers, LeakScan } from './leaks.ts'
import { startWalls, type Walls } from './stack.ts'
import { newContext, openInTeams, sessionCookie, signIn } from './tab-walls.ts'

let walls: Walls
let line: ChatLine
let browser: Browser
let log = ''

beforeAll(async () => {
  await builtTab()
  walls = await startWalls({ withAid: true })
  log = walls.service.complaints()
  walls.service.process.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')))
  line = await openChatLine(walls.emulator)
  await walls.emulator.control('PUT', '/bot', {
    endpoint: `${walls.origin}/api/messages`,
    appId: walls.registrations.ids.chat,
    tenant: 'contoso-demo',
  })
  browser = await openBrowser()
}, patience.start)
afterAll(async () => {
  await browser?.close()
  await line?.close()
  await walls?.stop()
})

const canary = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"canary":"of the test"}').toString('base64url')}.c2lnbmF0dXJl`

const receiptsSchema = z.object({ receipts: z.array(z.unknown()) })

test(
  'tokens and secrets: after a walk from the sign-in to the receipt, in both hosts, there is none in answers, storage, bundle or log, where a planted one is found',
  async () => {
    const token = await walls.tokenOf('contoso-demo', 'ada')
    const scan = new LeakScan([...Object.values(walls.registrations.secrets), token])
    const context = await newContext(browser)
    const answers = gatherAnswers(context, walls.origin)
    const page = await signIn(context, walls.origin, 'Ada Lindqvist')
    const cookie = (await context.cookies()).find(({ name }) => name === sessionCookie)?.value ?? ''
    await walk()
    for (const path of ['/overview', '/findings', '/actions', '/changes', '/receipts', '/trust', '/settings']) {
      await page.goto(`${walls.origin}${path}`)
      await page
        .locator('main:not([aria-busy]) h1')
        .waitFor()
        .catch(() => expect(path).toBe('shown'))
    }
    const inTeams = await openInTeams(context, walls, token, '/receipts')
    await inTeams.frameLocator('iframe').getByRole('heading', { level: 1, name: 'Receipts' }).waitFor()

    const frames = [...framesOf(page, walls.origin), ...framesOf(inTeams, walls.origin)]
    expect(frames).toHaveLength(2)
    const texts = await answers.texts()
    expect(texts.size).toBeGreaterThan(40)
    expect([...texts].flatMap(([place, text]) => scan.in(place, text))).toEqual([])
    for (const frame of frames)
      expect(await new LeakScan([...Object.values(walls.registrations.secrets), cookie]).inStorage(frame)).toEqual([])
    expect(scan.inFolder(dist)).toEqual([])
    expect(log).toContain('request served')
    expect(new LeakScan([...Object.values(walls.registrations.secrets), token, cookie]).in('log', log)).toEqual([])

    // The same looks find what is planted, in each of the places.
    await context.route(`${walls.origin}/api/overview`, (route) => route.fulfill({ json: { canary } }))
    await page.evaluate(() => fetch('/api/overview').then((answer) => answer.text()))
    expect([...(await answers.texts())].flatMap(([place, text]) => scan.in(place, text))).toMatchObject([
      { place: expect.stringContaining('/api/overview') },
    ])
    const frame = framesOf(page, walls.origin)[0]
    await frame?.evaluate(async (planted) => {
      localStorage.setItem('a', planted)
      sessionStorage.setItem('a', planted)
      document.cookie = `a=${planted}`
      await (await caches.open('a')).put('/a', new Response(planted))
      await new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('a', 1)
        opening.onupgradeneeded = () => opening.result.createObjectStore('s')
        opening.onerror = () => reject(opening.error ?? new Error('a'))
        opening.onsuccess = () => {
          const writing = opening.result.transaction('s', 'readwrite')
          writing.objectStore('s').put({ planted }, 1)
          writing.oncomplete = () => resolve()
        }
      })
    }, canary)
    expect((frame ? await scan.inStorage(frame) : []).map(({ place }) => place)).toEqual([
      'localStorage',
      'sessionStorage',
      'indexedDB',
      'caches',
      'readable cookies',
    ])
    const copy = mkdtempSync(join(tmpdir(), 'cs-bundle-'))
    cpSync(dist, copy, { recursive: true })
    appendFileSync(join(copy, 'index.html'), `<!-- ${walls.registrations.secrets.read} -->`)
    expect(scan.inFolder(copy)).toMatchObject([{ place: 'file index.html' }])
    rmSync(copy, { recursive: true })
    expect(scan.in('log', `${log}{"level":30,"header":"Bearer ${canary}"}`)).toHaveLength(1)
    await context.close()

    /** Scan, proposal, countersignature, receipt: by the interface and in the chat, in the name of the person who is signed in. */
    async function walk(): Promise<void> {
      const api = apiWith(walls.origin, token)
      await page.getByRole('button', { name: 'Scan now' }).click()
      await until(async () => {
        const { lastScan, runningScan } = overviewSchema.parse((await api.get('/api/overview')).body)
        return lastScan !== null && runningScan === null
      })
      await page.goto(`${walls.origin}/findings/app-secret-expired`)
      const ada = (await walls.people('contoso-demo')).find(({ userPrincipalName }) => userPrincipalName.startsWith('ada@'))
      const writer = { tenantId: walls.tenant('contoso-demo').id, objectId: ada?.id ?? '', name: 'Ada Lindqvist', conversationId: 'a:ada' }
      await line.say(writer, 'help')
      await page
        .getByRole('button', { name: /^Fix with the Aid/ })
        .first()
        .click()
      const card = await line.waitFor(writer.conversationId, /"offerId"/)
      const { said } = await line.say(writer, `yes ${/reply: yes ([A-Z0-9]{4})/i.exec(card)?.[1] ?? ''}`)
      expect(said.join(' ')).not.toBe('')
      await until(async () => receiptsSchema.parse((await api.get('/api/receipts')).body).receipts.length > 0)
    }
  },
  patience.test,
)
