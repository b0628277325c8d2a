import * as React from 'react'
import { makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import type { Overview } from '@countersign/core/api/posture.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useMe } from '../../client/client.tsx'
import { ChangeButton } from '../../layout/change-button.tsx'
import { useStartScan } from '../../layout/scan.ts'
import { isTold, TroubleBar } from '../../layout/states.tsx'
import { counted } from '../../layout/words.ts'

const useStyles = makeStyles({ bar: { marginBottom: '16px' }, wrap: { overflowWrap: 'anywhere', whiteSpace: 'normal' } })

/** Names that are written out; the rest is counted. */
const namesShown = 3

/** A scan that failed half-way: what it had read, what not and why, and the button that goes on with it. */
export function Interrupted({
  scan,
  lastScan,
}: {
  readonly scan: NonNullable<Overview['interrupted']>
  readonly lastScan: Overview['lastScan']
}): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const me = useMe()
  const start = useStartScan()
  const mayScan = me.data?.may.scan === true
  const rest = scan.notRead.length - namesShown
  const names = [
    ...scan.notRead.slice(0, rest > 1 ? namesShown : scan.notRead.length),
    ...(rest > 1 ? [counted(rest, 'other', 'others', locale)] : []),
  ]
  return (
    <>
      <MessageBar intent="error" className={styles.bar} role="alert">
        <MessageBarBody className={styles.wrap}>
          <MessageBarTitle>The last scan did not finish.</MessageBarTitle> {scan.problem}{' '}
          {`It had read ${counted(scan.read, 'kind of fact', 'kinds of facts', locale)}`}
          {names.length > 0 && `, and not ${new Intl.ListFormat('en').format(names)}`}
          {'. '}
          {lastScan?.finishedAt != null && (
            <>
              {'Figures below are from the scan of '}
              <Moment at={lastScan.finishedAt} />.
            </>
          )}
        </MessageBarBody>
        <MessageBarActions>
          <ChangeButton
            size="small"
            disabledFocusable={!mayScan || start.isLoading}
            {...(mayScan ? {} : { title: 'Scanning needs the role Owner or Administrator' })}
            onClick={() => start.mutate({ goOn: true })}
          >
            {scan.mayGoOn ? 'Go on with the scan' : 'Scan again'}
          </ChangeButton>
        </MessageBarActions>
      </MessageBar>
      {!isTold(start.error) && <TroubleBar error={start.error} />}
    </>
  )
}
