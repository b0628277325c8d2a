/**
 * The types of every project in one process. Files and libraries that projects share are read once, and each file is checked in the project
 * that owns it alone; what no project owns, such as the emulator, is checked where it is imported. `tsc -p <project>` says the same, slower.
 * What was found is kept in `.cache`, and looked for again in changed files only.
 */
import { join, relative } from 'node:path'
import ts from 'typescript'

const root = join(import.meta.dirname, '..')
const formatting = { getCurrentDirectory: () => root, getCanonicalFileName: (name: string) => name, getNewLine: () => '\n' }
const configs = ['core', 'bot', '.', 'ui', 'teamsapp'].map(configOf)
const owned = new Set(configs.flatMap(({ fileNames }) => fileNames))
const shared = new Map<string, ts.SourceFile | undefined>()

function configOf(project: string): ts.ParsedCommandLine {
  const file = join(root, project, 'tsconfig.json')
  const config = ts.getParsedCommandLineOfConfigFile(file, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic(diagnostic) {
      throw new Error(ts.formatDiagnostic(diagnostic, formatting))
    },
  })
  if (!config) throw new Error(`${relative(root, file)} cannot be read.`)
  const { tsBuildInfoFile, ...options } = config.options
  return { ...config, options: { ...options, tsBuildInfoFile: tsBuildInfoFile?.replace('/types-', '/types-own-') ?? '' } }
}

/** What is wrong in the files of one project, and in files without one that it imports. */
function problemsOf({ options, fileNames, errors }: ts.ParsedCommandLine): readonly ts.Diagnostic[] {
  const host = ts.createIncrementalCompilerHost(options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (name, how, ...rest) => {
    const key = JSON.stringify([name, how, options.moduleResolution])
    if (!shared.has(key)) shared.set(key, read(name, how, ...rest))
    return shared.get(key)
  }
  const program = ts.createIncrementalProgram({ rootNames: fileNames, options, configFileParsingDiagnostics: errors, host })
  const found = [...program.getConfigFileParsingDiagnostics(), ...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()]
  const own = new Set(fileNames)
  const isChecked = ({ fileName, isDeclarationFile }: ts.SourceFile): boolean =>
    own.has(fileName) || !(isDeclarationFile || owned.has(fileName) || fileName.includes('/node_modules/'))
  while (program.getSemanticDiagnosticsOfNextAffectedFile(undefined, (file) => !isChecked(file)));
  for (const file of program.getSourceFiles().filter(isChecked))
    found.push(...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file))
  program.emit()
  return found
}

const problems = configs.flatMap(problemsOf)
process.stdout.write(ts.formatDiagnostics(problems, formatting))
process.exitCode = problems.length > 0 ? 1 : 0
