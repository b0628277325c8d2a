import { describe, expect, it } from '@jest/globals'
import { authenticationStrengths } from '../../../../core/posture/facts/authentication-strengths.ts'
import { parsed, publishedRows, refusal, spoiled } from '../../../build/parsing.ts'

const rows = publishedRows('list-authentication-strengths')

describe('authentication-strengths', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    expect(parsed(authenticationStrengths, rows)[2]).toEqual({
      id: '00000000-0000-0000-0000-000000000004',
      displayName: 'Phishing resistant MFA',
      policyType: 'builtIn',
      allowedCombinations: ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'],
    })
  })

  it.each(['id', 'policyType', 'allowedCombinations'])(
    'refuses a row where %s is missing, null or of another type, and says where',
    (path) => {
      for (const row of spoiled(rows[0], path)) expect(refusal(authenticationStrengths, row)).toContain(path)
    },
  )
})
