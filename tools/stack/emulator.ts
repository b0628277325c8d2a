import { join } from 'node:path'
import { z } from 'zod'
import { startProgram, type Started } from './child.ts'

const readySchema = z.object({
  ready: z.literal(true),
  signIn: z.string(),
  signInBrowser: z.string(),
  graph: z.string(),
  control: z.string(),
  channel: z.string(),
  chatProxy: z.string(),
  ca: z.string(),
  tenants: z.record(z.string(), z.object({ id: z.string(), domain: z.string() })),
})
export type EmulatorReady = z.infer<typeof readySchema>

export interface Emulator extends Started<EmulatorReady> {
  /** One call of the control port; throws with its words when it refuses. */
  readonly control: (method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) => Promise<unknown>
}

const root = join(import.meta.dirname, '..', '..')

/** Starts the local Entra, Graph and bot channel. Port 0 takes any free one. */
export async function startEmulator(options: {
  readonly dataDir: string
  readonly ports?: readonly number[]
  readonly auditDelayMs?: number | 'never'
  /** Further words of its command line, for example `--tenants large`. */
  readonly words?: readonly string[]
}): Promise<Emulator> {
  const ports = options.ports ?? [0, 0, 0, 0, 0, 0]
  const started = await startProgram(
    [
      join(root, 'emulator', 'main.ts'),
      '--data',
      options.dataDir,
      '--ports',
      ports.join(','),
      '--audit-delay',
      String(options.auditDelayMs ?? 3000),
      ...(options.words ?? []),
    ],
    readySchema,
    { name: 'The emulator' },
  )
  return {
    ...started,
    async control(method, path, body) {
      const response = await fetch(`${started.ready.control}${path}`, {
        method,
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`The emulator's control port answered ${response.status} to ${method} ${path}: ${text}`)
      return text === '' ? undefined : (JSON.parse(text) as unknown)
    },
  }
}
