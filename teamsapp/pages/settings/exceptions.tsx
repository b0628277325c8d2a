import * as React from 'react'
import { Button, Field, Input, makeStyles, mergeClasses, Select } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Exception } from '@countersign/core/api/exceptions.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient, useRoute } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { Ask } from '../../layout/ask.tsx'
import { isReason, ReasonField } from '../../layout/reason-field.tsx'
import { TroubleBar } from '../../layout/states.tsx'
import { guid } from '../../layout/object-path.ts'
import { counted } from '../../layout/words.ts'

const kindWords = {
  user: 'User',
  group: 'Group',
  application: 'Application',
  emergencyAccount: 'Emergency access account',
  serviceAccount: 'Service account',
  roleHolder: 'Permanent holder of a role',
  roleHolderGroup: 'Group that holds a role permanently',
  guestUserType: 'Kind of guest',
} as const satisfies Record<Exception['kind'], string>
/** A kind of guest has no id: it is declared on the command line. */
const kindsWithId = (Object.keys(kindWords) as Exception['kind'][]).filter((kind) => kind !== 'guestUserType')

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'flex-start', gap: '4px 16px' },
  words: { flexGrow: 1, flexBasis: '260px', minWidth: 0 },
  text: { padding: '0 20px 14px', '@container (max-width: 639px)': { padding: '0 16px 12px' } },
})

/** What Conditional Access policies may leave out without that counting as a fault: with the reason, and who said so. */
export function Exceptions(): React.ReactElement {
  const query = useRoute('exceptions', 'GET /api/exceptions', {})
  const { locale } = useReader()
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const [isDeclaring, setDeclaring] = React.useState(false)
  const [leaving, setLeaving] = React.useState<Exception>()
  const exceptions = query.data?.exceptions ?? []
  const may = query.data?.mayDeclare === true
  return (
    <Card
      title="Declared as wanted"
      {...(query.data ? { note: counted(exceptions.length, 'exception', 'exceptions', locale) } : {})}
      {...(may
        ? {
            action: (
              <Button size="small" onClick={() => setDeclaring(true)}>
                Declare an exception
              </Button>
            ),
          }
        : {})}
      flush
    >
      <div className={styles.text}>
        {query.error != null && <TroubleBar error={query.error} onRetry={() => void query.refetch()} />}
        <p className={text.body}>
          Conditional Access policies may leave these out, and the checks then do not count it against you. Declaring changes nothing in
          your tenant: the policy itself has to leave the object out.
        </p>
        {!may && query.data && <p className={text.caption}>Declaring and removing exceptions needs the role Owner.</p>}
      </div>
      {exceptions.length > 0 && (
        <ul className={rows.list}>
          {exceptions.map((exception) => (
            <li key={exception.id} className={mergeClasses(rows.row, styles.row)}>
              <div className={styles.words}>
                <p className={text.strong}>{exception.isAid ? 'The Aid' : kindWords[exception.kind]}</p>
                <p className={mergeClasses(text.mono, text.secondary)}>{exception.objectId}</p>
                <p className={text.body}>{exception.reason}</p>
                <p className={text.caption}>
                  {`${exception.byName}, `}
                  <Moment at={exception.at} />
                  {` · ${leftOutBy(exception.policies)}${standingWords[exception.standing ?? 'stands']}`}
                </p>
              </div>
              {may && (
                <Button size="small" aria-label={`Remove the exception for ${exception.objectId}`} onClick={() => setLeaving(exception)}>
                  Remove
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {isDeclaring && <DeclareDialog onClose={() => setDeclaring(false)} />}
      {leaving && <RemoveDialog exception={leaving} onClose={() => setLeaving(undefined)} />}
    </Card>
  )
}

const standingWords = {
  stands: '',
  notRead: '',
  gone: ' · points to nothing: the last scan found no such object',
  expired: ' · its time has passed: it no longer counts',
} as const satisfies Record<NonNullable<Exception['standing']>, string>

function leftOutBy(policies: Exception['policies']): string {
  if (policies === null) return 'no scan has read the policies yet'
  return policies.length === 0 ? 'no policy leaves it out' : `left out by ${new Intl.ListFormat('en').format(policies)}`
}

interface Declared {
  readonly kind: Exception['kind']
  readonly objectId: string
  readonly reason: string
}

function DeclareDialog({ onClose }: { readonly onClose: () => void }): React.ReactElement {
  const { service } = useClient()
  const queries = useQueryClient()
  const draft = useDraft<Declared>('exception', { kind: 'user', objectId: '', reason: '' })
  const { kind, objectId, reason } = draft.value
  const close = (): void => {
    draft.clear()
    onClose()
  }
  const isGuid = guid.test(objectId.trim())
  const declare = useMutation({
    mutationFn: () => service.call('POST /api/exceptions', { body: { kind, objectId: objectId.trim(), reason: reason.trim() } }),
    onSuccess: () => {
      void queries.invalidateQueries(['exceptions'])
      close()
    },
  })
  return (
    <Ask
      title="Declare an exception"
      confirm="Declare it"
      mayConfirm={isGuid && isReason(reason)}
      isBusy={declare.isLoading}
      onConfirm={() => declare.mutate()}
      onClose={close}
    >
      {declare.error != null && <TroubleBar error={declare.error} />}
      <Field label="What it is">
        <Select
          value={kind}
          onChange={(_, { value }) => draft.set({ ...draft.value, kind: kindsWithId.find((known) => known === value) ?? 'user' })}
        >
          {kindsWithId.map((id) => (
            <option key={id} value={id}>
              {kindWords[id]}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label={kind === 'application' ? 'Application (client) ID' : 'Object ID'}
        {...(objectId !== '' && !isGuid
          ? {
              validationState: 'error' as const,
              validationMessage: 'It has 32 digits in five groups, for example 3f1d9c20-4b7a-4c52-9e0e-5a1b2c3d4e5f.',
            }
          : {})}
      >
        <Input value={objectId} onChange={(_, { value }) => draft.set({ ...draft.value, objectId: value })} />
      </Field>
      <ReasonField
        hint="Shown with your name to everybody who reads findings"
        value={reason}
        onWrite={(written) => draft.set({ ...draft.value, reason: written })}
      />
    </Ask>
  )
}

function RemoveDialog({ exception, onClose }: { readonly exception: Exception; readonly onClose: () => void }): React.ReactElement {
  const { service } = useClient()
  const queries = useQueryClient()
  const text = useText()
  const remove = useMutation({
    mutationFn: () => service.call('DELETE /api/exceptions/:exceptionId', { params: { exceptionId: exception.id } }),
    onSuccess: () => {
      void queries.invalidateQueries(['exceptions'])
      onClose()
    },
  })
  return (
    <Ask title="Remove the exception" confirm="Remove it" isBusy={remove.isLoading} onConfirm={() => remove.mutate()} onClose={onClose}>
      {remove.error != null && <TroubleBar error={remove.error} />}
      <p
        className={text.body}
      >{`“${exception.reason}” then counts no more: a policy that leaves ${exception.objectId} out shows as a finding.`}</p>
    </Ask>
  )
}
