/** `npm run bench`: medians of five on this machine, against the local emulator. Prints figures and judges none. */
import { cpus, totalmem } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { isTerminal, proposalStates } from '../core/actions/gate.ts'
import { callService, signIn } from './stack/connect-aid.ts'
import { startStack } from './stack/stack.ts'

const rounds = 5
const figures: Record<string, number> = {}

async function measure(name: string, work: () => Promise<void>): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now()
    await work()
    times.push(performance.now() - begin)
  }
  figures[name] = Math.round(times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0)
}

const scanSchema = z.object({ id: z.string(), state: z.string() })
const proposalSchema = z.object({ id: z.string(), state: z.enum(proposalStates) })
const underWay = ['queued', 'collecting', 'judging']

const begin = performance.now()
const stack = await startStack({ withAid: true })
figures['start everything, Aid connected (once)'] = Math.round(performance.now() - begin)
try {
  const { origin } = stack
  const ada = await signIn(origin, 'ada@contoso-demo.example')
  const api = (method: string, path: string, body?: unknown): Promise<unknown> => callService(ada, origin, method, path, body)
  await measure('scan of contoso-demo, 297 users, 4 checks', async () => {
    let scan = scanSchema.parse(await api('POST', '/api/scans', {}))
    while (underWay.includes(scan.state)) {
      await wait(20)
      scan = scanSchema.parse(await api('GET', `/api/scans/${scan.id}`))
    }
    if (scan.state !== 'finished') throw new Error(`A scan ended as ${scan.state}.`)
  })
  await measure('overview over HTTP', async () => void (await api('GET', '/api/overview')))
  await measure('sign-in in a plain browser', async () => void (await signIn(origin, 'ada@contoso-demo.example')))
  await measure('proposal made and withdrawn', async () => {
    const { affected } = z
      .object({ affected: z.array(z.object({ findingKey: z.string() })) })
      .parse(await api('GET', '/api/findings/app-secret-expired'))
    const proposal = proposalSchema.parse(await api('POST', '/api/proposals', { findingKey: affected[0]?.findingKey }))
    const end = proposalSchema.parse(await api('POST', `/api/proposals/${proposal.id}/reject`, {}))
    if (!isTerminal(end.state)) throw new Error(`A withdrawn proposal is ${end.state}.`)
  })
} finally {
  await stack.stop()
}

const [cpu] = cpus()
process.stdout.write(
  `${cpus().length} cores (${cpu?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}; milliseconds, median of ${rounds}\n`,
)
for (const [name, milliseconds] of Object.entries(figures)) process.stdout.write(`${String(milliseconds).padStart(8)}  ${name}\n`)
