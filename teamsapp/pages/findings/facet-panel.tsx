import * as React from 'react'
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkRegular, FilterRegular } from '@fluentui/react-icons'
import type { Facets } from '@countersign/core/api/finding-objects.ts'
import { formatCount } from '@countersign/ui/format.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { SeverityMark, severityWords } from '@countersign/ui/severity-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { findingStateWords, frameworkWords, objectWords } from '../../layout/words.ts'
import { chosenIn, countChosen, facets as facetTitles, switched, type FacetName } from './filters.ts'

const useStyles = makeStyles({
  panel: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '8px',
    padding: '14px 12px 12px',
    display: 'grid',
    rowGap: '14px',
    alignContent: 'start',
    '@container (max-width: 1023px)': {
      gridTemplateColumns: 'repeat(auto-fill, minmax(190px, 1fr))',
      columnGap: '16px',
      marginTop: '8px',
    },
  },
  folded: { '@container (max-width: 1023px)': { display: 'none' } },
  toggle: { display: 'none', '@container (max-width: 1023px)': { display: 'inline-flex' } },
  group: { border: 'none', margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: '0 8px 4px' },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', rowGap: '1px' },
  value: {
    font: 'inherit',
    fontSize: '13px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground1,
    background: 'none',
    border: '1px solid transparent',
    borderRadius: '4px',
    width: '100%',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto auto',
    alignItems: 'center',
    columnGap: '6px',
    textAlign: 'left',
    padding: '4px 7px',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-1px' },
  },
  on: { backgroundColor: tokens.colorBrandBackground2, fontWeight: 600, border: `1px solid ${tokens.colorNeutralStroke1}` },
  count: { color: tokens.colorNeutralForeground2, fontWeight: 400 },
  name: { overflowWrap: 'anywhere' },
})

export interface FacetPanelProps {
  readonly facets: Facets | undefined
  readonly search: URLSearchParams
  readonly onSearch: (search: URLSearchParams) => void
  /** What stands above the facets, for example saved views. */
  readonly children?: React.ReactNode
}

/** Facets with how many findings each value would leave; what is chosen stands in the address. Below 1024 they fold away. */
export function FacetPanel({ facets, search, onSearch, children }: FacetPanelProps): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const [isOpen, setOpen] = React.useState(false)
  const count = countChosen(search)
  return (
    <div>
      <Button className={styles.toggle} icon={<FilterRegular />} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {count === 0 ? 'Filters' : `Filters (${formatCount(count, locale)})`}
      </Button>
      <div role="group" aria-label="Filters" className={mergeClasses(styles.panel, !isOpen && styles.folded)}>
        {children}
        {facetTitles.map(({ name, title }) => (
          <Group
            key={name}
            name={name}
            title={title}
            values={facets?.[name] ?? []}
            chosen={chosenIn(search, name)}
            onSwitch={(value) => onSearch(switched(search, name, value))}
          />
        ))}
      </div>
    </div>
  )
}

/** A facet longer than this shows the rest on request. */
const mostShown = 8
const severityOrder: readonly string[] = Object.keys(severityWords)
const stateOrder: readonly string[] = Object.keys(findingStateWords)

function Group({
  name,
  title,
  values,
  chosen,
  onSwitch,
}: {
  readonly name: FacetName
  readonly title: string
  readonly values: Facets['severity']
  readonly chosen: readonly string[]
  readonly onSwitch: (value: string) => void
}): React.ReactElement | null {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const [showsAll, setShowsAll] = React.useState(false)
  // What is chosen stays in the list, also when nothing is left of it.
  const gone = chosen.filter((value) => values.every((one) => one.value !== value)).map((value) => ({ value, title: value, count: 0 }))
  const listed = inOrder(name, [...values, ...gone])
  if (listed.length === 0) return null
  const shown = showsAll ? listed : listed.slice(0, mostShown)
  return (
    <fieldset className={styles.group}>
      <legend className={mergeClasses(text.captionStrong, styles.legend)}>{title}</legend>
      <ul className={styles.list}>
        {shown.map((one) => {
          const isOn = chosen.includes(one.value)
          return (
            <li key={one.value}>
              <button
                type="button"
                className={mergeClasses(styles.value, isOn && styles.on)}
                aria-pressed={isOn}
                onClick={() => onSwitch(one.value)}
              >
                <span className={styles.name}>{wordOf(name, one)}</span>
                {isOn ? <CheckmarkRegular fontSize={14} aria-hidden="true" /> : <span />}
                <span className={styles.count}>{formatCount(one.count, locale)}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {listed.length > shown.length && (
        <Button size="small" appearance="subtle" onClick={() => setShowsAll(true)}>
          {`Show all ${formatCount(listed.length, locale)}`}
        </Button>
      )}
    </fieldset>
  )
}

function inOrder(name: FacetName, values: Facets['severity']): Facets['severity'] {
  if (name === 'severity') return [...values].sort((one, other) => severityOrder.indexOf(one.value) - severityOrder.indexOf(other.value))
  if (name === 'state') return [...values].sort((one, other) => stateOrder.indexOf(one.value) - stateOrder.indexOf(other.value))
  if (name === 'policy') return values
  return [...values].sort((one, other) => other.count - one.count)
}

function wordOf(name: FacetName, { value, title }: Facets['severity'][number]): React.ReactNode {
  switch (name) {
    case 'severity':
      return isIn(severityWords, value) ? <SeverityMark severity={value} /> : value
    case 'state':
      return isIn(findingStateWords, value) ? findingStateWords[value] : value
    case 'type':
      return isIn(objectWords, value) ? objectWords[value] : value
    case 'framework':
      return frameworkWords[value] ?? value
    case 'fixable':
      return 'Fixable by the Aid'
    case 'new':
      return 'New or back again'
    case 'area':
    case 'licence':
    case 'policy':
      return title
  }
}

function isIn<T extends object>(table: T, value: string): value is Extract<keyof T, string> {
  return Object.hasOwn(table, value)
}
