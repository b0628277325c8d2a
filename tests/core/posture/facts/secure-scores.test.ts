import { describe, expect, it } from '@jest/globals'
import { secureScores } from '../../../../core/posture/facts/secure-scores.ts'
import { parsed, publishedRows, refusal, spoiled } from '../../../build/parsing.ts'

const rows = publishedRows('list-secure-scores')

describe('secure-scores', () => {
  it("takes the fields in use from Microsoft's published answer", () => {
    expect(parsed(secureScores, rows)[0]?.controlScores).toEqual([
      { controlName: 'AdminMFA', controlCategory: 'Identity', score: 35 },
      { controlName: 'DLPEnabled', controlCategory: 'Data', score: 20 },
    ])
  })

  it.each(['id', 'createdDateTime', 'controlScores', 'controlScores.0.controlName', 'controlScores.0.score'])(
    'refuses a row where %s is missing, null or of another type, and says where',
    (path) => {
      for (const row of spoiled(rows[0], path)) expect(refusal(secureScores, row)).toContain(path)
    },
  )
})
