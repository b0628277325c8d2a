import * as React from 'react'
import { Button, makeStyles, mergeClasses } from '@fluentui/react-components'
import type { FindingPage } from '@countersign/core/api/findings.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { SeverityMark } from '@countersign/ui/severity-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { ChangeButton } from '../../layout/change-button.tsx'
import { PageLink } from '../../layout/links.tsx'
import { objectPath } from '../../layout/object-path.ts'
import { Moving } from '../../layout/moving.tsx'
import { counted, findingStateWords, objectWords } from '../../layout/words.ts'
import { Basis } from './basis.tsx'
import { RowActions } from './row-actions.tsx'

type AffectedObject = FindingPage['affected'][number]

const columns = 'minmax(0, 4fr) minmax(0, 6fr) minmax(96px, 1fr) 148px'

const useStyles = makeStyles({
  heads: {
    display: 'grid',
    gridTemplateColumns: columns,
    columnGap: '16px',
    padding: '0 20px 8px',
    '@container (max-width: 859px)': { display: 'none' },
  },
  row: {
    display: 'grid',
    gridTemplateColumns: columns,
    columnGap: '16px',
    alignItems: 'center',
    '@container (min-width: 640px) and (max-width: 859px)': { gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', rowGap: '6px' },
    '@container (max-width: 639px)': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: '6px' },
  },
  button: { width: '100%' },
  buttons: { display: 'grid', rowGap: '4px', justifyItems: 'stretch' },
})

export interface Fixes {
  /** Why the buttons are shut; '' when they are open. */
  readonly closedBecause: string
  readonly isBusy: boolean
  readonly onFix: (object: AffectedObject) => void
  readonly onShow: (proposalId: string) => void
}

/** Rows that are there at first, and that each press adds: thousands at once would hold up the page. */
const rowsAtATime = 100

/** Every object that the finding is about, with its own fix where there is one. */
export function Affected({ finding, fixes }: { readonly finding: FindingPage; readonly fixes: Fixes | undefined }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const [shown, setShown] = React.useState(rowsAtATime)
  const { affected, unlisted } = finding
  const rest = affected.length - shown
  return (
    <Card title="Affected" note={counted(affected.length + unlisted, 'object', 'objects', locale)} flush>
      <div className={styles.heads} aria-hidden="true">
        <span className={text.caption}>Object</span>
        <span className={text.caption}>Because of</span>
        <span className={text.caption}>Since</span>
      </div>
      <ul className={rows.list}>
        {affected.slice(0, shown).map((object) => (
          <li key={object.findingKey} className={mergeClasses(rows.row, styles.row)}>
            <div>
              <ObjectName object={object} />
              <p className={text.caption}>{objectWords[object.type]}</p>
              {idsOf(object) !== '' && <p className={mergeClasses(text.mono, text.secondary)}>{idsOf(object)}</p>}
            </div>
            <div>
              {object.severity !== undefined && object.severity !== finding.severity && <SeverityMark severity={object.severity} />}
              <p className={text.body}>
                <PathText text={object.because} />
              </p>
              <Basis basis={object.basis} answers={finding.answers} />
            </div>
            <div>
              <p className={text.body}>
                <Moment at={object.firstSeen} as="day" />
              </p>
              <Moving value={object.state} says={`${object.name}: ${findingStateWords[object.state]}`}>
                <span className={text.caption}>
                  {object.notReadSince === null ? findingStateWords[object.state] : 'Not read by the last scan'}
                </span>
              </Moving>
              {object.suppression && (
                <p className={text.caption}>
                  {`${object.suppression.owner}, until `}
                  <Moment at={object.suppression.until} as="day" />
                  {`: ${object.suppression.reason}`}
                </p>
              )}
            </div>
            <div className={styles.buttons}>
              <FixButton object={object} fixes={fixes} />
              <RowActions finding={finding} object={object} />
            </div>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <div className={rows.row}>
          <Button size="small" onClick={() => setShown(shown + rowsAtATime)}>
            {rest > rowsAtATime
              ? `Show ${rowsAtATime} more of ${formatCount(rest, locale)}`
              : `Show ${counted(rest, 'more object', 'more objects', locale)}`}
          </Button>
        </div>
      )}
      {unlisted > 0 && (
        <p className={mergeClasses(text.caption, rows.row)}>
          {`${counted(unlisted, 'further object is', 'further objects are', locale)} counted and not listed.`}
        </p>
      )}
    </Card>
  )
}

/** Ids that stand nowhere else: an object with a page of its own has its id there, and most sentences name the part. */
function idsOf({ type, objectId, part, because }: AffectedObject): string {
  const id = objectPath(type, objectId) === undefined ? objectId : ''
  return [id, because.includes(part) ? '' : part].filter((one) => one !== '').join(' ')
}

function ObjectName({ object: { type, objectId, name } }: { readonly object: AffectedObject }): React.ReactElement {
  const text = useText()
  const path = objectPath(type, objectId)
  return <p className={text.strong}>{path === undefined ? name : <PageLink to={path}>{name}</PageLink>}</p>
}

function FixButton({ object, fixes }: { readonly object: AffectedObject; readonly fixes: Fixes | undefined }): React.ReactElement {
  const styles = useStyles()
  const { proposalId } = object
  if (!fixes || (!object.fix && proposalId === null)) return <span />
  if (proposalId !== null) {
    return (
      <Button
        size="small"
        className={styles.button}
        aria-label={`See the proposal for ${object.name}`}
        onClick={() => fixes.onShow(proposalId)}
      >
        See the proposal
      </Button>
    )
  }
  return (
    <ChangeButton
      size="small"
      className={styles.button}
      aria-label={`Fix with the Aid: ${object.name}`}
      title={fixes.closedBecause === '' ? object.fix?.title : fixes.closedBecause}
      disabledFocusable={fixes.closedBecause !== '' || fixes.isBusy}
      onClick={() => fixes.onFix(object)}
    >
      Fix with the Aid
    </ChangeButton>
  )
}
