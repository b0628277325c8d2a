import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { root } from '../source.ts'

interface TestFile {
  readonly path: string
}
const order: {
  readonly default: new (options: object) => { sort: (files: readonly TestFile[]) => readonly TestFile[] }
  readonly longest: Readonly<Record<string, number>>
} = await import(join(root, 'tools', 'test-order.mjs'))
const longest = Object.keys(order.longest)

/** A file of a tier, of so many bytes, that nothing was measured of. */
function file(path: string, bytes: number): TestFile {
  const tier = /\.(integration|browser)\./.exec(path)?.[1]
  const context = { config: { cache: false, displayName: { name: tier } }, hasteFS: { getSize: () => bytes } }
  return Object.assign({ path: join(root, path) }, { context })
}

describe('the order of test files', () => {
  it('knows the longest by names that there are', () => {
    expect(longest.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('begins with the longest of each kind, however short the file that gathers its tests, and leaves none out', () => {
    const [first = '', second = ''] = longest.filter((path) => path.includes('.integration.'))
    const browser = longest.find((path) => path.includes('.browser.')) ?? ''
    const given = [
      file('tests/a.integration.test.ts', 9000),
      file('tests/b.integration.test.ts', 10_000),
      file('tests/c.browser.test.ts', 20_000),
      file(second, 300),
      file(first, 200),
      file(browser, 100),
    ]
    const paths = new order.default({}).sort(given).map(({ path }) => path)
    expect(paths).toEqual(
      [browser, first, 'tests/c.browser.test.ts', second, 'tests/b.integration.test.ts', 'tests/a.integration.test.ts'].map((path) =>
        join(root, path),
      ),
    )
  })
})
