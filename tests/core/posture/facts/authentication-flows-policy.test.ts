import { describe, expect, it } from '@jest/globals'
import { authenticationFlowsPolicy } from '../../../../core/posture/facts/authentication-flows-policy.ts'
import { parsed, publishedRows, refusal, spoiled } from '../../../build/parsing.ts'

const rows = publishedRows('get-authentication-flows-policy')

describe('authentication-flows-policy', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    expect(parsed(authenticationFlowsPolicy, rows)).toEqual([{ id: 'authenticationFlowsPolicy', selfServiceSignUp: { isEnabled: true } }])
  })

  it.each(['id', 'selfServiceSignUp', 'selfServiceSignUp.isEnabled'])(
    'refuses a row where %s is missing, null or of another type, and says where',
    (path) => {
      for (const row of spoiled(rows[0], path)) expect(refusal(authenticationFlowsPolicy, row)).toContain(path)
    },
  )
})
