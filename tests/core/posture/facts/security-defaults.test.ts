import { describe, expect, it } from '@jest/globals'
import { securityDefaults } from '../../../../core/posture/facts/security-defaults.ts'
import { parsed, publishedRows, refusal, spoiled } from '../../../build/parsing.ts'

const rows = publishedRows('get-security-defaults')

describe('security-defaults', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    expect(parsed(securityDefaults, rows)).toEqual([{ id: '00000000-0000-0000-0000-000000000005', isEnabled: true }])
  })

  it.each(['id', 'isEnabled'])('refuses a row where %s is missing, null or of another type, and says where', (path) => {
    for (const row of spoiled(rows[0], path)) expect(refusal(securityDefaults, row)).toContain(path)
  })
})
