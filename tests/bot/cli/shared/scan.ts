import { afterEach, describe, expect, it } from '@jest/globals'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { overviewSchema } from '../../../../core/api/posture.ts'
import { freePort } from '../../../../tools/stack/service.ts'
import { as, by, stack } from '../../shared-stack.ts'
import { until } from '../../until.ts'
import { printedAddress, runCommand, runHere, signInAtPrintedAddress, type Ran } from '../command.ts'

const documentSchema = z.object({
  scan: z.object({ id: z.string(), state: z.literal('finished'), startedBy: z.string() }),
  score: z.object({ value: z.number() }),
  findings: z.array(z.object({ checkId: z.string(), severity: z.string(), open: z.number() })),
  notRead: z.array(z.unknown()),
})

/** Graph answers no question about applications until the faults are taken away. */
function holdScans(): Promise<unknown> {
  return stack().emulator.control('PUT', '/faults', [
    { match: { method: 'GET', pathPrefix: '/v1.0/applications' }, kind: 'delay', delayMs: 600_000 },
  ])
}

function letScansGo(): Promise<unknown> {
  return stack().emulator.control('DELETE', '/faults')
}

/** The service answers nobody for a second. */
async function standStill(): Promise<void> {
  const { process } = stack().service
  process.kill('SIGSTOP')
  await wait(1000)
  process.kill('SIGCONT')
}

/** Runs a scan that signs in, and does `once` with the printed address. */
async function scanSigningIn(once: (address: string) => Promise<unknown>): Promise<Ran & { readonly answered: unknown }> {
  let answered: Promise<unknown> | undefined
  const ran = await runHere(['scan', '--service', stack().service.origin], (told) => {
    const address = printedAddress(told)
    if (address !== undefined) answered ??= once(address)
  })
  return { ...ran, answered: await answered }
}

async function forgeAnswer(address: string): Promise<number> {
  const body = new URLSearchParams({ code: 'forged', state: 'forged' })
  return (await fetch(new URL(address).searchParams.get('redirect_uri') ?? '', { method: 'POST', body })).status
}

/** No stack trace ever reaches a person. */
function expectNotDone({ exitCode, err }: Ran, says: string): void {
  expect(err).toContain(says)
  expect(err).not.toMatch(/\n\s+at |Error:/)
  expect(exitCode).toBe(2)
}

describe('countersign scan', () => {
  afterEach(async () => {
    await letScansGo()
    await until(async () => overviewSchema.parse((await by('ada').get('/api/overview')).body).runningScan === null || undefined, 250)
  })

  it('with a token: one JSON document and nothing else on standard output', async () => {
    const { exitCode, out, err } = await runHere(['scan', ...as('ada'), '--json'])
    expect(err).toMatch(/The scan has started\.\n[\s\S]*of \d+ {2}Finished\n$/)
    expect(exitCode).toBe(0)
    const document = documentSchema.parse(JSON.parse(out))
    expect(document.scan.startedBy).toBe('Ada Lindqvist')
    expect(document.findings.filter(({ open }) => open > 0).length).toBeGreaterThan(0)
    expect(document.notRead).toEqual([])
  })

  it('signs the person in through the browser and prints the table', async () => {
    const ran = await scanSigningIn((address) => signInAtPrintedAddress(address, 'ada@contoso-demo.example'))
    expect(ran.answered).toMatchObject({ status: 200, text: expect.stringContaining('You are signed in') })
    expect(ran.err).toContain('Signed in as ada@contoso-demo.example.')
    expect(ran.exitCode).toBe(0)
    expect(ran.out).toMatch(/^Contoso Demo \(contoso-demo\.example\)\nScore \d/)
    expect(ran.out).toMatch(/APP-01/)
    expect(ran.out + ran.err).not.toMatch(/eyJ[\w-]+\.eyJ/)
  })

  it('says that the sign-in was declined', async () => {
    const ran = await scanSigningIn(async (address) => {
      const asked = new URL(address).searchParams
      const fields = { error: 'access_denied', error_description: 'AADSTS65004: declined', state: asked.get('state') ?? '' }
      return (await fetch(asked.get('redirect_uri') ?? '', { method: 'POST', body: new URLSearchParams(fields) })).text()
    })
    expect(ran.answered).toContain('was not completed')
    expectNotDone(ran, 'The permissions were declined in the browser.')
  })

  it('takes no answer that another page made up, and ends at Ctrl-C', async () => {
    let forged: Promise<number> | undefined
    const ran = await runCommand(['scan', '--service', stack().service.origin, '--ca', stack().emulator.ready.ca], {
      onTold: (told, interrupt) => {
        const address = printedAddress(told)
        if (address !== undefined) forged ??= forgeAnswer(address).finally(interrupt)
      },
    })
    expect(await forged).toBe(400)
    expectNotDone(ran, 'The sign-in was given up; no scan was started.')
  })

  it('names the roles that may scan when the person has none of them', async () => {
    const ran = await runHere(['scan', ...as('cleo'), '--json'])
    expectNotDone(ran, 'This needs one of the roles owner, admin in Countersign.')
    expect(JSON.parse(ran.out)).toEqual({ error: expect.stringContaining('owner, admin') })
  })

  it('stops watching at Ctrl-C, while the scan goes on; the next one watches it, through a service that does not answer for a while', async () => {
    await holdScans()
    const ran = await runCommand(['scan', ...as('ada')], {
      onTold: (told, interrupt) => {
        if (/Reading/.test(told)) interrupt()
      },
    })
    expectNotDone(ran, 'Stopped watching. The scan goes on;')
    let letGo: Promise<unknown> | undefined
    const again = await runHere(['scan', ...as('ada')], (told) => {
      if (!/Reading/.test(told)) return
      letGo ??= standStill().then(letScansGo)
    })
    expect(again.err).toContain('A scan by Ada Lindqvist is already running; watching that one.')
    expect(again.exitCode).toBe(0)
    await letGo
  })

  it('says why a token was refused', async () => {
    const forged = join(stack().folder, 'forged.token')
    writeFileSync(forged, 'eyJhbGciOiJub25lIn0.e30.AAAA', { mode: 0o600 })
    expectNotDone(
      await runHere(['scan', '--service', stack().service.origin, '--token-file', forged]),
      'The token is of a tenant that this deployment does not serve. Sign in again.',
    )
  })

  it('names the address where nothing answers and what to do', async () => {
    const port = await freePort()
    expectNotDone(
      await runHere(['scan', '--service', `http://localhost:${port}`]),
      `Nothing answers at localhost:${port} (ECONNREFUSED). Start the service (npm start), or give its address with --service.`,
    )
  })

  it('says when something else answers', async () => {
    expectNotDone(
      await runHere(['scan', '--service', stack().emulator.ready.control]),
      'does not speak as this version of Countersign does',
    )
  })

  it('names the authority to trust when a certificate is not trusted', async () => {
    expectNotDone(await runCommand(['scan', '--service', stack().service.origin]), 'name that authority with --ca FILE')
  })
})
