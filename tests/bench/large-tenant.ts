import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import tls from 'node:tls'
import { z } from 'zod'
import { requestPath } from '../../bot/src/graph/request-path.ts'
import { facts } from '../../core/posture/facts.ts'
import type { Fact } from '../../core/posture/fact.ts'
import { callService, signIn } from '../../tools/stack/connect-aid.ts'
import { startStack, type Stack } from '../../tools/stack/stack.ts'
import { graphToken } from './graph-token.ts'

/** What a full scan cannot do without, whatever the product: users, applications, grants, roles and tenant-wide policies. */
export const coreFactIds: readonly string[] = [
  'subscribedSkus',
  'organization',
  'domains',
  'users',
  'applications',
  'servicePrincipals',
  'oauth2PermissionGrants',
  'conditionalAccessPolicies',
  'namedLocations',
  'authorizationPolicy',
  'adminConsentRequestPolicy',
  'securityDefaults',
  'authenticationMethodsPolicy',
  'permissionGrantPolicies',
  'deviceRegistrationPolicy',
  'roleDefinitions',
  'roleAssignments',
  'roleEligibility',
  'roleAssignmentSchedules',
  'groupSettings',
]

export const coreFacts: readonly Fact[] = [...facts].filter(({ id }) => coreFactIds.includes(id))

const requestSchema = z.looseObject({
  seq: z.number(),
  at: z.number(),
  method: z.string(),
  path: z.string(),
  status: z.number(),
  bytes: z.number(),
})
export type LoggedRequest = z.infer<typeof requestSchema>

const scanSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  problem: z.string().nullable(),
  judgedAt: z.string().nullable().default(null),
  coreReadAt: z.string().nullable().default(null),
})

export interface LargeTenantOptions {
  readonly users: number
  /** Before each answer of Graph. */
  readonly latencyMs: number
  /** Added to an answer for each row of its page. */
  readonly perRowMs: number
}

export interface MeasuredScan {
  readonly id: string
  /** From the start to the first verdicts. */
  readonly firstVerdictsMs: number
  /** To everything but slow reports read and stored, which is what the baseline does, and to its verdicts. */
  readonly readMs: number
  readonly judgedMs: number
  /** Everything that Graph was asked until then. */
  readonly requests: readonly LoggedRequest[]
}

export interface LargeTenant {
  readonly stack: Stack
  /** Scans until nothing but slow reports is missing, then stops the scan: those take their ten minutes by Graph's own limits. */
  readonly scan: (body?: object) => Promise<MeasuredScan>
  /** Highest resident memory of the service's process so far, in MiB. */
  readonly peakMemoryMiB: () => number
  /** The baseline: one PageIterator chain for each core list. */
  readonly pageIterators: () => Promise<{ readonly milliseconds: number; readonly rows: number; readonly requests: number }>
  readonly change: (seed: number, share: number) => Promise<unknown>
}

/** Between two measurements: what one leaves to be tidied up is not for the next to wait for. */
const restMs = 1500

