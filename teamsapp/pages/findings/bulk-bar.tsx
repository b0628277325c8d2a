import * as React from 'react'
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useReader } from '@countersign/ui/reader.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { useText } from '@countersign/ui/text.ts'
import type { ObjectRow } from '@countersign/core/api/finding-objects.ts'
import { useMe } from '../../client/client.tsx'
import { counted } from '../../layout/words.ts'
import type { BulkOutcome } from './bulk.ts'
import { nameOf } from './object-columns.tsx'
import type { FindingRow } from './rows.ts'
import type { Suppressable } from './suppress-dialog.tsx'

const SuppressDialog = React.lazy(async () => ({ default: (await import('./suppress-dialog.tsx')).SuppressDialog }))
const DeclareDialog = React.lazy(async () => ({ default: (await import('./declare-dialog.tsx')).DeclareDialog }))
const ProposeDialog = React.lazy(async () => ({ default: (await import('./propose-dialog.tsx')).ProposeDialog }))

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px',
    padding: '8px 20px',
    backgroundColor: tokens.colorBrandBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    // Cards have the choice of the order below it.
    '@container (max-width: 639px)': { padding: '8px 16px', marginBottom: '10px' },
  },
  count: { marginRight: 'auto', display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: '8px' },
})

interface Chosen {
  readonly suppressable: readonly Suppressable[]
  /** Empty where whole checks are chosen: those are neither declared nor proposed. */
  readonly objects: readonly ObjectRow[]
}

export function chosenObjects(rows: readonly ObjectRow[]): Chosen {
  const suppressable = rows
    .filter(({ state }) => state === 'open' || state === 'returned')
    .map((row) => ({ key: row.findingKey, name: `${nameOf(row)} (${row.code})`, checkId: row.checkId, findingKey: row.findingKey }))
  return { suppressable, objects: rows }
}

export function chosenChecks(rows: readonly FindingRow[]): Chosen {
  const suppressable = rows
    .filter(({ state }) => state !== 'closed')
    .map(({ checkId, title }) => ({ key: checkId, name: title, checkId, findingKey: undefined }))
  return { suppressable, objects: [] }
}

/** What can be done with the chosen findings. Buttons that are shut say why. */
export function BulkBar({
  count,
  chosen,
  byObject,
  loaded,
  total,
  onDone,
  onClear,
}: {
  readonly count: number
  readonly chosen: Chosen
  readonly byObject: boolean
  /** Rows that are at hand, and rows that there are: only what is at hand can be chosen. */
  readonly loaded: number
  readonly total: number
  /** What was done is no longer chosen; what was refused stays. */
  readonly onDone: (outcomes: readonly BulkOutcome[]) => void
  readonly onClear: () => void
}): React.ReactElement | null {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const me = useMe()
  const [open, setOpen] = React.useState<{ readonly what: 'suppress' | 'declare' | 'propose'; readonly chosen: Chosen }>()
  const roles = me.data?.roles ?? []
  const maySuppress = roles.includes('owner') || roles.includes('admin')
  const close = (): void => setOpen(undefined)
  const fixable = chosen.objects.filter(({ fix, proposalId }) => fix !== null && proposalId === null).length
  const shut = {
    suppress: !maySuppress
      ? 'Accepting findings needs the role Owner or Administrator.'
      : chosen.suppressable.length === 0
        ? 'None of the chosen findings is open.'
        : '',
    declare: !roles.includes('owner')
      ? 'Declaring exceptions needs the role Owner.'
      : chosen.objects.every(({ declarable }) => declarable.length === 0)
        ? 'None of the chosen objects can be declared as an exception.'
        : '',
    propose:
      me.data?.may.propose !== true
        ? 'Proposing a fix needs the role Owner or Administrator.'
        : me.data.aid.state !== 'connected'
          ? 'The Aid is not connected. An Owner connects it in Settings.'
          : fixable === 0
            ? 'The Aid has no fix for the chosen findings, or it is proposed already.'
            : '',
  }
  return (
    <>
      {count > 0 && (
        <div role="group" aria-label="Chosen findings" className={styles.bar}>
          <span className={styles.count} role="status">
            <span className={text.strong}>{`${counted(count, 'finding', 'findings', locale)} selected`}</span>
            {loaded < total && (
              <span
                className={text.caption}
              >{`of ${formatCount(loaded, locale)} loaded so far; ${formatCount(total, locale)} in the list`}</span>
            )}
          </span>
          {byObject && me.data?.act === 'on' && (
            <Action title="Propose the fix" because={shut.propose} isPrimary onPress={() => setOpen({ what: 'propose', chosen })} />
          )}
          <Action title="Accept for a while" because={shut.suppress} onPress={() => setOpen({ what: 'suppress', chosen })} />
          {byObject && <Action title="Declare as exception" because={shut.declare} onPress={() => setOpen({ what: 'declare', chosen })} />}
          <Button size="small" appearance="subtle" onClick={onClear}>
            Clear selection
          </Button>
        </div>
      )}
      <React.Suspense fallback={null}>
        {open?.what === 'suppress' && <SuppressDialog items={open.chosen.suppressable} onDone={done} onClose={close} />}
        {open?.what === 'declare' && <DeclareDialog rows={open.chosen.objects} onDone={done} onClose={close} />}
        {open?.what === 'propose' && <ProposeDialog rows={open.chosen.objects} onDone={done} onClose={close} />}
      </React.Suspense>
    </>
  )

  /** What was refused is all that is left for another try. */
  function done(outcomes: readonly BulkOutcome[]): void {
    const finished = new Set(outcomes.flatMap(({ key, state }) => (state === 'done' ? [key] : [])))
    setOpen(
      (before) =>
        before && {
          ...before,
          chosen: {
            suppressable: before.chosen.suppressable.filter(({ key }) => !finished.has(key)),
            objects: before.chosen.objects.filter(({ findingKey }) => !finished.has(findingKey)),
          },
        },
    )
    onDone(outcomes)
  }
}

function Action({
  title,
  because,
  isPrimary = false,
  onPress,
}: {
  readonly title: string
  readonly because: string
  readonly isPrimary?: boolean
  readonly onPress: () => void
}): React.ReactElement {
  return (
    <Button
      size="small"
      appearance={isPrimary ? 'primary' : 'secondary'}
      disabledFocusable={because !== ''}
      {...(because === '' ? {} : { title: because })}
      onClick={onPress}
    >
      {title}
    </Button>
  )
}
