import { describe, expect, it } from '@jest/globals'
import { layers, soleImporters, type Layer } from './layers.ts'
import { importsOf, readText, sourceFiles, type ImportLine } from './source.ts'

const files = ['core', 'bot/src', 'ui', 'teamsapp'].flatMap(sourceFiles)

function within(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`)
}

/** The layer that owns a file: the longest matching place. */
function layerOf(file: string): Layer | undefined {
  return layers.filter(({ at }) => within(file, at)).sort((a, b) => b.at.length - a.at.length)[0]
}

function problem(file: string, { target, own, typeOnly }: ImportLine): string | undefined {
  const layer = layerOf(file)
  if (!layer) return `${file} belongs to no layer`
  if (!own) return layer.packages.includes(target) ? undefined : `${file} may not import the package ${target}`
  if (within(target, layer.at) && layerOf(target) === layer) return undefined
  if (layer.mayImport.some((place) => within(target, place))) return undefined
  if (typeOnly && (layer.typesFrom ?? []).some((place) => within(target, place))) return undefined
  if (layer.at.endsWith('.ts') && within(target, layer.at)) return undefined
  return `${file} may not import ${target}`
}

describe('layers', () => {
  it('every import is one that the table allows', () => {
    expect(files.length).toBeGreaterThan(20)
    expect(
      files.flatMap((file) =>
        importsOf(file)
          .map((line) => problem(file, line))
          .filter((found) => found !== undefined),
      ),
    ).toEqual([])
  })

  it.each(soleImporters)('$what is imported by $by only: $why', ({ what, by }) => {
    const importers = files.filter(
      (file) =>
        !within(file, what) &&
        !by.includes(file) &&
        importsOf(file).some((line) => line.own && !line.typeOnly && within(line.target, what)),
    )
    expect(importers).toEqual([])
  })

  it('write transactions are opened in store, identity, engine and operator alone', () => {
    const allowed = ['bot/src/store', 'bot/src/identity', 'bot/src/engine', 'bot/src/operator']
    const opening = files.filter((file) => importsNamed(file, 'writeTx'))
    expect(opening.length).toBeGreaterThan(0)
    expect(opening.filter((file) => !allowed.some((place) => within(file, place)))).toEqual([])
  })

  it('process.env is read in config.ts alone', () => {
    expect(files.filter((file) => file.startsWith('bot/') && file !== 'bot/src/config.ts' && mentions(file, 'process.env'))).toEqual([])
  })

  it('catches what it should: a foreign package, a sibling, a write from the read plane', () => {
    expect(problem('core/posture/judge.ts', { target: 'node:fs', own: false, typeOnly: false })).toContain('may not import')
    expect(problem('bot/src/http/server.ts', { target: 'bot/src/chat/turn.ts', own: true, typeOnly: false })).toContain('may not import')
    expect(problem('ui/card.tsx', { target: 'core/api/me.ts', own: true, typeOnly: false })).toContain('may not import')
    expect(problem('ui/card.tsx', { target: 'core/api/me.ts', own: true, typeOnly: true })).toBeUndefined()
  })
})

function mentions(file: string, text: string): boolean {
  return readText(file).includes(text)
}

function importsNamed(file: string, name: string): boolean {
  return new RegExp(`import\\s*\\{[^}]*\\b${name}\\b[^}]*\\}\\s*from`).test(readText(file))
}
