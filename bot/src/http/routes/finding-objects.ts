import { z } from 'zod'
import { downloadFindings, listFindingObjects, type ObjectRow } from '@countersign/core/api/finding-objects.ts'
import type { Principal } from '@countersign/core/principal.ts'
import { byteOrderMark, csvLine } from '@countersign/core/text/csv.ts'
import { parseJson } from '@countersign/core/parse-json.ts'
import { isWholeText } from '@countersign/core/text/whole-text.ts'
import type { Place } from '../../store/finding-list.ts'
import { serve, serveFile, type Handler } from '../handler.ts'
import { answer, refuse } from '../problem.ts'
import type { FindingDependencies } from '../views/finding.ts'
import { findingObjects, type ObjectsAsked } from '../views/finding-objects.ts'

const text = z.string().refine(isWholeText)
const cursorSchema = z.tuple([z.string(), z.union([text, z.number()]), text])
const rowsAtATime = 1000

export function findingObjectRoutes(deps: FindingDependencies & { readonly now: () => number }): Handler[] {
  return [
    serve(listFindingObjects, async ({ signedIn: { principal }, query, locale }) => {
      const { order, cursor, limit, ...filter } = query
      const after = cursor === undefined ? undefined : placeOf(cursor, order)
      if (after === null)
        return refuse(400, 'Not a place in this list', 'The cursor is none that this list gave out, or of another order.', {
          errors: [{ path: 'query.cursor', message: 'must be `next` of the page before, with the same order' }],
        })
      const { place, ...page } = await findingObjects(deps, principal, { filter, order, after, limit }, { locale, now: deps.now() })
      return answer({ ...page, next: place ? cursorOf(place, order) : null })
    }),
    serveFile(downloadFindings, async ({ signedIn: { principal }, query, locale }) => {
      const { order, ...filter } = query
      return {
        kind: 'file',
        type: 'text/csv; charset=utf-8',
        name: `countersign-findings-${new Date(deps.now()).toISOString().slice(0, 10)}.csv`,
        pieces: csvPieces(deps, principal, { filter, order }, locale),
      }
    }),
  ]
}

/** The last row's place, with the order to which it belongs. */
function cursorOf({ value, key }: Place, order: string): string {
  return Buffer.from(JSON.stringify([order, value, key])).toString('base64url')
}

function placeOf(cursor: string, order: string): Place | null {
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')))
  if (!parsed.success) return null
  const [of, value, key] = parsed.data
  const isText = order.replace(/^-/, '') === 'object'
  return of === order && isText === (typeof value === 'string') ? { value, key } : null
}

const columns: readonly (readonly [string, (row: ObjectRow) => string | number])[] = [
  ['Severity', ({ severity }) => severity],
  ['Code', ({ code }) => code],
  ['Check', ({ checkId }) => checkId],
  ['Area', ({ areaTitle }) => areaTitle],
  ['Finding', ({ title }) => title],
  ['Object type', ({ type }) => type],
  ['Object', ({ name }) => name],
  ['Object id', ({ objectId }) => objectId],
  ['Part', ({ part }) => part],
  ['State', ({ state }) => state],
  ['Objects with this finding', ({ affects }) => affects],
  ['Points that mending all adds', ({ adds }) => adds],
  ['First seen (UTC)', ({ firstSeen }) => firstSeen],
  ['New since the last scan', ({ isNew }) => (isNew ? 'yes' : 'no')],
  ['Fixable by the Aid', ({ fix }) => (fix ? 'yes' : 'no')],
  ['Suppressed until', ({ suppression }) => suppression?.until ?? ''],
  ['Suppressed because', ({ suppression }) => suppression?.reason ?? ''],
  ['Answers for it', ({ suppression }) => suppression?.owner ?? ''],
  ['Declared as an exception', ({ declared }) => (declared ? 'yes' : 'no')],
]

/** A thousand rows at a time, each read by itself. What moves while it is written stands in it once. */
async function* csvPieces(
  deps: FindingDependencies & { readonly now: () => number },
  principal: Principal,
  asked: Pick<ObjectsAsked, 'filter' | 'order'>,
  locale: string,
): AsyncGenerator<string> {
  yield `${byteOrderMark}${csvLine(columns.map(([title]) => title))}`
  const written = new Set<string>()
  let after: Place | undefined
  do {
    const page = await findingObjects(deps, principal, { ...asked, after, limit: rowsAtATime }, { locale, now: deps.now() })
    const rows = page.objects.filter(({ findingKey }) => !written.has(findingKey))
    for (const { findingKey } of rows) written.add(findingKey)
    yield rows.map((row) => csvLine(columns.map(([, cell]) => cell(row)))).join('')
    after = page.place
  } while (after)
}
