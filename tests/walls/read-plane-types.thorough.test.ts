import { describe, expect, it } from '@jest/globals'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { readsOnly } from '../../bot/src/graph/batch-body.ts'

const root = join(import.meta.dirname, '..', '..')
const head = `
import type { Warrant } from '../../core/actions/warrant.ts'
import type { GraphReader } from '../../bot/src/graph/reader.ts'
import type { GraphWriter } from '../../bot/src/graph/writer.ts'
declare const reader: GraphReader
declare const writer: GraphWriter
declare const warrant: Warrant
const request = { method: 'PATCH', path: '/users/1', body: { accountEnabled: false } } as const
const fields = { tenantId: 't', proposalId: 'p', proposalHash: 'h', stepIndex: 0, request, requestHash: 'h', clientRequestId: 'c', userAgent: 'u' }
`

/** Lines that must compile: the two ways in which the product uses Graph. */
const right = [
  `await reader.get('/users')`,
  `await reader.get('/users?$count=true', { eventual: true, signal: AbortSignal.timeout(1) })`,
  `for await (const page of reader.pages('/users', { eventual: true })) void page`,
  `await reader.batch(['/users/1', '/users/2'], { eventual: true })`,
  `await writer.send(warrant)`,
] as const

/** Lines that must not: each one a way to say "write" with what the read plane holds, or without a minted warrant. */
const wrong = [
  `await reader.get('/users', { method: 'POST' })`,
  `await reader.get('/users', { method: 'DELETE', eventual: true })`,
  `await reader.get('/users', { body: {} })`,
  `await reader.get('/users', { headers: { 'X-HTTP-Method': 'PATCH' } })`,
  `await reader.get('/users', 'PATCH')`,
  `await reader.get('/users', {}, { accountEnabled: false })`,
  `await reader.get(request)`,
  `reader.pages('/users', { method: 'DELETE' })`,
  `reader.pages('/users', {}, request)`,
  `await reader.batch([request])`,
  `await reader.batch([{ method: 'DELETE', url: '/users/1' }])`,
  `await reader.batch(['/users/1'], { method: 'DELETE' })`,
  `await reader.batch(['/users/1'], {}, [{ accountEnabled: false }])`,
  `await reader.post('/users', {})`,
  `await reader.patch('/users/1', {})`,
  `await reader.put('/users/1', {})`,
  `await reader.delete('/users/1')`,
  `await reader.send(warrant)`,
  `await reader.api('/users').post({})`,
  `await reader.client.api('/users').post({})`,
  `const other: GraphWriter = reader`,
  `const other: GraphReader = writer`,
  `await writer.send(request)`,
  `await writer.send(fields)`,
  `await writer.send({ ...fields, minted: true })`,
  `await writer.send({ ...fields, [Symbol('minted')]: true })`,
  `const made: Warrant = fields`,
  `const made: Warrant = { ...fields, minted: true }`,
  `function mint(): Warrant { return fields }`,
  `const shape: { readonly [Key in keyof Warrant]: unknown } = fields`,
  `warrant.request = request`,
  `warrant.request.path = '/users/2'`,
  `await writer.send()`,
  `await writer.send(warrant, { path: '/users/2' })`,
  `await writer.get('/users')`,
  `const symbol: typeof import('../../core/actions/warrant.ts').minted = Symbol()`,
] as const

/** One program: every line above in a file of its own, as if it stood here, beside the files that talk to Graph. */
function compile(lines: readonly string[]): {
  readonly program: ts.Program
  readonly names: readonly string[]
  readonly graphFiles: readonly string[]
} {
  const configFile = join(root, 'bot', 'tsconfig.json')
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(configFile, ts.sys.readFile).config, ts.sys, join(root, 'bot'))
  const files = new Map(lines.map((line, index) => [join(import.meta.dirname, `line-${index}.ts`), `${head}${line}\nexport {}\n`]))
  const graphFolder = join(root, 'bot', 'src', 'graph')
  const graphFiles = readdirSync(graphFolder).map((name) => join(graphFolder, name))
  const real = ts.createCompilerHost(options, true)
  const host: ts.CompilerHost = {
    ...real,
    fileExists: (name) => files.has(name) || real.fileExists(name),
    readFile: (name) => files.get(name) ?? real.readFile(name),
    getSourceFile(name, languageVersion, ...rest) {
      const text = files.get(name)
      return text === undefined
        ? real.getSourceFile(name, languageVersion, ...rest)
        : ts.createSourceFile(name, text, languageVersion, true)
    },
  }
  return { program: ts.createProgram({ rootNames: [...files.keys(), ...graphFiles], options, host }), names: [...files.keys()], graphFiles }
}

