import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const root = join(import.meta.dirname, '..', '..')

/** A pattern must mean one thing wherever it is drawn: hatching says that something was not read. */
test('only the bars of an area are hatched', () => {
  const files = ['ui', 'teamsapp'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx') && !/node_modules|dist/.test(file))
      .map((file) => join(folder, file)),
  )
  expect(files.filter((file) => /\bhatch\b|<pattern/.test(readFileSync(join(root, file), 'utf8')))).toEqual([join('ui', 'area-bar.tsx')])
})
