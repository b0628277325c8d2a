import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'

export const spfxFolder = join(import.meta.dirname, '../../spfx')
export const builtPackage = join(spfxFolder, 'sharepoint/solution/countersign.sppkg')

/** jszip comes with the toolchain of the web parts, which also wrote the package. */
interface Zip {
  readonly files: Readonly<
    Record<string, { readonly dir: boolean; async(type: 'nodebuffer'): Promise<Buffer>; async(type: 'string'): Promise<string> }>
  >
  file(name: string, content: string): unknown
  generateAsync(options: { type: 'nodebuffer' }): Promise<Buffer>
}

/** A component manifest as the package carries it, as far as a page needs it. */
export interface ComponentManifest {
  readonly id: string
  readonly alias: string
  readonly version: string
  readonly loaderConfig: {
    readonly internalModuleBaseUrls: readonly string[]
    readonly entryModuleId: string
    readonly scriptResources: Readonly<
      Record<string, { readonly type: string; readonly id?: string; readonly version?: string; readonly path?: string }>
    >
  }
}

export interface WebPartPackage {
  /** File name → content of everything under ClientSideAssets. */
  readonly assets: ReadonlyMap<string, Buffer>
  readonly webParts: readonly ComponentManifest[]
  readonly appManifest: string
}

/** Opens a package the way SharePoint's app catalogue does: manifests from the feature's XML, scripts from the assets. */
export async function readPackage(file: string): Promise<WebPartPackage> {
  const zip = await openZip(file)
  const assets = new Map<string, Buffer>()
  const webParts: ComponentManifest[] = []
  let appManifest = ''
  for (const [name, entry] of Object.entries(zip.files)) {
    if (entry.dir) continue
    if (name.startsWith('ClientSideAssets/')) assets.set(basename(name), await entry.async('nodebuffer'))
    if (name === 'AppManifest.xml') appManifest = await entry.async('string')
    if (/\/WebPart_[^/]*\.xml$/.test(name)) webParts.push(manifestOf(await entry.async('string'), name))
  }
  if (webParts.length === 0) throw new Error(`${file} holds no web part: is it a SharePoint package?`)
  return { assets, webParts, appManifest }
}

/** A copy of a package in which every script of the web part has been changed. */
export async function withChangedScripts(file: string, change: (script: string) => string): Promise<Buffer> {
  const zip = await openZip(file)
  for (const [name, entry] of Object.entries(zip.files)) {
    if (/^ClientSideAssets\/posture-web-part_[^/]*\.js$/.test(name)) zip.file(name, change(await entry.async('string')))
  }
  return zip.generateAsync({ type: 'nodebuffer' })
}

async function openZip(file: string): Promise<Zip> {
  const content = await readFile(file).catch(() => undefined)
  if (!content) throw new Error(`${file} is missing: run "npm run build" in spfx first.`)
  const library: { loadAsync(content: Buffer): Promise<Zip> } = createRequire(join(spfxFolder, 'package.json'))('jszip')
  return library.loadAsync(content)
}

function manifestOf(xml: string, name: string): ComponentManifest {
  const attribute = /ComponentManifest="([^"]*)"/.exec(xml)?.[1]
  if (!attribute) throw new Error(`${name} has no ComponentManifest attribute.`)
  const characters: Readonly<Record<string, string>> = { quot: '"', lt: '<', gt: '>', apos: "'", amp: '&' }
  const manifest: ComponentManifest = JSON.parse(
    attribute.replace(/&(quot|lt|gt|apos|amp);/g, (mark, word: string) => characters[word] ?? mark),
  )
  return manifest
}
