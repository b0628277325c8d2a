import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { catalogues } from '../tools/catalogues.ts'
import { readText, root, sourceFiles } from './source.ts'

const { grouped }: { grouped: string } = await import(join(root, 'jest.config.mjs'))

describe.each(catalogues)('catalogue of $kind entries', ({ kind, folder, list, exportName, tests, page }) => {
  const files = sourceFiles(folder)
  const fileIds = files.map((file) => file.slice(file.lastIndexOf('/') + 1, -'.ts'.length))

  async function listed(): Promise<readonly { readonly id: string }[]> {
    const module: Record<string, unknown> = await import(join(root, list))
    const entries = module[exportName]
    if (!Array.isArray(entries)) throw new Error(`${list} exports no list called ${exportName}.`)
    return entries
  }

  it('lists each file once, under the id that is its name', async () => {
    const ids = (await listed()).map(({ id }) => kebab(id))
    expect(files.length).toBeGreaterThan(0)
    expect([...ids].sort()).toEqual([...fileIds].sort())
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('has a test of the same name for each', () => {
    expect(
      files
        .map((file) => join(tests, file.slice(folder.length + 1).replace(/\.ts$/, '.test.ts')))
        .filter((file) => !existsSync(join(root, file))),
    ).toEqual([])
  })

  it('has each of these tests run, by itself or with its group', () => {
    const folders = new Set(files.map((file) => dirname(join(tests, file.slice(folder.length + 1)))))
    for (const each of folders) {
      const group = new RegExp(grouped).exec(`/${each}/`)?.[0].slice(1, -1)
      if (group === undefined) continue
      expect(readText(`${group}.test.ts`)).toContain(`await runTestsIn(join(import.meta.dirname, '${basename(group)}'))`)
    }
  })

  it('has a heading of the same name for each in the generated page', () => {
    const text = readText(page)
    expect(fileIds.filter((id) => !text.includes(`## ${id}\n`))).toEqual([])
  })

  it('keeps entries short', () => {
    // An action carries its reasons and its plan, a fact the schema of its rows.
    const longest = { fact: 70, check: 60, action: 90, claim: 60, probe: 60 }[kind]
    expect(files.filter((file) => readText(file).split('\n').length > longest)).toEqual([])
  })
})

/** Fact ids are property names and so camelCase; everything else is named like its file. */
function kebab(id: string): string {
  return id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
