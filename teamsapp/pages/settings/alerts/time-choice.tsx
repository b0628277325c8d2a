import * as React from 'react'
import { Checkbox, Field, makeStyles, Select } from '@fluentui/react-components'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { dayNames, hourText, timeZones, type Wants } from './wants.ts'

const hours = Array.from({ length: 24 }, (_, hour) => hour)

const useStyles = makeStyles({
  group: { border: 0, margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, marginBottom: '2px' },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: '8px 12px' },
  days: { display: 'flex', flexWrap: 'wrap', columnGap: '4px', marginLeft: '-8px' },
  zone: { maxWidth: '260px', flexGrow: 1 },
  shift: { marginLeft: '-8px' },
})

/** When messages come: as things happen, once a day, and never in quiet hours. */
export function TimeChoice({ wants, onChange }: { readonly wants: Wants; readonly onChange: (wants: Wants) => void }): React.ReactElement {
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const zones = React.useMemo(() => timeZones(wants.timeZone), [wants.timeZone])
  const { quiet } = wants
  return (
    <>
      <fieldset className={styles.group}>
        <legend className={`${text.strong} ${styles.legend}`}>When</legend>
        <div className={styles.shift}>
          <Checkbox
            label="As things happen"
            checked={wants.immediate}
            onChange={(_, { checked }) => onChange({ ...wants, immediate: checked === true })}
          />
          <Checkbox
            label="A daily digest"
            checked={wants.digest}
            onChange={(_, { checked }) => onChange({ ...wants, digest: checked === true })}
          />
          <Checkbox
            label="Quiet hours"
            checked={quiet !== null}
            onChange={(_, { checked }) => onChange({ ...wants, quiet: checked === true ? { from: 20, to: 7 } : null })}
          />
        </div>
        <div className={styles.row}>
          {wants.digest && <HourSelect label="Digest at" hour={wants.hour} onChange={(hour) => onChange({ ...wants, hour })} />}
          {quiet && (
            <>
              <HourSelect label="Quiet from" hour={quiet.from} onChange={(from) => onChange({ ...wants, quiet: { ...quiet, from } })} />
              <HourSelect label="Quiet until" hour={quiet.to} onChange={(to) => onChange({ ...wants, quiet: { ...quiet, to } })} />
            </>
          )}
          <Field label="Time zone" className={styles.zone}>
            <Select value={wants.timeZone} onChange={(_, { value }) => onChange({ ...wants, timeZone: value })}>
              {zones.map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </Select>
          </Field>
        </div>
      </fieldset>
      {wants.digest && (
        <fieldset className={styles.group}>
          <legend className={`${text.strong} ${styles.legend}`}>Days of the digest</legend>
          <div className={styles.days}>
            {dayNames(locale).map((name, index) => {
              const day = index + 1
              return (
                <Checkbox
                  key={name}
                  label={name}
                  checked={wants.weekdays.includes(day)}
                  onChange={(_, { checked }) =>
                    onChange({ ...wants, weekdays: withOrWithout(wants.weekdays, day, checked === true).sort((a, b) => a - b) })
                  }
                />
              )
            })}
          </div>
        </fieldset>
      )}
    </>
  )
}

export function withOrWithout<T>(list: readonly T[], one: T, isIn: boolean): T[] {
  const others = list.filter((other) => other !== one)
  return isIn ? [...others, one] : others
}

function HourSelect({
  label,
  hour,
  onChange,
}: {
  readonly label: string
  readonly hour: number
  readonly onChange: (hour: number) => void
}): React.ReactElement {
  return (
    <Field label={label}>
      <Select value={String(hour)} onChange={(_, { value }) => onChange(Number(value))}>
        {hours.map((one) => (
          <option key={one} value={one}>
            {hourText(one)}
          </option>
        ))}
      </Select>
    </Field>
  )
}
