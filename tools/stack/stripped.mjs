/**
 * Preload for programs of this repository: what Node makes of a TypeScript file is kept in `.cache` under the digest of the file's text.
 * Node keeps what it compiles, but takes the types out again at every start, which is a quarter of the work of starting the service.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = new URL('../../', import.meta.url)
const folder = join(fileURLToPath(root), '.cache', 'stripped', process.version)
mkdirSync(folder, { recursive: true })

registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.ts') || !url.startsWith(root.href) || url.includes('/node_modules/')) return next(url, context)
    const text = readFileSync(fileURLToPath(url))
    const source = stripped(text)
    return source === undefined ? next(url, context) : { format: 'module', source, shortCircuit: true }
  },
})

/** Undefined where Node has something to say about the text, and had better say it itself. */
function stripped(text) {
  const path = join(folder, createHash('sha1').update(text).digest('hex'))
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return strip(text.toString('utf8'), path)
  }
}

/** Written beside its place and moved there when it is whole: several programs start at the same time. */
function strip(text, path) {
  try {
    const source = stripTypeScriptTypes(text)
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, source)
    renameSync(draft, path)
    return source
  } catch {
    return undefined
  }
}
