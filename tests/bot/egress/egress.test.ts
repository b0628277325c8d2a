import { describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { pathPattern } from '../../../bot/src/egress.ts'

const entry = z.object({
  at: z.string(),
  host: z.string(),
  port: z.number(),
  method: z.string(),
  pathPattern: z.string(),
  allowed: z.boolean(),
})
const answerSchema = z.object({ said: z.record(z.string(), z.string()), port: z.number(), ledger: z.array(entry) })

describe('egress', () => {
  const answer = answerSchema.parse(
    JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'egress-child.ts')], { encoding: 'utf8', timeout: 20_000 })),
  )

  it('lets through what the configuration names', () => {
    expect(answer.said['allowed']).toBe('hello')
  })
  it.each(['otherPort', 'fetchElsewhere', 'httpElsewhere', 'httpsElsewhere', 'netElsewhere'])(
    'refuses %s before a packet leaves',
    (name) => {
      expect(answer.said[name]).toBe('EgressRefused')
    },
  )
  it('writes down every attempt, allowed or not, without names', () => {
    expect(answer.ledger).toContainEqual(
      expect.objectContaining({ host: '127.0.0.1', port: answer.port, method: 'GET', pathPattern: '/v1.0/users/{id}', allowed: true }),
    )
    expect(answer.ledger.filter(({ host, allowed }) => host === 'example.com' && allowed)).toEqual([])
    expect(answer.ledger.filter(({ host }) => host === 'example.com').length).toBeGreaterThanOrEqual(4)
    expect(JSON.stringify(answer.ledger)).not.toContain('ada')
  })
  it('leaves ids, names and keys out of paths', () => {
    expect(pathPattern("/v1.0/groups/11111111-1111-4111-8111-111111111111/members(id='x')?$filter=a")).toBe('/v1.0/groups/{id}/{id}')
    expect(pathPattern('/v1.0/applications?$top=999')).toBe('/v1.0/applications')
  })
})
