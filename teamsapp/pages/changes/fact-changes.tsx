import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ObjectChangeView } from '@countersign/core/api/changes.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { counted } from '../../layout/words.ts'

const useStyles = makeStyles({
  details: { margin: '4px 0' },
  summary: { cursor: 'pointer', fontSize: '12px', lineHeight: '16px' },
  rows: {
    margin: '6px 0 0',
    padding: '0 0 0 12px',
    listStyleType: 'none',
    borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
    display: 'grid',
    rowGap: '6px',
  },
  value: { overflowWrap: 'anywhere' },
})

const kinds = { added: 'was added', removed: 'was removed', changed: 'changed' } as const satisfies Record<
  ObjectChangeView['facts'][number]['kind'],
  string
>

/** Which stored facts differ between the two scans, property by property. */
export function FactChanges({ object }: { readonly object: ObjectChangeView }): React.ReactElement | null {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  if (object.facts.length === 0) return null
  return (
    <details className={styles.details}>
      <summary
        className={styles.summary}
      >{`What is different in the tenant: ${counted(object.facts.length + object.moreFacts, 'row', 'rows', locale)}`}</summary>
      <ul className={styles.rows}>
        {object.facts.map((fact) => (
          <li key={`${fact.fact}/${fact.key}`}>
            <p className={text.captionStrong}>{`${fact.title}: a row ${kinds[fact.kind]}`}</p>
            {fact.properties.map(({ name, before, after }) => (
              <p
                key={name}
                className={mergeClasses(text.caption, styles.value)}
              >{`${name}: ${before ?? '(nothing)'} → ${after ?? '(nothing)'}`}</p>
            ))}
            {fact.more > 0 && (
              <p className={text.caption}>{`and ${counted(fact.more, 'further property', 'further properties', locale)}`}</p>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
