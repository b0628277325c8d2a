import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import type { ActionView } from '@countersign/core/api/actions.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { StandingMark } from '@countersign/ui/standing-mark.tsx'
import { useText } from '@countersign/ui/text.ts'
import { useMe } from '../../client/client.tsx'
import { roleScopeWords, scopesOf } from './action-rows.ts'

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'flex-start', gap: '4px 16px' },
  words: { flexGrow: 1, flexBasis: '240px', minWidth: 0 },
})

/** The permissions and the directory role of an action, each with what it is for and whether the Aid holds it. */
export function Needs({ action }: { readonly action: ActionView }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const rows = useRows()
  const { directoryRole, writeScopes, proofScopes, missingScopes } = action
  return (
    <Card title="What the Aid needs for it" flush>
      <ul className={rows.list}>
        {scopesOf(action).map((scope) => (
          <li key={scope} className={mergeClasses(rows.row, styles.row)}>
            <div className={styles.words}>
              <p className={text.mono}>
                <PathText text={scope} />
              </p>
              <p className={text.caption}>
                {`Permission, delegated: ${forWhat(writeScopes.includes(scope), proofScopes.includes(scope))}`}
              </p>
            </div>
            <Held isHeld={!missingScopes.includes(scope)} isNeeded={action.enabled} missing="Not granted" />
          </li>
        ))}
        <li className={mergeClasses(rows.row, styles.row)}>
          <div className={styles.words}>
            <p className={text.strong}>{directoryRole.name}</p>
            <p
              className={text.caption}
            >{`Directory role, ${roleScopeWords[directoryRole.scope] ?? directoryRole.scope}. ${directoryRole.because}`}</p>
            {directoryRole.actions.map((allowed) => (
              <p key={allowed} className={mergeClasses(text.mono, text.secondary)}>
                <PathText text={allowed} />
              </p>
            ))}
          </div>
          <Held isHeld={directoryRole.held} isNeeded={action.enabled} missing="Not held" />
        </li>
      </ul>
    </Card>
  )
}

function forWhat(writes: boolean, proves: boolean): string {
  if (writes && proves) return 'makes the change and checks it'
  return writes ? 'makes the change' : 'checks the change and finds it in the audit log'
}

function Held({
  isHeld,
  isNeeded,
  missing,
}: {
  readonly isHeld: boolean
  readonly isNeeded: boolean
  readonly missing: string
}): React.ReactElement {
  const me = useMe()
  if (me.data?.aid.state !== 'connected') return <StandingMark standing="unknown" word="The Aid is not connected" />
  if (isHeld) return <StandingMark standing="proven" word="The Aid holds it" />
  return <StandingMark standing={isNeeded ? 'failing' : 'unknown'} word={isNeeded ? missing : `${missing}, not needed while off`} />
}