/** The emulator's tenant *large* with Graph's limits on, and the real service before it. */
export async function openLargeTenant(options: LargeTenantOptions): Promise<LargeTenant> {
  const stack = await startStack({
    tenantNames: ['large'],
    act: 'off',
    emulatorWords: ['--tenants', 'large', '--large-users', String(options.users)],
  })
  const { emulator, origin, service } = stack
  const domain = emulator.ready.tenants['large']?.domain ?? ''
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(emulator.ready.ca, 'utf8')])
  await emulator.control('PUT', '/graph', { latencyMs: options.latencyMs, perRowMs: options.perRowMs, throttling: true })
  const ada = await signIn(origin, `ada@${domain}`)

  async function scan(body: object = {}): Promise<MeasuredScan> {
    if (options.users > 50_000) await wait(restMs)
    await emulator.control('DELETE', '/requests')
    const begin = Date.now()
    const { id } = scanSchema.parse(await callService(ada, origin, 'POST', '/api/scans', body))
    let read: number | undefined
    for (;;) {
      // Seldom, because who looks takes time from what is measured; the moments come from the service. Of its log only the end is kept.
      await wait(options.users > 50_000 ? 2000 : 500)
      read ??= readAt(service.complaints(), id)
      const { state, problem, judgedAt, coreReadAt } = scanSchema.parse(await callService(ada, origin, 'GET', `/api/scans/${id}`))
      if (state === 'failed' || state === 'stopped') throw new Error(`The scan of the large tenant ended as ${state}: ${problem}`)
      if (judgedAt === null || coreReadAt === null) continue
      const { requests } = z.object({ requests: z.array(requestSchema) }).parse(await emulator.control('GET', '/requests'))
      if (state !== 'finished') await callService(ada, origin, 'POST', `/api/scans/${id}/stop`, {})
      return {
        id,
        firstVerdictsMs: Date.parse(judgedAt) - begin,
        readMs: (read ?? Date.parse(coreReadAt)) - begin,
        judgedMs: Date.parse(coreReadAt) - begin,
        requests,
      }
    }
  }

  return {
    stack,
    scan,
    peakMemoryMiB: () => peakMemoryMiB(service.process.pid ?? 0),
    async pageIterators() {
      const token = await graphToken(stack, 'large', `ada@${domain}`)
      // As the product asks for its lists, with the largest page that Graph takes.
      const task = { graph: emulator.ready.graph, token, paths: coreFacts.map((fact) => requestPath(fact)) }
      if (options.users > 50_000) await wait(restMs)
      const figures = await runPageIterators(task, emulator.ready.ca)
      // It knows nothing of Graph's limits and uses up the second of the narrow lists, which all applications share.
      await wait(restMs)
      return figures
    },
    change: (seed, share) => emulator.control('PUT', '/tenants/large/changes', { seed, share }),
  }
}

const waveSchema = z.object({ time: z.number(), scanId: z.string(), wave: z.literal('bulk') })

/** When the service wrote to its log that long lists are read and stored, in milliseconds since 1970; undefined while it has not. */
function readAt(log: string, scanId: string): number | undefined {
  for (const line of log.split('\n').reverse()) {
    if (!line.includes('"wave":"bulk"') || !line.includes(scanId)) continue
    const parsed = waveSchema.safeParse(JSON.parse(line))
    if (parsed.success) return parsed.data.time
  }
  return undefined
}

/** Requests that read core facts, whichever way. Other facts read the same lists with other properties. */
export function coreRequests(requests: readonly LoggedRequest[]): readonly LoggedRequest[] {
  return requests.filter(({ path }) => coreFacts.some((fact) => reads(path, fact)))
}

/** Whether the request reads this fact: its list (`/users`, `/users/delta`, `/users/$count`) with its properties, or a later page of that. */
function reads(path: string, { source }: Fact): boolean {
  const url = new URL(path, 'https://graph.local')
  const list = url.pathname.toLowerCase().replace(/^\/v1\.0/, '')
  const own = source.path.toLowerCase()
  if (list === `${own}/$count` || list === `${own}/delta` || list.startsWith(`${own}/delta(`)) return true
  return list === own && sameOption(url, '$select', source.select?.join(',')) && sameOption(url, '$expand', source.expand)
}

function sameOption(url: URL, name: string, wanted: string | undefined): boolean {
  return (url.searchParams.get(name) ?? '') === (wanted ?? '')
}

/** VmHWM of the process: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function peakMemoryMiB(pid: number): number {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (peak === undefined) throw new Error('This system does not tell the peak memory of a process.')
  return Math.round(Number(peak) / 1024)
}

const baselineSchema = z.object({ milliseconds: z.number(), rows: z.number(), requests: z.number() })

function runPageIterators(task: object, certificateAuthority: string): Promise<z.infer<typeof baselineSchema>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'page-iterator.ts')], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: certificateAuthority },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(task))
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve(baselineSchema.parse(JSON.parse(output)))
      else reject(new Error(`The PageIterator chains ended with exit code ${code ?? 'none'}.`))
    })
  })
}
