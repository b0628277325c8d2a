import { parseJson } from '@countersign/core/parse-json.ts'
import { z } from 'zod'
import { failureSentence, reach, type NetworkFailure } from '../network.ts'
import { ok, problem, unknown, type DoctorLine } from './line.ts'

const openId = { id: 'sign-in-service', title: 'Sign-in service' }
const trust = { id: 'tls-trust', title: 'TLS trust' }
const clock = { id: 'clock', title: 'Clock' }
const graph = { id: 'graph', title: 'Microsoft Graph' }

/** Tokens are refused beyond this difference (bot/src/identity/api-token.ts). */
const toleranceSeconds = 60

const configurationSchema = z.object({ issuer: z.string(), jwks_uri: z.string(), token_endpoint: z.string() })

export interface OutsideLook {
  readonly lines: readonly DoctorLine[]
  /** Whether the sign-in service answers as it should, so that more can be asked of it. */
  readonly canSignIn: boolean
}

/** Asks the sign-in service and Graph, without anybody's token: reachable, trusted, the right issuer, the same time. */
export async function lookOutside(
  settings: { readonly authority: string; readonly graph: string; readonly tenants: readonly string[] },
  now: () => number,
): Promise<OutsideLook> {
  const issuers = await Promise.all(settings.tenants.map((tenant) => lookAtIssuer(settings.authority, tenant, now)))
  const graphLook = await lookAtGraph(settings.graph)
  const failures = [
    ...issuers.map(({ failure }) => ({ address: settings.authority, failure })),
    { address: settings.graph, failure: graphLook.failure },
  ]
  const lines = [
    ...issuers.map(({ line }) => line),
    trustLine(failures, [settings.authority, settings.graph]),
    clockLine(issuers.map(({ skewSeconds }) => skewSeconds)),
    graphLook.line,
  ]
  return { lines, canSignIn: issuers.every(({ line }) => line.state === 'ok') }
}

interface IssuerLook {
  readonly line: DoctorLine
  readonly failure?: NetworkFailure
  /** Our clock minus theirs. */
  readonly skewSeconds?: number
}

async function lookAtIssuer(authority: string, tenant: string, now: () => number): Promise<IssuerLook> {
  const askedAt = now()
  const reached = await reach(`${authority}/${tenant}/v2.0/.well-known/openid-configuration`)
  if (reached.kind === 'failed')
    return {
      line: problem(
        openId,
        failureSentence(authority, reached.failure),
        'Check COUNTERSIGN_AUTHORITY, and that this machine may reach it.',
      ),
      failure: reached.failure,
    }
  const skew = skewOf(reached.headers.get('date'), (askedAt + now()) / 2)
  const withSkew = skew === undefined ? {} : { skewSeconds: skew }
  if (reached.status === 400 || reached.status === 404)
    return {
      line: problem(
        openId,
        `It does not know the tenant ${tenant}.`,
        'Correct COUNTERSIGN_TENANTS: the directory id stands on the overview page of the tenant in Entra.',
      ),
      ...withSkew,
    }
  const configuration = configurationSchema.safeParse(parseJson(reached.text))
  if (!configuration.success)
    return {
      line: problem(
        openId,
        `What answers at ${authority} is no sign-in service (${reached.status}).`,
        'Correct COUNTERSIGN_AUTHORITY, for example https://login.microsoftonline.com.',
      ),
      ...withSkew,
    }
  const wanted = `${authority}/${tenant}/v2.0`
  const { issuer } = configuration.data
  if (issuer !== wanted)
    return {
      line: problem(
        openId,
        `It issues tokens as ${issuer}, but the service accepts ${wanted} alone.`,
        'Write COUNTERSIGN_AUTHORITY exactly as the issuer begins.',
      ),
      ...withSkew,
    }
  return { line: ok(openId, `Reachable, with the right issuer for the tenant ${tenant}.`), ...withSkew }
}

async function lookAtGraph(address: string): Promise<{ readonly line: DoctorLine; readonly failure?: NetworkFailure }> {
  const reached = await reach(`${address}/v1.0/organization`)
  if (reached.kind === 'failed')
    return {
      line: problem(graph, failureSentence(address, reached.failure), 'Check COUNTERSIGN_GRAPH, and that this machine may reach it.'),
      failure: reached.failure,
    }
  // Without a token the right answer is no.
  if (reached.status === 401) return { line: ok(graph, 'Reachable; it asks for a token, as it should.') }
  return {
    line: problem(
      graph,
      `What answers at ${address} is not Microsoft Graph, or Graph is disturbed (${reached.status}).`,
      'Correct COUNTERSIGN_GRAPH, for example https://graph.microsoft.com, or try again later.',
    ),
  }
}

function trustLine(
  attempts: readonly { readonly address: string; readonly failure: NetworkFailure | undefined }[],
  addresses: readonly string[],
): DoctorLine {
  const untrusted = attempts.find(({ failure }) => failure?.kind === 'certificate')
  if (untrusted?.failure)
    return problem(
      trust,
      failureSentence(untrusted.address, untrusted.failure),
      'Name the PEM file of the authority that signed it in COUNTERSIGN_CA.',
    )
  if (!addresses.some((address) => address.startsWith('https:'))) return ok(trust, 'No address of this deployment uses TLS.')
  if (attempts.some(({ failure }) => failure !== undefined))
    return unknown(trust, 'Not every address was reached, so not every certificate was seen.')
  return ok(trust, 'The certificates of all addresses are trusted.')
}

function clockLine(skews: readonly (number | undefined)[]): DoctorLine {
  const known = skews.filter((skew) => skew !== undefined)
  if (known.length === 0) return unknown(clock, 'The sign-in service did not say what time it is.')
  const [worst = 0] = known.sort((left, right) => Math.abs(right) - Math.abs(left))
  const amount = `${Math.abs(worst)} ${Math.abs(worst) === 1 ? 'second' : 'seconds'}`
  if (Math.abs(worst) > toleranceSeconds)
    return problem(
      clock,
      `This machine's clock is ${amount} ${worst > 0 ? 'ahead of' : 'behind'} the sign-in service; beyond ${toleranceSeconds} seconds tokens are refused.`,
      'Let the machine take its time from a time server (NTP).',
    )
  return ok(clock, `Within ${amount} of the sign-in service.`)
}

/** The Date header counts whole seconds. */
function skewOf(date: string | null, ourTime: number): number | undefined {
  const theirs = date === null ? Number.NaN : Date.parse(date)
  return Number.isNaN(theirs) ? undefined : Math.round((ourTime - theirs) / 1000)
}
