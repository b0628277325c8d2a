import * as React from 'react'
import { Button, makeStyles, mergeClasses } from '@fluentui/react-components'
import type { AlertRuleView } from '@countersign/core/api/alerts.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { SeverityMark } from '@countersign/ui/severity-mark.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { counted } from '../../../layout/words.ts'
import { RuleDialog } from './rule-dialog.tsx'

const useStyles = makeStyles({
  words: { padding: '0 20px 14px', '@container (max-width: 639px)': { padding: '0 16px 12px' } },
  row: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'flex-start', gap: '4px 16px' },
  main: { flexGrow: 1, flexBasis: '260px', minWidth: 0 },
  marks: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '2px 12px', marginTop: '2px' },
})

/** When the tenant's rules speak; what is told to whom is each person's own choice. */
export function Rules({ rules, mayChange }: { readonly rules: readonly AlertRuleView[]; readonly mayChange: boolean }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  const [changing, setChanging] = React.useState<AlertRuleView>()
  const on = rules.filter(({ isOn }) => isOn).length
  return (
    <Card title="Rules of this tenant" note={`${on} of ${rules.length} on`} flush>
      <div className={styles.words}>
        <p className={text.body}>
          A rule speaks when something begins, and again only after it has ended. Each person chooses what reaches them.
        </p>
        {!mayChange && <p className={text.caption}>Changing rules needs the role Owner or Administrator.</p>}
      </div>
      <ul className={rows.list}>
        {rules.map((rule) => (
          <li key={rule.id} className={mergeClasses(rows.row, styles.row)}>
            <div className={styles.main}>
              <p className={text.strong}>{rule.title}</p>
              <p className={text.body}>{rule.meaning}</p>
              <div className={styles.marks}>
                <StandingMark standing={rule.isOn ? 'proven' : 'unknown'} word={rule.isOn ? 'On' : 'Off'} />
                <SeverityMark severity={rule.severity} />
                {rule.parameters.map((parameter) => (
                  <span key={parameter.name} className={text.caption}>
                    {valueText(parameter, locale)}
                  </span>
                ))}
              </div>
              <p className={text.caption}>
                {rule.standing === 0 ? 'Nothing now' : `${counted(rule.standing, 'condition', 'conditions', locale)} now`}
                {rule.lastRaisedAt !== null && (
                  <>
                    {' · last alert '}
                    <Moment at={rule.lastRaisedAt} />
                  </>
                )}
                {rule.changed && (
                  <>
                    {` · ${rule.changed.byName}, `}
                    <Moment at={rule.changed.at} />
                  </>
                )}
              </p>
            </div>
            {mayChange && (
              <Button size="small" aria-label={`Change ${rule.title}`} onClick={() => setChanging(rule)}>
                Change
              </Button>
            )}
          </li>
        ))}
      </ul>
      {changing && <RuleDialog rule={changing} onClose={() => setChanging(undefined)} />}
    </Card>
  )
}

function valueText({ kind, title, unit, value, choices }: AlertRuleView['parameters'][number], locale: string | undefined): string {
  if (kind === 'choice') return `${title}: ${choices.find(({ id }) => id === value)?.title ?? String(value)}`
  const count = Number(value)
  const words = { days: ['day', 'days'], points: ['point', 'points'], scans: ['scan', 'scans'] } as const
  return unit === null ? `${title}: ${count}` : `${title}: ${counted(count, words[unit][0], words[unit][1], locale)}`
}
