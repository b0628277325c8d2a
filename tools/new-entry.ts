/** `npm run new-check|new-action|new-claim -- <id> [folder]`: writes the entry, its test and its line in the list. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { catalogues } from './catalogues.ts'
import { templates } from './entry-templates.ts'

const root = join(import.meta.dirname, '..')
const [kind, id, area] = process.argv.slice(2)

function stop(message: string): never {
  console.error(message)
  process.exit(2)
}

const catalogue = catalogues.find((entry) => entry.kind === kind)
if (!catalogue || (kind !== 'check' && kind !== 'action' && kind !== 'claim')) stop('Say what to make: new-check, new-action or new-claim.')
if (!id || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
  stop(
    `Give the ${kind} an id in kebab-case, for example: npm run new-${kind} -- ${kind === 'check' ? 'guest-invitations-open applications' : 'my-new-entry'}`,
  )
const areas = readdirSync(join(root, catalogue.folder), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
if (kind === 'check' && (!area || !areas.includes(area))) stop(`Name the folder of the check after its id: ${areas.join(', ')}.`)

const folder = kind === 'check' && area ? join(catalogue.folder, area) : catalogue.folder
const entryFile = join(folder, `${id}.ts`)
const testFile = join(catalogue.tests, kind === 'check' && area ? area : '', `${id}.test.ts`)
const taken = readdirSync(join(root, catalogue.folder), { recursive: true })
  .map(String)
  .some((name) => name.endsWith(`${id}.ts`))
if (taken || existsSync(join(root, testFile))) stop(`The id ${id} is taken. Ids are never used twice; choose another one.`)

const name = id.replace(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase())
const template = templates[kind]
write(entryFile, template.entry({ id, name, core: relative(folder, 'core') }))
write(testFile, template.test({ id, name, module: `@countersign/${entryFile}` }))

const list = readFileSync(join(root, catalogue.list), 'utf8')
const importLine = `import { ${name} } from './${relative(dirname(catalogue.list), entryFile)}'\n`
const lastImport = list.lastIndexOf('\nimport ')
const afterImports = list.indexOf('\n', lastImport + 1) + 1
const withImport = list.slice(0, afterImports) + importLine + list.slice(afterImports)
const listed = withImport.replace(
  new RegExp(`(export const ${catalogue.exportName}\\b[^=]*= \\[)([^\\]]*?)(,?\\s*)\\]`),
  (_all, open: string, members: string) => `${open}${members.trim() === '' ? '' : `${members.trimEnd()}, `}${name}]`,
)
if (listed === withImport) stop(`${catalogue.list} has no list called ${catalogue.exportName} to add ${id} to.`)
writeFileSync(join(root, catalogue.list), listed)
console.log(
  `Written: ${entryFile}\nWritten: ${testFile}\nListed in: ${catalogue.list}\nNext: fill in the entry, then run npm run docs and npm run test:fast.`,
)

function write(file: string, text: string): void {
  mkdirSync(join(root, dirname(file)), { recursive: true })
  writeFileSync(join(root, file), text)
}
