import * as React from 'react'
import { Field, Input, makeStyles, mergeClasses } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Me } from '@countersign/core/api/me.ts'
import type { Standing } from '@countersign/ui/contract.ts'
import { Card } from '@countersign/ui/card.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient, useMe } from '../../client/client.tsx'
import { useDraft } from '../../client/draft.ts'
import { ChangeButton } from '../../layout/change-button.tsx'
import { actConsentWithdrawn, GrantPermission } from '../../layout/grant-permission.tsx'
import { guid } from '../../layout/object-path.ts'
import { TroubleBar } from '../../layout/states.tsx'

const aidStates = {
  notConnected: { word: 'Not connected', standing: 'unknown' },
  connected: { word: 'Connected', standing: 'proven' },
  needsSignIn: { word: 'Needs to sign in again', standing: 'stale' },
  disabled: { word: 'Disabled in Entra', standing: 'failing' },
  roleMissing: { word: 'An Entra role is missing', standing: 'failing' },
} as const satisfies Record<Me['aid']['state'], { readonly word: string; readonly standing: Standing }>

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '12px', gridTemplateColumns: 'minmax(0, 1fr)' },
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: '8px 12px' },
  field: { flexGrow: 1, flexBasis: '280px', maxWidth: '440px' },
  // Beside the field, below its label; narrow, below the field.
  button: { marginTop: '26px', '@container (max-width: 639px)': { marginTop: 0 } },
  list: { margin: 0, padding: '0 0 0 20px', display: 'grid', rowGap: '4px' },
})

/** Who carries out what people countersign, and how it is connected. */
export function AidSection(): React.ReactElement {
  const { data: me } = useMe()
  const styles = useStyles()
  return (
    <div className={styles.stack}>
      {me?.act === 'off' && <ActOff />}
      {me && me.act !== 'off' && (
        <>
          <Aid me={me} />
          <Checked />
        </>
      )}
    </div>
  )
}

function ActOff(): React.ReactElement {
  const text = useText()
  return (
    <Card title="Not needed here">
      <p className={text.body}>
        Actions are switched off in this deployment. Countersign cannot change anything in your tenant, and no Aid is needed.
      </p>
    </Card>
  )
}

function Aid({ me }: { readonly me: Me }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { service, host } = useClient()
  const queries = useQueryClient()
  const draft = useDraft('aid', '')
  const objectId = draft.value
  const isGuid = guid.test(objectId.trim())
  const connect = useMutation({
    mutationFn: () => service.call('POST /api/aid/connect', { body: { objectId: objectId.trim() } }),
    onSuccess: ({ signInUrl }) => {
      draft.clear()
      host.open(signInUrl)
    },
  })
  const disconnect = useMutation({
    mutationFn: () => service.call('POST /api/aid/disconnect', { body: {} }),
    onSuccess: () => queries.invalidateQueries(['me']),
  })
  const check = useMutation({
    mutationFn: () => service.call('POST /api/aid/check', { body: {} }),
    onSuccess: () => queries.invalidateQueries(['me']),
  })
  const state = aidStates[me.aid.state]
  const isShut = !me.may.manageAid
  return (
    <Card title="Connection" note={<StandingMark standing={state.standing} word={state.word} />}>
      <div className={styles.stack}>
        <p className={text.body}>
          The Aid is a user of your tenant. It carries out what people countersign in the chat, and nothing else; your audit log names it.
        </p>
        {me.aid.userPrincipalName !== null && (
          <p className={text.body}>
            {'Signed in as '}
            <span className={text.strong}>
              <PathText text={me.aid.userPrincipalName} />
            </span>
          </p>
        )}
        {me.aid.lacksConsent === true ? (
          <p className={text.body}>
            {`${actConsentWithdrawn} `}
            <GrantPermission title="Countersign Act" plane="act" />
          </p>
        ) : (
          me.aid.detail !== null && <p className={text.body}>{me.aid.detail}</p>
        )}
        {me.aid.state !== 'notConnected' && me.aid.state !== 'connected' && (
          <div>
            <ChangeButton disabledFocusable={isShut || check.isLoading} onClick={() => check.mutate()}>
              Look at the Aid again
            </ChangeButton>
          </div>
        )}
        {check.error != null && <TroubleBar error={check.error} />}
        {connect.error != null && <TroubleBar error={connect.error} />}
        {disconnect.error != null && <TroubleBar error={disconnect.error} />}
        {isShut && <p className={text.caption}>Connecting and disconnecting the Aid needs the role Owner.</p>}
        {me.aid.state === 'connected' ? (
          <div>
            <ChangeButton disabledFocusable={isShut || disconnect.isLoading} onClick={() => disconnect.mutate()}>
              Disconnect the Aid
            </ChangeButton>
          </div>
        ) : (
          <div className={styles.form}>
            <Field
              className={styles.field}
              label="Object ID of the Aid’s user"
              hint="In the Entra admin centre: Users, the user, Object ID"
              {...(objectId !== '' && !isGuid
                ? {
                    validationState: 'error' as const,
                    validationMessage: 'An object ID has 32 digits in five groups, for example 3f1d9c20-4b7a-4c52-9e0e-5a1b2c3d4e5f.',
                  }
                : {})}
            >
              <Input value={objectId} disabled={isShut} onChange={(_, { value }) => draft.set(value)} />
            </Field>
            <ChangeButton
              className={styles.button}
              appearance="primary"
              disabledFocusable={isShut || !isGuid || connect.isLoading}
              onClick={() => connect.mutate()}
            >
              Connect the Aid
            </ChangeButton>
          </div>
        )}
        {connect.isSuccess && (
          <p role="status" className={mergeClasses(text.body)}>
            A sign-in window has opened. Sign in there as the Aid; this page follows by itself.
          </p>
        )}
      </div>
    </Card>
  )
}

function Checked(): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <Card title="What is checked when it connects">
      <ul className={mergeClasses(text.body, styles.list)}>
        <li>The account that signs in has exactly the object ID given here.</li>
        <li>It is not your own account.</li>
        <li>It holds no directory role beyond what the enabled actions need.</li>
        <li>Its sign-in stays with the service and is tried once a day, so that a loss is seen before somebody needs it.</li>
      </ul>
    </Card>
  )
}
