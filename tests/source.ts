import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'

export const root = resolve(import.meta.dirname, '..')

export interface ImportLine {
  /** Path from the root for our own files, package name or `node:` name otherwise. */
  readonly target: string
  readonly own: boolean
  readonly typeOnly: boolean
}

/** Every TypeScript file below a folder of the root, generated folders left out. */
export function sourceFiles(folder: string): string[] {
  const absolute = join(root, folder)
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && /\.tsx?$/.test(entry.name) && !/(^|\/)(node_modules|lib|dist)(\/|$)/.test(relative(absolute, entry.parentPath)),
    )
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}

export function readText(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

const imports = new Map<string, readonly ImportLine[]>()

/** Imports, re-exports and dynamic imports of a file, resolved as Node resolves them. */
export function importsOf(file: string): readonly ImportLine[] {
  const known = imports.get(file) ?? parsedImports(file)
  imports.set(file, known)
  return known
}

function parsedImports(file: string): ImportLine[] {
  const source = ts.createSourceFile(file, readText(file), ts.ScriptTarget.ESNext, true)
  const found: ImportLine[] = []
  function visit(node: ts.Node): void {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
      found.push(line(file, node.moduleSpecifier.text, isTypeOnly(node)))
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [first] = node.arguments
      found.push(line(file, first && ts.isStringLiteralLike(first) ? first.text : '(computed)', false))
    }
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require')
      found.push(line(file, '(require)', false))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  const clause = node.importClause
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const { namedBindings } = clause
  return (
    !clause.name &&
    !!namedBindings &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.length > 0 &&
    namedBindings.elements.every((element) => element.isTypeOnly)
  )
}

function line(file: string, specifier: string, typeOnly: boolean): ImportLine {
  if (specifier.startsWith('.')) return { target: relative(root, resolve(root, dirname(file), specifier)), own: true, typeOnly }
  const workspace = /^@countersign\/(core|ui|bot|teamsapp)\/(.+)$/.exec(specifier)
  if (workspace) return { target: `${workspace[1]}/${workspace[2]}`, own: true, typeOnly }
  if (specifier.startsWith('node:') || specifier.startsWith('(')) return { target: specifier, own: false, typeOnly }
  return {
    target: specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/'),
    own: false,
    typeOnly,
  }
}
