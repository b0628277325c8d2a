import { outsideAddresses, type Config } from '../config.ts'
import { openEgress } from '../egress.ts'
import { lookAtStore } from './doctor/database.ts'
import type { DoctorLine } from './doctor/line.ts'
import { lookAtCertificateAuthority, lookAtDisk } from './doctor/machine.ts'
import { lookAtPermissions } from './doctor/permissions.ts'
import { lookAtRegistrations } from './doctor/registrations.ts'
import { lookAtService, serviceAddressOf } from './doctor/running-service.ts'
import { readSettings } from './doctor/settings.ts'
import { lookOutside } from './doctor/sign-in-service.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { printable, type Terminal } from './terminal.ts'

export interface DoctorOptions {
  /** Files with settings; none means the environment of this process. */
  readonly files: readonly string[]
  readonly json: boolean
}

/** Looks at everything that the settings lead to and says line by line what is fine, what is not and what cannot be seen from here. */
export async function doctor({ files, json }: DoctorOptions, terminal: Terminal): Promise<ExitCode> {
  const lines: DoctorLine[] = []
  function say(...more: readonly DoctorLine[]): void {
    lines.push(...more)
    if (!json) for (const line of more) terminal.out(doctorText(line))
  }
  const settings = readSettings(files)
  if (settings.kind === 'notDone') {
    if (json) terminal.out(JSON.stringify({ error: settings.sentence }))
    terminal.tell(`countersign doctor: ${settings.sentence}`)
    return exitCodes.notDone
  }
  say(...settings.lines)
  if (settings.kind === 'config') await look(settings.config, say)
  const problems = lines.filter(({ state }) => state === 'problem').length
  if (json) terminal.out(JSON.stringify({ problems, lines }, null, 2))
  else terminal.out(summary(lines, settings.kind === 'config'))
  return problems > 0 ? exitCodes.doesNotHold : exitCodes.fine
}

async function look(config: Config, say: (...lines: readonly DoctorLine[]) => void): Promise<void> {
  const authority = lookAtCertificateAuthority(config.certificateAuthority, Date.now())
  say(authority, lookAtDisk(config.store))
  const own = serviceAddressOf(config)
  const egress = openEgress({
    addresses: [...outsideAddresses(config), ...(own === undefined ? [] : [own])],
    certificateAuthority: authority.state === 'ok' ? config.certificateAuthority : null,
  })
  try {
    const service = await lookAtService(config)
    say(service.line)
    const database = await lookAtStore(config, service.isRunning)
    say(database.line)
    try {
      const outside = await lookOutside(config, Date.now)
      say(...outside.lines)
      say(...(await lookAtRegistrations(config, outside.canSignIn)))
      say(...(await lookAtPermissions(config, database.store, service.isRunning)))
    } finally {
      await database.store?.close()
    }
  } finally {
    await egress.close()
  }
}

const marks = { ok: 'ok      ', problem: 'PROBLEM ', unknown: 'unknown ' } as const satisfies Record<DoctorLine['state'], string>

/** One line for what was seen, and a second one, indented, for what to do. */
export function doctorText({ state, title, detail, mend }: DoctorLine): string {
  const seen = `${marks[state]}${title}: ${printable(detail)}`
  return mend === null ? seen : `${seen}\n        What to do: ${printable(mend)}`
}

function summary(lines: readonly DoctorLine[], isComplete: boolean): string {
  const count = (state: DoctorLine['state']): number => lines.filter((line) => line.state === state).length
  const rest = isComplete ? '' : ' The rest is looked at once the settings are complete.'
  return `\n${count('ok')} ok, ${count('problem')} ${count('problem') === 1 ? 'problem' : 'problems'}, ${count('unknown')} unknown.${rest}`
}
