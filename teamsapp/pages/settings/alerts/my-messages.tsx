import * as React from 'react'
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { MyAlerts } from '@countersign/core/api/alerts.ts'
import { Card } from '@countersign/ui/card.tsx'
import { Moment } from '@countersign/ui/moment.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useClient } from '../../../client/client.tsx'
import { useDraft } from '../../../client/draft.ts'
import { ChangeButton } from '../../../layout/change-button.tsx'
import { TroubleBar } from '../../../layout/states.tsx'
import { RuleChoice } from './rule-choice.tsx'
import { TimeChoice } from './time-choice.tsx'
import { firstWants, problemWith } from './wants.ts'

const useStyles = makeStyles({
  stack: { display: 'grid', rowGap: '14px', gridTemplateColumns: 'minmax(0, 1fr)' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  wrap: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
})

/** What this person is told of in their own chat. Nothing is sent until they save it. */
export function MyMessages({ mine }: { readonly mine: MyAlerts }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const { service } = useClient()
  const queries = useQueryClient()
  const draft = useDraft('my messages', mine.wants ?? firstWants(mine.rules))
  const wants = draft.value
  const keep = {
    onSuccess: (answer: MyAlerts) => {
      draft.clear()
      queries.setQueryData(['myAlerts', {}], answer)
    },
  }
  const save = useMutation({ mutationFn: () => service.call('PUT /api/alerts/mine', { body: wants }), ...keep })
  const stop = useMutation({ mutationFn: () => service.call('DELETE /api/alerts/mine', {}), ...keep })
  const test = useMutation({ mutationFn: () => service.call('POST /api/alerts/mine/test', {}) })
  const problem = problemWith(wants)
  const isSaved = mine.wants !== null && JSON.stringify(mine.wants) === JSON.stringify(wants)
  return (
    <Card
      title="My messages"
      note={<StandingMark standing={mine.wants ? 'proven' : 'unknown'} word={mine.wants ? 'On' : 'Off'} />}
      footer={
        <div className={styles.buttons}>
          <ChangeButton
            appearance="primary"
            disabledFocusable={problem !== undefined || isSaved || save.isLoading}
            onClick={() => save.mutate()}
          >
            {mine.wants ? 'Save my messages' : 'Send me messages'}
          </ChangeButton>
          <ChangeButton disabledFocusable={!mine.chat.isKnown || test.isLoading} onClick={() => test.mutate()}>
            Send a test message
          </ChangeButton>
          {mine.wants && (
            <ChangeButton disabledFocusable={stop.isLoading} onClick={() => stop.mutate()}>
              Stop my messages
            </ChangeButton>
          )}
        </div>
      }
    >
      <div className={styles.stack}>
        {!mine.chat.isKnown && <NoChat url={mine.chat.url} />}
        {[save.error, stop.error, test.error].map((error, index) => error != null && <TroubleBar key={index} error={error} />)}
        <p className={text.body}>
          {mine.wants
            ? 'Countersign writes to your own 1:1 chat. Only you see these messages, and only while your role lets you see what they tell of.'
            : 'Nothing is sent to you. Countersign can write to your own 1:1 chat when something begins.'}
        </p>
        <TimeChoice wants={wants} onChange={draft.set} />
        <RuleChoice mine={mine} wants={wants} onChange={draft.set} />
        <div role="status">
          {problem !== undefined && <p className={text.body}>{problem}</p>}
          {test.isSuccess && <p className={text.body}>The test message is on its way to your chat.</p>}
          {problem === undefined && isSaved && mine.nextDigestAt !== null && (
            <p className={text.caption}>
              {'Next digest '}
              <Moment at={mine.nextDigestAt} />
            </p>
          )}
        </div>
      </div>
    </Card>
  )
}

function NoChat({ url }: { readonly url: string }): React.ReactElement {
  const styles = useStyles()
  const { host } = useClient()
  return (
    <MessageBar intent="warning">
      <MessageBarBody className={styles.wrap}>
        <MessageBarTitle>Your chat with Countersign is not known.</MessageBarTitle> Open it and write “hello”: messages can reach you from
        then on.
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={() => host.open(url)}>
          Open the chat
        </Button>
      </MessageBarActions>
    </MessageBar>
  )
}
