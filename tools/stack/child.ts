import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { z } from 'zod'

/** Words for Node with which programs of this repository start faster and do the same. */
export const faster: readonly string[] = ['--import', new URL('stripped.mjs', import.meta.url).href]

export interface Started<Ready> {
  readonly ready: Ready
  readonly process: ChildProcess
  /** Ends it with SIGTERM, and with SIGKILL when it has not ended after a minute. */
  readonly stop: () => Promise<void>
  /** What it has printed on standard error so far. */
  readonly complaints: () => string
}

/** Starts a program that prints one JSON line when it is ready; throws with the program's own words when it ends before that. */
export async function startProgram<Ready>(
  args: readonly string[],
  schema: z.ZodType<Ready>,
  options: { readonly name: string; readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly keepStdin?: boolean },
): Promise<Started<Ready>> {
  const child = spawn(process.execPath, [...faster, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: [options.keepStdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString('utf8')).slice(-20_000)
  })
  const ready = await new Promise<Ready>((resolve, reject) => {
    if (child.stdout === null) return reject(new Error(`${options.name} has no output.`))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const parsed = schema.safeParse(parseJson(line))
      if (parsed.success) resolve(parsed.data)
    })
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new Error(`${options.name} ended with exit code ${code ?? 'none'} before it was ready.\n${complaints}`)),
    )
  })
  return { ready, process: child, stop: () => stopProcess(child), complaints: () => complaints }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000)
  await ended
  clearTimeout(timer)
}
