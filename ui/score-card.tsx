import * as React from 'react'
import { makeStyles } from '@fluentui/react-components'
import type { ViewPosture } from '@countersign/core/api/posture.ts'
import { Card } from './card.tsx'
import { Delta } from './delta.tsx'
import { formatScore } from './format.ts'
import { Moment } from './moment.tsx'
import { useReader } from './reader.tsx'
import { useText } from './text.ts'
import { TrendFoot, TrendOrTable } from './trend.tsx'

const useStyles = makeStyles({
  figures: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: '10px', marginBottom: '10px' },
  change: { marginLeft: 'auto', display: 'inline-flex', alignItems: 'baseline', columnGap: '4px' },
})

export interface ScoreCardProps {
  readonly score: ViewPosture['score']
  readonly level?: 2 | 3
  /** The score to reach; null where nobody has set one. */
  readonly target?: number | null
  readonly action?: React.ReactNode
  readonly className?: string
}

/** The score, its change and its trend; no score means that nothing could be judged, which is not zero. */
export function ScoreCard({ score, level = 2, target = null, action, className }: ScoreCardProps): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const [asTable, setAsTable] = React.useState(false)
  return (
    <Card
      title="Posture score"
      level={level}
      action={action}
      className={className}
      {...(score
        ? { footer: <TrendFoot points={score.trend} target={target} asTable={asTable} onToggle={() => setAsTable(!asTable)} /> }
        : {})}
    >
      <div className={styles.figures}>
        <span className={text.score}>{formatScore(score?.value ?? null, locale)}</span>
        <span>of 100</span>
        {score && target !== null && <span className={text.caption}>{toGo(score.value, target, locale)}</span>}
        {score && (
          <span className={styles.change}>
            <Delta value={score.change} />
            <span className={text.caption}>
              {score.since ? (
                <>
                  since <Moment at={score.since} as={isToday(score.since) ? 'time' : 'day'} />
                </>
              ) : (
                'no earlier scan'
              )}
            </span>
          </span>
        )}
      </div>
      {score && score.trend.length > 1 ? (
        <TrendOrTable points={score.trend} target={target} asTable={asTable} />
      ) : (
        <p className={text.body}>{score ? 'The trend begins with the second scan.' : 'Nothing could be judged yet.'}</p>
      )}
    </Card>
  )
}

/** How far the score is from the one to reach. */
function toGo(value: number, target: number, locale: string | undefined): string {
  const missing = Math.max(0, Math.round((target - value) * 10) / 10)
  return missing === 0 ? `target ${formatScore(target, locale)} reached` : `${formatScore(missing, locale)} below target`
}

function isToday(iso: string): boolean {
  return new Date(iso).toDateString() === new Date().toDateString()
}
