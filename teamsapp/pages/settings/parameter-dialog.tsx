import * as React from 'react'
import { Checkbox, Field, Input, Select } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ShownParameter } from '@countersign/core/api/baselines.ts'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { Ask } from '../../layout/ask.tsx'
import { isReason, ReasonField } from '../../layout/reason-field.tsx'
import { TroubleBar } from '../../layout/states.tsx'
import { counted } from '../../layout/words.ts'

type Value = ShownParameter['value']

/** Titles of checks that are written out; the rest is counted. */
const checksShown = 4

/** Sets a parameter differently, with the reason. What was typed stays when the service refuses. */
export function ParameterDialog({
  parameter,
  onClose,
}: {
  readonly parameter: ShownParameter
  readonly onClose: () => void
}): React.ReactElement {
  const { service } = useClient()
  const { locale } = useReader()
  const queries = useQueryClient()
  const text = useText()
  const { id, title, meaning, checks, baselineText, override } = parameter
  const draft = useDraft(`parameter ${id}`, { written: written(parameter.value), reason: override?.reason ?? '' })
  const { reason } = draft.value
  const value = valueOf(parameter, draft.value.written)
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const set = useMutation({
    mutationFn: (wanted: Value) =>
      service.call('PUT /api/baselines/parameters/:parameter', {
        params: { parameter: id },
        body: { value: wanted, reason: reason.trim() },
      }),
    onSuccess: (answer) => {
      queries.setQueryData(['baselines', {}], answer)
      // What was being read meanwhile may be older than this answer.
      void queries.invalidateQueries(['baselines'])
      close()
    },
  })
  const isUsable = value !== undefined && isWithin(parameter, value)
  const rest = checks.length - checksShown
  const named = checks.slice(0, rest > 1 ? checksShown : checks.length).map((check) => check.title)
  return (
    <Ask
      title={title}
      confirm="Set the value"
      mayConfirm={isUsable && isReason(reason)}
      isBusy={set.isLoading}
      onConfirm={() => value !== undefined && set.mutate(value)}
      onClose={close}
    >
      {set.error != null && <TroubleBar error={set.error} />}
      <p className={text.body}>{`${meaning} The baseline’s value is ${baselineText}.`}</p>
      <ValueField
        parameter={parameter}
        typed={draft.value.written}
        value={value}
        isUsable={isUsable}
        onTyped={(typed) => draft.set({ ...draft.value, written: typed })}
      />
      <ReasonField
        hint="Shown with your name wherever this value counts"
        value={reason}
        onWrite={(written) => draft.set({ ...draft.value, reason: written })}
      />
      <p className={text.caption}>
        {`It counts for: ${named.join('; ')}${rest > 1 ? `; and ${counted(rest, 'other check', 'other checks', locale)}` : ''}.`}
      </p>
    </Ask>
  )
}

function ValueField({
  parameter,
  typed,
  value,
  isUsable,
  onTyped,
}: {
  readonly parameter: ShownParameter
  readonly typed: string
  readonly value: Value | undefined
  readonly isUsable: boolean
  readonly onTyped: (typed: string) => void
}): React.ReactElement {
  const { kind, unit, limits, choices } = parameter
  const wrong = isUsable ? {} : { validationState: 'error' as const, validationMessage: `It takes ${limits}.` }
  if (kind === 'number')
    return (
      <Field label={`Value, in ${unit ?? ''}`} required {...(isUsable ? { hint: limits } : wrong)}>
        <Input
          type="number"
          value={typed}
          min={parameter.least ?? 0}
          max={parameter.most ?? 0}
          step={1}
          onChange={(_, data) => onTyped(data.value)}
        />
      </Field>
    )
  if (kind === 'yesNo')
    return (
      <Field label="Value" required>
        <Select value={value === true ? 'yes' : 'no'} onChange={(_, data) => onTyped(written(data.value === 'yes'))}>
          <option value="yes">Yes</option>
          <option value="no">No</option>
        </Select>
      </Field>
    )
  const chosen = Array.isArray(value) ? value : []
  return (
    // Not in a Field, which gives its one id to each box.
    <div role="group" aria-label={parameter.title}>
      {choices.map(({ id, title }) => (
        <div key={id}>
          <Checkbox
            label={title}
            checked={chosen.includes(id)}
            onChange={(_, { checked }) => onTyped(written(checked === true ? [...chosen, id] : chosen.filter((one) => one !== id)))}
          />
        </div>
      ))}
      {!isUsable && <p role="alert">{`It takes ${limits}.`}</p>}
    </div>
  )
}

/** A value as it is kept while it is being written; a number stands as it was typed. */
function written(value: Value): string {
  return Array.isArray(value) ? value.join(' ') : String(value)
}

/** Undefined where nothing is written. */
function valueOf({ kind }: ShownParameter, typed: string): Value | undefined {
  if (kind === 'yesNo') return typed === 'true'
  if (kind === 'number') return typed.trim() === '' ? undefined : Number(typed)
  return typed.split(' ').filter((id) => id !== '')
}

function isWithin({ kind, least, most }: ShownParameter, value: Value): boolean {
  if (kind === 'number') return Number.isInteger(value) && Number(value) >= (least ?? 0) && Number(value) <= (most ?? 0)
  return kind === 'yesNo' ? typeof value === 'boolean' : Array.isArray(value) && value.length > 0
}
