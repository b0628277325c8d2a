import * as React from 'react'
import { makeStyles, ProgressBar, tokens } from '@fluentui/react-components'
import { ArrowSyncRegular } from '@fluentui/react-icons'
import type { Overview, Scan } from '@countersign/core/api/posture.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useMe } from '../client/client.tsx'
import { ChangeButton } from './change-button.tsx'
import { useStopScan } from './scan.ts'

const useStyles = makeStyles({
  strip: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '8px',
    padding: '12px 20px',
    marginBottom: '16px',
    display: 'grid',
    rowGap: '8px',
    '@container (max-width: 639px)': { padding: '12px 16px' },
  },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px' },
  title: { display: 'inline-flex', alignItems: 'center', columnGap: '10px' },
  now: { flexGrow: 1, flexBasis: '160px', minWidth: 0, '@container (max-width: 639px)': { flexBasis: '100%' } },
  left: { '@container (max-width: 639px)': { flexGrow: 1 } },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' },
})

const announceEveryPercent = 10

/** A running scan: how far, what now, how long still, and a way to stop it. Announced every tenth, not every check. */
export function ScanStrip({
  scan,
  lastScan,
  shows,
}: {
  readonly scan: Scan
  readonly lastScan: Overview['lastScan']
  /** The figures below already come from this scan. */
  readonly shows: boolean
}): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { locale } = useReader()
  const me = useMe()
  const stop = useStopScan()
  const { done, of, now } = scan.progress
  const share = of === 0 ? 0 : done / of
  const tenth = Math.floor((share * 100) / announceEveryPercent) * announceEveryPercent
  const left = timeLeft(scan.startedAt, share)
  const figures = `${formatCount(done, locale)} of ${formatCount(of, locale)}`
  return (
    <section className={styles.strip} aria-label="Running scan">
      <div className={styles.row}>
        <span className={`${text.strong} ${styles.title}`}>
          <ArrowSyncRegular fontSize={18} aria-hidden="true" />
          {scan.state === 'queued' ? 'Scan is about to start' : `Scanning: ${figures}`}
        </span>
        <span className={`${text.body} ${text.secondary} ${styles.now}`}>{now === '' ? '' : `Now reading: ${now}`}</span>
        {left !== '' && <span className={`${text.caption} ${styles.left}`}>{left}</span>}
        <ChangeButton size="small" disabledFocusable={me.data?.may.scan !== true || stop.isLoading} onClick={() => stop.mutate(scan.id)}>
          Stop scan
        </ChangeButton>
      </div>
      <ProgressBar thickness="medium" max={1} value={share} aria-label="Scan" aria-valuetext={figures} />
      <span className={text.caption}>
        {shows ? (
          'Figures below come from this scan. Checks that wait for what is still being read are left out, not counted as passed.'
        ) : lastScan?.finishedAt ? (
          <>
            {'Figures below are from the scan of '}
            <Moment at={lastScan.finishedAt} />
            {' until this one is complete.'}
          </>
        ) : (
          'The first figures appear while the scan still runs. It reads and changes nothing.'
        )}
      </span>
      <span className={styles.hidden} role="status" aria-live="polite">
        {`Scan ${tenth} percent done`}
      </span>
    </section>
  )
}

/** A guess from the pace so far, in whole minutes; '' while there is too little to guess from. */
function timeLeft(startedAt: string, share: number): string {
  if (share < 0.05 || share >= 1) return ''
  const spent = Date.now() - Date.parse(startedAt)
  const minutes = Math.round((spent * (1 - share)) / share / 60_000)
  if (!Number.isFinite(minutes) || minutes < 0) return ''
  if (minutes === 0) return 'Less than a minute left'
  return minutes === 1 ? 'About 1 minute left' : `About ${minutes} minutes left`
}
