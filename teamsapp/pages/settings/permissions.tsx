import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { ScopesView } from '@countersign/core/api/actions.ts'
import type { Standing } from '@countersign/ui/contract.ts'
import { Card } from '@countersign/ui/card.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'
import { useText } from '@countersign/ui/text.ts'
import { useRoute } from '../../client/client.tsx'
import { TroubleBar } from '../../layout/states.tsx'

type ScopeLine = ScopesView['planes'][number]['scopes'][number]

const planeWords = {
  read: { title: 'Countersign Read, in the name of whoever scans', empty: 'Nothing is asked for.' },
  act: { title: 'Countersign Act, in the name of the Aid', empty: 'No action is switched on, so the Aid needs no permission.' },
} as const satisfies Record<ScopesView['planes'][number]['plane'], { readonly title: string; readonly empty: string }>

const kindWords = {
  write: 'Changes',
  proof: 'Checks changes',
  read: 'Reads',
  surplus: 'Not needed',
} as const satisfies Record<ScopeLine['kind'], string>

/** Reasons that are written out; the rest is counted. */
const reasonsShown = 3

const useStyles = makeStyles({
  part: { padding: '0 20px 4px', '@container (max-width: 639px)': { padding: '0 16px 4px' } },
  gap: { marginTop: '16px' },
  name: { width: '32%', '@container (max-width: 639px)': { width: '46%' } },
  state: { width: '15%', whiteSpace: 'nowrap', '@container (max-width: 859px)': { width: 'auto' } },
  words: { padding: '0 20px 12px', '@container (max-width: 639px)': { padding: '0 16px 12px' } },
})

/** What is needed, what was granted and what is held, for both registrations and for the Aid's directory roles. */
export function Permissions(): React.ReactElement {
  const query = useRoute('scopes', 'GET /api/scopes', {})
  const styles = useStyles()
  const text = useText()
  return (
    <Card title="Needed and granted" note="and what the last token held" flush>
      <div className={styles.words}>
        {query.error != null && <TroubleBar error={query.error} onRetry={() => void query.refetch()} />}
        <p className={text.body}>{query.data ? summary(query.data) : query.error ? '' : 'Being read.'}</p>
      </div>
      {query.data?.planes.map(({ plane, scopes }) => (
        <Scopes key={plane} plane={plane} scopes={scopes} />
      ))}
      {query.data && query.data.roles.length > 0 && <Roles roles={query.data.roles} />}
    </Card>
  )
}

/** Whether what is there is exactly what is needed; what was not read is said to be so. */
function summary({ planes, roles }: ScopesView): string {
  const lines = planes.flatMap(({ scopes }) => scopes)
  const missing = [
    ...lines.filter(({ kind, held, granted }) => kind !== 'surplus' && (held === false || granted === false)).map(({ scope }) => scope),
    ...roles.filter(({ needed, held }) => needed && held === false).map(({ name }) => name),
  ]
  const surplus = [
    ...lines.filter(({ kind }) => kind === 'surplus').map(({ scope }) => scope),
    ...roles.filter(({ needed }) => !needed).map(({ name }) => name),
  ]
  const unread = lines.some(({ held, kind }) => held === null && kind !== 'surplus') || roles.some(({ held }) => held === null)
  const list = new Intl.ListFormat('en')
  if (missing.length === 0 && surplus.length === 0)
    return unread
      ? 'Nothing that was read is missing or too much; not everything could be read yet.'
      : 'Everything that is needed is there, and nothing beyond it.'
  return [
    ...(missing.length > 0 ? [`Missing: ${list.format([...new Set(missing)])}.`] : []),
    ...(surplus.length > 0 ? [`More than is needed, to be removed in Entra: ${list.format([...new Set(surplus)])}.`] : []),
  ].join(' ')
}

function Scopes({ plane, scopes }: { readonly plane: keyof typeof planeWords; readonly scopes: readonly ScopeLine[] }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const table = useTable()
  const { title, empty } = planeWords[plane]
  return (
    <>
      <h3 className={mergeClasses(text.strong, styles.part, plane === 'act' && styles.gap)}>{title}</h3>
      {scopes.length === 0 ? (
        <p className={mergeClasses(text.body, styles.words)}>{empty}</p>
      ) : (
        <table className={table.table} aria-label={title}>
          <Heads names={['Permission', 'Needed for', 'Granted', 'Held']} />
          <tbody>
            {scopes.map((line) => (
              <tr key={`${line.kind} ${line.scope}`}>
                <th scope="row" className={mergeClasses(table.cell, table.top, styles.name)}>
                  <span className={text.mono}>
                    <PathText text={line.scope} />
                  </span>
                  <p className={text.caption}>{kindWords[line.kind]}</p>
                </th>
                <td className={mergeClasses(table.cell, table.top, table.narrowHidden)}>
                  <p className={text.caption}>{reasons(line.because)}</p>
                </td>
                <td className={mergeClasses(table.cell, table.top, styles.state)}>
                  <Has has={line.granted ?? null} isSurplus={line.kind === 'surplus'} />
                </td>
                <td className={mergeClasses(table.cell, table.top, styles.state)}>
                  <Has has={line.held} isSurplus={line.kind === 'surplus'} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

function Roles({ roles }: { readonly roles: ScopesView['roles'] }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const table = useTable()
  return (
    <>
      <h3 className={mergeClasses(text.strong, styles.part, styles.gap)}>Directory roles of the Aid’s user</h3>
      <table className={table.table} aria-label="Directory roles of the Aid’s user">
        <Heads names={['Role', 'Needed for', 'Needed', 'Held']} />
        <tbody>
          {roles.map(({ name, because, scope, needed, held }) => (
            <tr key={name}>
              <th scope="row" className={mergeClasses(table.cell, table.top, styles.name)}>
                {name}
                <p className={text.caption}>{scope}</p>
              </th>
              <td className={mergeClasses(table.cell, table.top, table.narrowHidden)}>
                <p className={text.caption}>{reasons(because)}</p>
              </td>
              <td className={mergeClasses(table.cell, table.top, styles.state)}>{needed ? 'Yes' : 'No'}</td>
              <td className={mergeClasses(table.cell, table.top, styles.state)}>
                <Has has={held} isSurplus={!needed} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Heads({ names }: { readonly names: readonly string[] }): React.ReactElement {
  const table = useTable()
  return (
    <thead>
      <tr>
        {names.map((name, index) => (
          <th key={name} scope="col" className={mergeClasses(table.head, index === 1 && table.narrowHidden)}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function Has({ has, isSurplus }: { readonly has: boolean | null; readonly isSurplus: boolean }): React.ReactElement {
  const { standing, word } = hasMark(has, isSurplus)
  return <StandingMark standing={standing} word={word} />
}

function hasMark(has: boolean | null, isSurplus: boolean): { readonly standing: Standing; readonly word: string } {
  if (has === null) return { standing: 'unknown', word: 'Not read' }
  if (isSurplus) return has ? { standing: 'failing', word: 'Too much' } : { standing: 'unknown', word: 'No' }
  return has ? { standing: 'proven', word: 'Yes' } : { standing: 'failing', word: 'No' }
}

function reasons(because: readonly string[]): string {
  const rest = because.length - reasonsShown
  const shown = rest > 1 ? because.slice(0, reasonsShown) : because
  return `${shown.join(' · ')}${rest > 1 ? ` · and ${rest} more` : ''}`
}
