import * as React from 'react'
import { Field, Input } from '@fluentui/react-components'
import { useText } from '@countersign/ui/text.ts'
import { useDraft } from '../client/draft.ts'
import { problemOf } from '../client/problem.ts'
import { Ask } from './ask.tsx'
import type { Propose } from './proposal.ts'
import { isTold, TroubleBar } from './states.tsx'

interface LockOut {
  readonly names: readonly string[]
  readonly asked: NonNullable<Propose['variables']>
}

/** Why nothing was proposed. A lock-out can be proposed all the same by whoever writes out who it locks out. */
export function ProposeTrouble({ propose }: { readonly propose: Propose }): React.ReactElement | null {
  // What was written stays until it was proposed: a sign-in may end just then.
  const [sent, setSent] = React.useState<LockOut>()
  const names = propose.error == null ? [] : (problemOf(propose.error).names ?? [])
  const asked = propose.variables
  const lockOut = names.length > 0 && asked !== undefined ? { names, asked } : sent
  const trouble = names.length > 0 || isTold(propose.error) ? null : <TroubleBar error={propose.error} />
  if (!lockOut) return trouble
  return (
    <WriteNames
      key={lockOut.names.join('\n')}
      names={lockOut.names}
      trouble={trouble}
      isBusy={propose.isLoading}
      onWritten={(named, forget) => {
        setSent(lockOut)
        propose.mutate(
          { ...lockOut.asked, named: [...(lockOut.asked.named ?? []), ...named] },
          {
            onSuccess: () => {
              forget()
              setSent(undefined)
            },
          },
        )
      }}
      onClose={() => {
        setSent(undefined)
        propose.reset()
      }}
    />
  )
}

function WriteNames({
  names,
  trouble,
  isBusy,
  onWritten,
  onClose,
}: {
  readonly names: readonly string[]
  readonly trouble: React.ReactNode
  readonly isBusy: boolean
  /** `forget` ends the draft, once nothing has to be written again. */
  readonly onWritten: (named: readonly string[], forget: () => void) => void
  readonly onClose: () => void
}): React.ReactElement {
  const text = useText()
  const draft = useDraft<readonly string[]>(
    `names ${names.join('\n')}`,
    names.map(() => ''),
  )
  const written = draft.value
  return (
    <Ask
      title={names.length === 1 ? 'This locks somebody or something out' : 'This locks out more than one'}
      confirm="Propose it all the same"
      mayConfirm={names.every((name, index) => isSame(name, written[index] ?? ''))}
      isBusy={isBusy}
      onConfirm={() => onWritten(written, draft.clear)}
      onClose={() => {
        draft.clear()
        onClose()
      }}
    >
      {trouble}
      <p className={text.body}>{`This would lock out ${new Intl.ListFormat('en').format(names)}.`}</p>
      <p className={text.body}>
        Make sure that this is meant. Nothing changes by proposing it; what you write here is shown to everybody who countersigns.
      </p>
      {names.map((name, index) => {
        const value = written[index] ?? ''
        return (
          <Field
            key={name}
            label={`Write ${name}`}
            {...(value.length >= name.length && !isSame(name, value)
              ? { validationState: 'error' as const, validationMessage: 'This is not the same name.' }
              : {})}
          >
            <Input
              value={value}
              autoComplete="off"
              spellCheck={false}
              onChange={(_, data) => draft.set(written.map((one, place) => (place === index ? data.value : one)))}
            />
          </Field>
        )
      })}
    </Ask>
  )
}

/** As the service compares: upper and lower case and space around it do not matter. */
function isSame(name: string, written: string): boolean {
  return name.trim().toLowerCase() === written.trim().toLowerCase()
}
