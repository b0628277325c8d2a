import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { parseConfig, readProcessConfig, type Config, type ConfigAnswer } from '../../config.ts'
import { ok, problem, type DoctorLine } from './line.ts'

export type SettingsAnswer =
  | { readonly kind: 'config'; readonly config: Config; readonly lines: readonly DoctorLine[] }
  | { readonly kind: 'wrong'; readonly lines: readonly DoctorLine[] }
  /** A settings file that cannot be read: nothing can be looked at. */
  | { readonly kind: 'notDone'; readonly sentence: string }

const subject = { id: 'settings', title: 'Settings' }

/** The deployment's settings, from files or from the environment; of wrong ones, one line each. */
export function readSettings(files: readonly string[]): SettingsAnswer {
  const texts = files.map((file) => ({ file, text: readOrUndefined(file) }))
  const unreadable = texts.find(({ text }) => text === undefined)
  if (unreadable)
    return {
      kind: 'notDone',
      sentence: `${unreadable.file} cannot be read. Give --settings the path of a file with lines such as PORT=3978.`,
    }
  const answer: ConfigAnswer =
    files.length === 0 ? readProcessConfig() : parseConfig(Object.assign({}, ...texts.map(({ text }) => parseEnv(text ?? ''))))
  if (answer.kind === 'wrong') return { kind: 'wrong', lines: wrongLines(answer.message, files) }
  const { config } = answer
  return {
    kind: 'config',
    config,
    lines: [
      ok(
        subject,
        `Complete: ${config.origin}, ${config.tenants.length === 1 ? 'one tenant' : `${config.tenants.length} tenants`}, act plane ${config.profile.act}, environment ${config.profile.environment}.`,
      ),
    ],
  }
}

/** The first line of the message is its heading; each other one is about one setting. */
function wrongLines(message: string, files: readonly string[]): readonly DoctorLine[] {
  const where =
    files.length === 0 ? 'Set it in the environment, or name the file that holds it with --settings.' : `Set it in ${files.at(-1)}.`
  return message
    .split('\n')
    .slice(1)
    .map((line, index, all) => problem(subject, line.trim(), index === all.length - 1 ? where : null))
}

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