const { program, names, graphFiles } = compile([...right, ...wrong])

/** What the compiler says of one line. */
function complaints(index: number): readonly string[] {
  const file = program.getSourceFile(names[index] ?? '')
  if (!file) throw new Error(`Line ${index} was not compiled.`)
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((diagnostic) => {
    const { line } = file.getLineAndCharacterOfPosition(diagnostic.start ?? 0)
    const place = line < head.split('\n').length - 1 ? 'in the head: ' : ''
    return place + ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')
  })
}

/** Members of a request of Microsoft's Graph client that the code names; only bot/src/graph may import the client (tests/layers.ts). */
function graphClientMembers(): readonly {
  readonly name: string
  /** Types of what a call hands over, for a member that sends a body. */ readonly bodies: readonly string[]
}[] {
  const checker = program.getTypeChecker()
  const found = new Map<string, Set<string>>()
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && checker.getTypeAtLocation(node.expression).getSymbol()?.getName() === 'GraphRequest') {
      const bodies = found.get(node.name.text) ?? new Set()
      found.set(node.name.text, bodies)
      if (node.name.text === 'post')
        for (const body of ts.isCallExpression(node.parent) ? node.parent.arguments : [node])
          bodies.add(checker.typeToString(checker.getTypeAtLocation(body)))
    }
    ts.forEachChild(node, visit)
  }
  for (const name of graphFiles) {
    const file = program.getSourceFile(name)
    if (file) visit(file)
  }
  return [...found].map(([name, bodies]) => ({ name, bodies: [...bodies] })).sort((one, other) => (one.name < other.name ? -1 : 1))
}

/** What the reader would hand to the network for a batch of these items. */
function batch(...requests: readonly object[]): { readonly request?: string; readonly method: string; readonly body?: string } {
  return { method: 'POST', body: JSON.stringify({ requests }) }
}

describe('nothing in the read plane can express a write', () => {
  it.each(right.map((line, index) => [line, index] as const))('compiles: %s', (_, index) => {
    expect(complaints(index)).toEqual([])
  })

  it.each(wrong.map((line, index) => [line, right.length + index] as const))('does not compile: %s', (_, index) => {
    expect(complaints(index).length).toBeGreaterThan(0)
    expect(complaints(index).filter((message) => message.startsWith('in the head'))).toEqual([])
  })

  it('Microsoft’s Graph client is asked to get, and to post one thing: a batch made of GETs', () => {
    expect(graphClientMembers().map(({ name }) => name)).toEqual(['get', 'header', 'middlewareOptions', 'option', 'post', 'responseType'])
    expect(graphClientMembers().filter(({ name }) => name === 'post')).toEqual([{ name: 'post', bodies: ['BatchBody'] }])
  })

  it.each([
    ['a GET', { method: 'GET' }, true],
    ['a batch of GETs', batch({ id: '0', method: 'GET', url: '/users/1' }), true],
    ['a batch with a DELETE', batch({ id: '0', method: 'GET', url: '/users/1' }, { id: '1', method: 'DELETE', url: '/users/1' }), false],
    ['a batch with a body', batch({ id: '0', method: 'GET', url: '/users/1', body: {} }), false],
    ['a batch that overrides its method', batch({ id: '0', method: 'GET', url: '/', headers: { 'X-HTTP-Method': 'PATCH' } }), false],
    ['a POST that is no batch', { ...batch(), request: 'https://graph.example/v1.0/users' }, false],
    ['a POST that only names a batch', { ...batch(), request: 'https://graph.example/v1.0/users?/v1.0/$batch' }, false],
    ['a DELETE', { method: 'DELETE' }, false],
  ])('the last gate before the network lets through what can only read: %s', (_name, { request, ...options }, isRead) => {
    expect(readsOnly({ request: request ?? 'https://graph.example/v1.0/$batch', options })).toBe(isRead)
  })
})
