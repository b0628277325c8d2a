import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Frame, Page, Response } from 'playwright-core'

/** Where something secret was found, and how it begins: enough to look for it, too little to use it. */
export interface Leak {
  readonly place: string
  readonly begins: string
}

/** Shapes of what must not leave the service: tokens of Entra, refresh tokens, keys and the names under which they travel. */
const shapes: readonly RegExp[] = [
  // Any JSON Web Token, signed or not: header and claims begin with {".
  /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]*/g,
  // Refresh tokens of Entra, and of its stand-in.
  /\b[01]\.[\w-]{60,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/g,
  /"(?:access_token|refresh_token|id_token|client_secret|assertion)"\s*:\s*"[^"]+"/g,
]

/** Looks for shapes of secrets and for secrets that are known word for word. */
export class LeakScan {
  readonly #known: readonly string[]

  constructor(known: readonly string[]) {
    if (known.some((secret) => secret.length < 8)) throw new Error('A known secret is too short to be looked for.')
    this.#known = known
  }

  in(place: string, text: string): Leak[] {
    const shaped = shapes.flatMap((shape) => [...text.matchAll(shape)].map(([found]) => found))
    const known = this.#known.filter((secret) => text.includes(secret))
    return [...shaped, ...known].map((found) => ({ place, begins: found.slice(0, 12) }))
  }

  /** Every file of a folder. */
  inFolder(folder: string): Leak[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => this.in(`file ${entry.name}`, readFileSync(join(entry.parentPath, entry.name), 'utf8')))
  }

  /** Everything that scripts of a frame can read back: storages, databases, caches, cookies, address and history. */
  async inStorage(frame: Frame): Promise<Leak[]> {
    const kept = await frame.evaluate(readStorage)
    return Object.entries(kept).flatMap(([place, text]) => this.in(place, text))
  }
}

/** Bodies and headers of every answer of an origin to any page of the context, gathered as they come. */
export function gatherAnswers(context: BrowserContext, origin: string): { readonly texts: () => Promise<ReadonlyMap<string, string>> } {
  const reading: Promise<[string, string]>[] = []
  context.on('response', (response) => {
    if (new URL(response.url()).origin === origin) reading.push(textOf(response, reading.length))
  })
  return { texts: async () => new Map(await Promise.all(reading)) }
}

async function textOf(response: Response, number: number): Promise<[string, string]> {
  const place = `answer ${number} of ${new URL(response.url()).pathname}`
  // A stream has no end to wait for, and a redirect no body.
  const isOpenEnded = (response.headers()['content-type'] ?? '').includes('event-stream')
  const body = isOpenEnded ? '' : await response.text().catch(() => '')
  const headers = (await response.headersArray().catch(() => []))
    // The session's own cookie is what this header is for; it is looked at by itself.
    .filter(({ name }) => name.toLowerCase() !== 'set-cookie')
    .map(({ name, value }) => `${name}: ${value}`)
  return [place, `${headers.join('\n')}\n\n${body}`]
}

/** Frames of a page that show something of an origin. */
export function framesOf(page: Page, origin: string): Frame[] {
  return page.frames().filter((frame) => frame.url().startsWith(origin))
}

async function readStorage(): Promise<Record<string, string>> {
  const databases: unknown[] = []
  // In a frame of another site a browser may give no storage at all: then nothing is kept there.
  for (const { name } of await indexedDB.databases().catch(() => [])) {
    if (name === undefined) continue
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error ?? new Error(name))
    })
    for (const store of database.objectStoreNames)
      databases.push(
        await new Promise((resolve, reject) => {
          const all = database.transaction(store).objectStore(store).getAll()
          all.onsuccess = () => resolve([name, store, all.result])
          all.onerror = () => reject(all.error ?? new Error(store))
        }),
      )
    database.close()
  }
  const cached: string[] = []
  for (const name of await caches.keys().catch(() => [])) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) cached.push(`${request.url} ${(await (await cache.match(request))?.text()) ?? ''}`)
  }
  const storageText = (given: () => Storage): string => {
    try {
      return JSON.stringify({ ...given() })
    } catch {
      return ''
    }
  }
  return {
    localStorage: storageText(() => localStorage),
    sessionStorage: storageText(() => sessionStorage),
    indexedDB: JSON.stringify(databases),
    caches: cached.join('\n'),
    'readable cookies': document.cookie,
    'address and history': `${location.href} ${JSON.stringify(history.state)} ${window.name}`,
    document: document.documentElement.outerHTML,
  }
}
