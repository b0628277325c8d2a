import { describe, expect, it } from '@jest/globals'
import { csvPieces } from '../../../core/report/csv.ts'
import { fc } from '../../random.ts'
import { readCsv } from './csv-reader.ts'
import { reportOver, textOf } from './demo.ts'
import { namedResult } from './hostile.ts'

describe('CSV', () => {
  it('lets no name at all become a formula, a line or a field of its own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 5 }), async (names) => {
        const read = await linesOf(names)
        expect(read).toHaveLength(names.length)
        for (const { Object: cell = '' } of read) expect(cell).not.toMatch(/^\s*[=+\-@]/u)
      }),
      { numRuns: 100 },
    )
  })
})

async function linesOf(names: readonly string[]): Promise<ReturnType<typeof readCsv>> {
  const { report, outcomeOf } = reportOver([namedResult(names)])
  return readCsv(await textOf(csvPieces(report, outcomeOf)))
}
