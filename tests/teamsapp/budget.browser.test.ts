import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from '@jest/globals'
import { z } from 'zod'
import { patience } from '../e2e/patience.ts'
import { builtTab } from './built-tab.ts'

/** Vite's manifest: https://vite.dev/guide/backend-integration */
const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    isEntry: z.boolean().optional(),
    imports: z.array(z.string()).default([]),
    dynamicImports: z.array(z.string()).default([]),
    css: z.array(z.string()).default([]),
  }),
)
type Manifest = z.infer<typeof manifestSchema>

/** KiB gzip. First load counts what the overview needs in Teams: the entry with all it imports, and teams-js. */
const budget = { firstLoad: 200, lazyPage: 60, teamsfx: 70, css: 5, firstFiles: 4 } as const

let dist = ''
let manifest: Manifest = {}
beforeAll(async () => {
  dist = await builtTab()
  manifest = manifestSchema.parse(JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')))
}, patience.start)

test('the first load stays within its budget', () => {
  const size = kibibytes(firstLoad())
  console.log(`first load in Teams: ${size.toFixed(1)} KiB gzip; in a browser: ${kibibytes(closure([entry()])).toFixed(1)}`)
  expect(size).toBeLessThanOrEqual(budget.firstLoad)
  // Each file costs a request: the entry, the product's own code, the libraries and the bundler's helper.
  expect(closure([entry()]).size).toBeLessThanOrEqual(budget.firstFiles)
})

test('nothing imports the entry: it waits for the host, and what imports it would wait for itself', () => {
  const importers = Object.entries(manifest).filter(([, { imports }]) => imports.includes(entry()))
  expect(importers.map(([key]) => key)).toEqual([])
})

test('each page that is loaded later stays within its budget, and teamsfx is loaded by none', () => {
  const first = firstLoad()
  const pages = Object.keys(manifest).filter((key) => key.startsWith('pages/') && !first.has(key))
  expect(pages.length).toBeGreaterThanOrEqual(6)
  for (const page of pages) {
    const own = new Set([...closure([page])].filter((key) => !first.has(key)))
    expect({ page, fits: kibibytes(own) <= budget.lazyPage }).toEqual({ page, fits: true })
    expect([...own].some((key) => key.includes('teamsfx'))).toBe(false)
  }
})

test('teamsfx is a chunk of its own that only consent asks for', () => {
  const teamsfx = Object.keys(manifest).filter((key) => key.includes('teamsfx'))
  expect(teamsfx.length).toBe(1)
  expect([...firstLoad()].filter((key) => teamsfx.includes(key))).toEqual([])
  expect(
    Object.entries(manifest)
      .filter(([, { dynamicImports }]) => dynamicImports.some((key) => teamsfx.includes(key)))
      .map(([key]) => key),
  ).toEqual(['host/consent.ts'])
  expect(kibibytes(new Set(teamsfx))).toBeLessThanOrEqual(budget.teamsfx)
})

test('nothing of core is in the bundle, and the style sheet is small', () => {
  for (const { file } of Object.values(manifest)) {
    if (file.endsWith('.js')) expect(readFileSync(join(dist, file), 'utf8')).not.toContain('countersign-receipt/1')
  }
  const css = new Set(Object.values(manifest).flatMap((chunk) => chunk.css))
  expect([...css].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / 1024).toBeLessThanOrEqual(budget.css)
})

function entry(): string {
  const [found] = Object.entries(manifest).find(([, chunk]) => chunk.isEntry === true) ?? []
  if (found === undefined) throw new Error('The manifest has no entry.')
  return found
}

function firstLoad(): Set<string> {
  return closure([entry(), 'host/teams.ts'])
}

function closure(keys: readonly string[]): Set<string> {
  const all = new Set<string>()
  const waiting = [...keys]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const chunk = manifest[key]
    if (!chunk) throw new Error(`The manifest has no chunk ${key}.`)
    if (!all.has(key)) waiting.push(...chunk.imports)
    all.add(key)
  }
  return all
}

function kibibytes(keys: ReadonlySet<string>): number {
  const files = new Set([...keys].flatMap((key) => manifest[key]?.file ?? []))
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / 1024
}
