// Gives the web parts their share of core/ and ui/: compiled into node_modules/@countersign, where SharePoint's classic
// module resolution finds it and where `react` is this folder's only React.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const here = import.meta.dirname
const repository = join(here, '..')
const target = join(here, 'node_modules', '@countersign')

/** TS2877: `@countersign/….ts` keeps its ending in the JavaScript; the packages' own exports lead it to the .js file. */
const KEEPS_TS_EXTENSION = 2877

/** What was compiled: the sources that end up in the bundle (paths from the repository) and their hash. */
export interface SharedStamp {
  readonly sources: readonly string[]
  readonly hash: string
}

/** True when nothing that ends up in the bundle has changed since the stamp. */
export function isSharedCurrent(stamp: SharedStamp | undefined): boolean {
  return stamp !== undefined && existsSync(target) && hashFiles(stamp.sources) === stamp.hash
}

/** Compiles the entry files of shared.tsconfig.json with all that they import. Throws with the compiler's messages. */
export async function compileShared(): Promise<SharedStamp> {
  const { default: ts } = await import('typescript')
  const configPath = join(here, 'shared.tsconfig.json')
  const config = ts.getParsedCommandLineOfConfigFile(configPath, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail })
  if (!config) throw new Error(`${configPath} could not be read.`)
  const program = ts.createProgram(config.fileNames, config.options)

  const bundled = new Set<string>()
  const errors = [...config.errors, ...program.getOptionsDiagnostics()]
  for (const entry of config.fileNames) visit(entry)
  if (errors.length > 0) fail(errors[0], ...errors.slice(1))

  rmSync(target, { recursive: true, force: true })
  program.emit()
  for (const name of ['core', 'ui']) writePackage(name)
  const sources = [...bundled].map((file) => relative(repository, file)).sort()
  return { sources, hash: hashFiles(sources) }

  /** Follows what stays in the JavaScript. A file imported for its types alone is not checked here and does not count. */
  function visit(fileName: string): void {
    if (bundled.has(fileName) || fileName.includes('/node_modules/')) return
    const source = program.getSourceFile(fileName)
    if (!source) throw new Error(`${fileName} is missing: shared.tsconfig.json or an import names it.`)
    bundled.add(fileName)
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    errors.push(...found.filter(({ code }) => code !== KEEPS_TS_EXTENSION))
    for (const statement of source.statements) {
      const isImport = ts.isImportDeclaration(statement) && !statement.importClause?.isTypeOnly
      const isExport = ts.isExportDeclaration(statement) && !statement.isTypeOnly
      if ((!isImport && !isExport) || !statement.moduleSpecifier || !ts.isStringLiteral(statement.moduleSpecifier)) continue
      const { resolvedModule } = ts.resolveModuleName(statement.moduleSpecifier.text, fileName, config?.options ?? {}, ts.sys)
      if (resolvedModule && !resolvedModule.isExternalLibraryImport) visit(resolvedModule.resolvedFileName)
    }
  }

  function fail(...diagnostics: Parameters<typeof ts.formatDiagnostics>[0]): never {
    const host = { getCanonicalFileName: (name: string) => name, getCurrentDirectory: () => repository, getNewLine: () => '\n' }
    throw new Error(`core/ or ui/ does not compile for React 17 and TypeScript 5.8:\n${ts.formatDiagnostics(diagnostics, host)}`)
  }
}

/** Sources import each other as `@countersign/core/….ts`; the compiled files end in .js. */
function writePackage(name: string): void {
  const folder = join(target, name)
  if (!existsSync(folder)) return
  const exports = { './*.ts': './*.js', './*.tsx': './*.js', './*': './*' }
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: `@countersign/${name}`, version: '0.0.0', sideEffects: false, exports }),
  )
}

/** Hash over paths (from the repository) and contents; a missing file hashes as such. */
export function hashFiles(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths) {
    const file = join(repository, path)
    hash
      .update(`${path}\0`)
      .update(existsSync(file) ? readFileSync(file) : 'missing')
      .update('\0')
  }
  return hash.digest('hex')
}
