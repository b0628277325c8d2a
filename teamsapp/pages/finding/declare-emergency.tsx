import * as React from 'react'
import { Checkbox, Field, Input } from '@fluentui/react-components'
import { useMutation } from '@tanstack/react-query'
import type { NearMissView } from '@countersign/core/api/findings.ts'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import type { AnswerOf } from '../../client/service.ts'
import { Ask } from '../../layout/ask.tsx'
import { isReason, ReasonField } from '../../layout/reason-field.tsx'
import { TroubleBar } from '../../layout/states.tsx'

const emptyList: readonly string[] = []

interface DeclareEmergencyProps {
  readonly objects: NearMissView['objects']
  readonly onDeclared: (judged: NonNullable<AnswerOf<'POST /api/exceptions'>['judged']>) => void
  readonly onClose: () => void
}

/** Asks which, why and until when, and declares them one after the other; what has been declared is not declared again after a failure. */
export function DeclareEmergency({ objects, onDeclared, onClose }: DeclareEmergencyProps): React.ReactElement {
  const { service } = useClient()
  const text = useText()
  const ids = objects.map(({ id }) => id)
  const draft = useDraft(`declare emergency ${ids.join(' ')}`, { left: emptyList, reason: '', until: '' })
  const { left, reason, until } = draft.value
  const chosen = new Set(ids.filter((id) => !left.includes(id)))
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const done = React.useRef(new Set<string>())
  const declare = useMutation({
    mutationFn: async () => {
      let judged: AnswerOf<'POST /api/exceptions'>['judged']
      for (const { id, declareAs } of objects) {
        if (!chosen.has(id) || done.current.has(id)) continue
        const body = { kind: declareAs, objectId: id, reason: reason.trim(), ...(until === '' ? {} : { until }) }
        judged = (await service.call('POST /api/exceptions', { body })).judged
        done.current.add(id)
      }
      return judged ?? 'judged'
    },
    onSuccess: (judged) => {
      draft.clear()
      onDeclared(judged)
    },
  })
  const choose = (id: string, isChosen: boolean): void => {
    draft.set({ ...draft.value, left: ids.filter((other) => (other === id ? !isChosen : !chosen.has(other))) })
  }
  return (
    <Ask
      title="Declare as emergency access"
      confirm={chosen.size === 1 ? 'Declare it' : 'Declare them'}
      mayConfirm={chosen.size > 0 && isReason(reason)}
      isBusy={declare.isLoading}
      onConfirm={() => declare.mutate()}
      onClose={close}
    >
      {declare.error != null && <TroubleBar error={declare.error} />}
      <p className={text.body}>
        The policy leaves these out, and they sign in without what it asks for. Declared, the checks count that as wanted. Nothing in your
        tenant changes.
      </p>
      <div role="group" aria-label="Which">
        {objects.map(({ id, name, detail }) => (
          <Checkbox
            key={id}
            checked={chosen.has(id)}
            label={detail === '' ? name : `${name} (${detail})`}
            onChange={(_, { checked }) => choose(id, checked === true)}
          />
        ))}
      </div>
      {chosen.size < objects.length && <p className={text.caption}>The check passes only once all of them are declared.</p>}
      <ReasonField
        hint="Shown with your name to everybody who reads findings"
        value={reason}
        onWrite={(written) => draft.set({ ...draft.value, reason: written })}
      />
      <Field label="Until" hint="Empty: until somebody withdraws it">
        <Input type="date" value={until} onChange={(_, { value }) => draft.set({ ...draft.value, until: value })} />
      </Field>
    </Ask>
  )
}
