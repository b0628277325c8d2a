import { csvPieces } from './csv.ts'
import { htmlPieces } from './html.ts'
import { jsonPieces } from './json.ts'
import type { OutcomeSource } from './objects.ts'
import { oscalPieces } from './oscal.ts'
import type { Report } from './report.ts'

/** Every way in which a report is written, with the file that it makes. */
export const reportWriters = {
  json: { type: 'application/json; charset=utf-8', ending: 'json', pieces: jsonPieces },
  csv: { type: 'text/csv; charset=utf-8', ending: 'csv', pieces: csvPieces },
  html: { type: 'text/html; charset=utf-8', ending: 'html', pieces: htmlPieces },
  oscal: { type: 'application/json; charset=utf-8', ending: 'oscal.json', pieces: oscalPieces },
} as const satisfies Record<
  string,
  {
    readonly type: string
    readonly ending: string
    readonly pieces: (report: Report, outcomeOf: OutcomeSource, locale?: string) => AsyncIterable<string>
  }
>
