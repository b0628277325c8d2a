import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAid } from './connect-aid.ts'
import { startEmulator, type Emulator } from './emulator.ts'
import { registerInTenants, type DemoRegistrations } from './registrations.ts'
import { freePort, startService, type Service } from './service.ts'

/** Everything together: emulator, registrations, service, and the Aid if wanted. */
export interface Stack {
  readonly emulator: Emulator
  readonly registrations: DemoRegistrations
  readonly origin: string
  readonly service: Service
  /** Where the service keeps its database. */
  readonly dataDir: string
  readonly stop: () => Promise<void>
}

export interface StackOptions {
  readonly tenantNames?: readonly string[]
  readonly act?: 'on' | 'off'
  readonly auditDelayMs?: number | 'never'
  readonly withAid?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly main?: string
  /** Further words of the emulator's command line. */
  readonly emulatorWords?: readonly string[]
  /** Fills the data folder before the service starts for the first time. */
  readonly prepare?: (dataDir: string) => Promise<unknown>
}

/** A stack on free ports with a data folder of its own, for tests; everything is gone after `stop`. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const tenantNames = options.tenantNames ?? ['contoso-demo']
  const folder = await mkdtemp(join(tmpdir(), 'cs-'))
  // The built-in database runs as another account when the tests run as root, and has to get through.
  await chmod(folder, 0o755)
  const emulator = await startEmulator({
    dataDir: join(folder, 'emulator'),
    auditDelayMs: options.auditDelayMs ?? 1000,
    ...(options.emulatorWords ? { words: options.emulatorWords } : {}),
  })
  const dataDir = join(folder, 'data')
  try {
    const origin = `http://localhost:${await freePort()}`
    const registrations = await registerInTenants(emulator, origin, tenantNames)
    await options.prepare?.(dataDir)
    const service = await startService({
      emulator,
      registrations,
      origin,
      tenantNames,
      dataDir,
      ...(options.act ? { act: options.act } : {}),
      ...(options.env ? { env: options.env } : {}),
      ...(options.main ? { main: options.main } : {}),
    })
    const stop = async (): Promise<void> => {
      await service.stop()
      await emulator.stop()
      await rm(folder, { recursive: true, force: true })
    }
    try {
      if (options.withAid) for (const name of tenantNames) await connectAid(emulator, origin, name, name === 'second' ? 'eve' : 'ada')
    } catch (error) {
      const said = service.complaints()
      await stop()
      throw new Error(`The Aid could not be connected.\n${said}`, { cause: error })
    }
    return { emulator, registrations, origin, service, dataDir, stop }
  } catch (error) {
    await emulator.stop()
    throw error
  }
}
