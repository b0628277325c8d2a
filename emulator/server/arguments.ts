import { parseArgs } from 'node:util'
import { resolve } from 'node:path'
import { z } from 'zod'
import { LARGE_USERS, tenantNames } from '../tenants/build-tenants.ts'

/** Every listener, in the order in which `--ports` names them, with its default port. */
export const LISTENERS = [
  { name: 'signIn', flag: 'sign-in-port', port: 8443 },
  { name: 'signInBrowser', flag: 'sign-in-browser-port', port: 8442 },
  { name: 'graph', flag: 'graph-port', port: 8444 },
  { name: 'control', flag: 'control-port', port: 8441 },
  { name: 'channel', flag: 'channel-port', port: 8445 },
  { name: 'chatProxy', flag: 'chat-proxy-port', port: 8446 },
] as const

export type ListenerName = (typeof LISTENERS)[number]['name']
export type Ports = Record<ListenerName, number>

/** What a start of the emulator needs to know. */
export interface EmulatorOptions {
  /** Folder that keeps the certificates. */
  readonly data: string
  /** Seed of the generated tenants. */
  readonly seed: number
  /** Names of the tenants that are there; undefined: the usual ones. */
  readonly tenants?: readonly string[] | undefined
  /** How many users the tenant *large* has. */
  readonly largeUsers?: number | undefined
  /** 0 takes any free port. */
  readonly ports: Ports
  /** Where the channel posts activities; undefined until it is set over the channel. */
  readonly botEndpoint: string | undefined
  /** How long after a write its audit rows can be read; null means never. */
  readonly auditDelayMs: number | null
  /** Whether each request is written to standard error as one line. */
  readonly accessLog: boolean
}

export type ParsedArguments =
  | { readonly kind: 'start'; readonly options: EmulatorOptions }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'bad'; readonly message: string }

export const USAGE = `Usage: node main.ts [options]
  --data DIR             folder for the certificates (made when absent; default .data beside main.ts)
  --seed N               seed of the generated tenants (default 1)
  --tenants large        adds the tenant large, which is generated while it is read
  --large-users N        how many users it has (default 100000, at most 1000000)
  --ports A,B,C,D,E,F    ports of ${LISTENERS.map((listener) => listener.name).join(', ')}; 0 = any free port
${LISTENERS.map((listener) => `  --${listener.flag.padEnd(20)} port of ${listener.name} (default ${listener.port})`).join('\n')}
  --bot-endpoint URL     where the channel posts activities (http or https, loopback)
  --audit-delay MS|never how long after a write its audit rows can be read (default 3000)
  --access-log           write one line to standard error for each request
  --help                 this text`

const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
const largeSize = wholeNumber.pipe(z.number().min(50).max(1_000_000))
const port = wholeNumber.pipe(z.number().max(65535))

/** Reads the command line; every refusal names the argument and how to mend it. */
export function parseArguments(argv: readonly string[], defaultData: string): ParsedArguments {
  let values: Record<string, string | boolean | undefined>
  try {
    ;({ values } = parseArgs({
      args: [...argv],
      strict: true,
      allowPositionals: false,
      options: {
        data: { type: 'string' },
        seed: { type: 'string' },
        tenants: { type: 'string' },
        'large-users': { type: 'string' },
        ports: { type: 'string' },
        'bot-endpoint': { type: 'string' },
        'audit-delay': { type: 'string' },
        'access-log': { type: 'boolean' },
        help: { type: 'boolean' },
        ...Object.fromEntries(LISTENERS.map((listener) => [listener.flag, { type: 'string' as const }])),
      },
    }))
  } catch (error) {
    return bad(error instanceof Error ? error.message : String(error))
  }
  if (values['help'] === true) return { kind: 'help', text: USAGE }

  const seed = wholeNumber.safeParse(values['seed'] ?? '1')
  if (!seed.success) return bad(`--seed must be a whole number from 0 to 999999999, not "${values['seed']}".`)

  const added = typeof values['tenants'] === 'string' ? values['tenants'].split(',') : []
  const strange = added.find((name) => !tenantNames.all.includes(name))
  if (strange !== undefined) return bad(`--tenants must name tenants to add (${tenantNames.all.join(', ')}), not "${strange}".`)
  const largeUsers = largeSize.safeParse(values['large-users'] ?? String(LARGE_USERS))
  if (!largeUsers.success) return bad(`--large-users must be a whole number from 50 to 1000000, not "${values['large-users']}".`)
  if (values['large-users'] !== undefined && !added.includes('large')) return bad('--large-users needs --tenants large.')

  const ports = readPorts(values)
  if (typeof ports === 'string') return bad(ports)

  const botEndpoint = values['bot-endpoint']
  if (typeof botEndpoint === 'string' && !isLoopbackUrl(botEndpoint)) {
    return bad(`--bot-endpoint must be an http or https URL on localhost or 127.0.0.1, not "${botEndpoint}".`)
  }

  const delay = values['audit-delay'] ?? '3000'
  const delayMs = wholeNumber.safeParse(delay)
  if (delay !== 'never' && !delayMs.success) {
    return bad(`--audit-delay must be a whole number of milliseconds or the word never, not "${delay}".`)
  }

  const data = values['data']
  if (data === '') return bad('--data must name a folder.')
  return {
    kind: 'start',
    options: {
      data: resolve(typeof data === 'string' ? data : defaultData),
      seed: seed.data,
      tenants: [...new Set([...tenantNames.usual, ...added])],
      largeUsers: largeUsers.data,
      ports,
      botEndpoint: typeof botEndpoint === 'string' ? botEndpoint : undefined,
      auditDelayMs: delayMs.success ? delayMs.data : null,
      accessLog: values['access-log'] === true,
    },
  }
}

/** Whether a URL is http or https and stays on this machine. */
export function isLoopbackUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  return isWeb && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
}

function readPorts(values: Record<string, string | boolean | undefined>): Ports | string {
  const ports: Ports = { signIn: 0, signInBrowser: 0, graph: 0, control: 0, channel: 0, chatProxy: 0 }
  const list = typeof values['ports'] === 'string' ? values['ports'].split(',') : undefined
  if (list && list.length !== LISTENERS.length) {
    return `--ports needs ${LISTENERS.length} numbers (${LISTENERS.map((listener) => listener.name).join(',')}), not ${list.length}.`
  }
  for (const [index, listener] of LISTENERS.entries()) {
    const own = values[listener.flag]
    const given = typeof own === 'string' ? own : (list?.[index] ?? String(listener.port))
    const parsed = port.safeParse(given)
    if (!parsed.success) {
      const flag = typeof own === 'string' ? `--${listener.flag}` : `--ports (${listener.name})`
      return `${flag} must be a port from 0 to 65535, not "${given}".`
    }
    ports[listener.name] = parsed.data
  }
  const fixed = Object.values(ports).filter((value) => value !== 0)
  if (new Set(fixed).size !== fixed.length) return 'Two listeners were given the same port; each needs its own, or 0.'
  return ports
}

function bad(message: string): ParsedArguments {
  return { kind: 'bad', message }
}
