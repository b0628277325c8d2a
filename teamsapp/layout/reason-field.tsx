import * as React from 'react'
import { Field, Textarea } from '@fluentui/react-components'

/** As the contract has it. */
const shortest = 3
const longest = 500

/** Whether somebody has written enough to be sent as a reason. */
export function isReason(written: string): boolean {
  return written.trim().length >= shortest
}

/** Where somebody writes why; `hint` says who reads it. */
export function ReasonField({
  value,
  onWrite,
  hint,
  isOptional = false,
}: {
  readonly value: string
  readonly onWrite: (written: string) => void
  readonly hint: string
  readonly isOptional?: boolean
}): React.ReactElement {
  return (
    <Field label="Reason" required={!isOptional} hint={hint}>
      <Textarea value={value} maxLength={longest} rows={3} onChange={(_, data) => onWrite(data.value)} />
    </Field>
  )
}
