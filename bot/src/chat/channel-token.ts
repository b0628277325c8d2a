import { z } from 'zod'
import { parseJson } from '@countersign/core/parse-json.ts'

const headerSchema = z.looseObject({ alg: z.literal('RS256'), kid: z.string().min(1) })
const claimsSchema = z.looseObject({ iss: z.string(), aud: z.string() })

/**
 * Looks at a channel token before the SDK does: the SDK chooses its rules by the issuer that the token itself names, and
 * some of its paths answer with an error of their own making. Only the one issuer of the configuration goes further; the
 * signature is still the SDK's to check.
 */
export function isChannelToken(authorization: string | undefined, expected: { readonly issuer: string; readonly appId: string }): boolean {
  const token = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(authorization ?? '')
  if (!token) return false
  const header = headerSchema.safeParse(decoded(token[1]))
  const claims = claimsSchema.safeParse(decoded(token[2]))
  return header.success && claims.success && claims.data.iss === expected.issuer && claims.data.aud.toLowerCase() === expected.appId
}

function decoded(part: string | undefined): unknown {
  return parseJson(Buffer.from(part ?? '', 'base64url').toString('utf8'))
}

/** Whether the bot may answer to this address: https (or this machine), and a host of the list, with its port if it names one. */
export function isAllowedService(serviceUrl: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(serviceUrl)) return false
  const url = new URL(serviceUrl)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false
  return hosts.some((host) => host.toLowerCase() === url.host)
}
