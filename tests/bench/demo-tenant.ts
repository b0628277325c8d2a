import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { isTerminal, proposalStates } from '../../core/actions/gate.ts'
import { callService, signIn } from '../../tools/stack/connect-aid.ts'
import { startStack } from '../../tools/stack/stack.ts'
import type { Bench } from './figures.ts'

const scanSchema = z.object({ id: z.string(), state: z.string() })
const proposalSchema = z.object({ id: z.string(), state: z.enum(proposalStates) })
const findingSchema = z.object({ affected: z.array(z.object({ findingKey: z.string() })) })
const underWay = ['queued', 'collecting', 'judging']

/** The demo tenant (297 users): start, scan, reading, a proposal. */
export async function measureDemoTenant(bench: Bench): Promise<void> {
  const begin = performance.now()
  const stack = await startStack({ withAid: true })
  bench.add('demo.start', 'start everything, Aid connected', 'ms', [Math.round(performance.now() - begin)])
  try {
    const { origin } = stack
    const ada = await signIn(origin, 'ada@contoso-demo.example')
    const api = (method: string, path: string, body?: unknown): Promise<unknown> => callService(ada, origin, method, path, body)
    await bench.time('demo.scan', 'scan of contoso-demo', async () => {
      let scan = scanSchema.parse(await api('POST', '/api/scans', {}))
      while (underWay.includes(scan.state)) {
        await wait(20)
        scan = scanSchema.parse(await api('GET', `/api/scans/${scan.id}`))
      }
      if (scan.state !== 'finished') throw new Error(`A scan ended as ${scan.state}.`)
    })
    await bench.time('demo.overview', 'overview over HTTP', async () => void (await api('GET', '/api/overview')))
    await bench.time('demo.signIn', 'sign-in in a plain browser', async () => void (await signIn(origin, 'ada@contoso-demo.example')))
    await bench.time('demo.proposal', 'proposal made and withdrawn', async () => {
      const { affected } = findingSchema.parse(await api('GET', '/api/findings/app-secret-expired'))
      const proposal = proposalSchema.parse(await api('POST', '/api/proposals', { findingKey: affected[0]?.findingKey }))
      const end = proposalSchema.parse(await api('POST', `/api/proposals/${proposal.id}/reject`, {}))
      if (!isTerminal(end.state)) throw new Error(`A withdrawn proposal is ${end.state}.`)
    })
  } finally {
    await stack.stop()
  }
}
