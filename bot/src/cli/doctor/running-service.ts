import { parseJson } from '@countersign/core/parse-json.ts'
import { z } from 'zod'
import type { Config } from '../../config.ts'
import { failureSentence, reach } from '../network.ts'
import { ok, problem, unknown, type DoctorLine } from './line.ts'

export interface ServiceLook {
  readonly line: DoctorLine
  readonly isRunning: boolean
}

const subject = { id: 'service', title: 'Service' }
const healthSchema = z.object({ status: z.literal('ok'), version: z.string() })

/** Where the service of these settings listens, as seen from this machine; undefined when it takes any free port. */
export function serviceAddressOf({ host, port }: Pick<Config, 'host' | 'port'>): string | undefined {
  if (port === 0) return undefined
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`
  if (host === '::') return `http://[::1]:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Asks the service's health page whether it runs here. */
export async function lookAtService(config: Pick<Config, 'host' | 'port'>): Promise<ServiceLook> {
  const address = serviceAddressOf(config)
  if (address === undefined)
    return { line: unknown(subject, 'PORT is 0, so the service takes any free port and cannot be asked.'), isRunning: false }
  const reached = await reach(`${address}/healthz`)
  if (reached.kind === 'failed') {
    if (reached.failure.kind === 'refused') return { line: ok(subject, `It is not running at ${address}.`), isRunning: false }
    return {
      line: problem(subject, failureSentence(address, reached.failure), 'Restart the service, and read its log if it does not come back.'),
      isRunning: false,
    }
  }
  const health = healthSchema.safeParse(parseJson(reached.text))
  if (!health.success)
    return {
      line: problem(subject, `Something else answers at ${address}.`, 'End that program, or give the service another PORT.'),
      isRunning: false,
    }
  return { line: ok(subject, `It runs at ${address}, version ${health.data.version}.`), isRunning: true }
}
