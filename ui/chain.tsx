import * as React from 'react'
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ChainLink } from './contract.ts'
import { Moment } from './moment.tsx'
import { colour } from './palette.ts'
import { PathText } from './path-text.tsx'
import { useText } from './text.ts'

export const stepWords = {
  proposed: 'Proposed',
  countersigned: 'Countersigned',
  carriedOut: 'Carried out',
  matched: 'Matched with the tenant’s audit row',
  checkedAgain: 'Checked again',
} as const satisfies Record<ChainLink['step'], string>

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: '4px 0 0' },
  link: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr)',
    columnGap: '14px',
    position: 'relative',
    paddingBottom: '24px',
    ':last-child': { paddingBottom: '4px' },
  },
  line: { position: 'absolute', left: '13px', top: '30px', bottom: '-2px', width: '2px', backgroundColor: colour.good },
  ring: {
    width: '28px',
    height: '28px',
    boxSizing: 'border-box',
    borderRadius: '50%',
    border: `2px solid ${tokens.colorNeutralStroke1}`,
    display: 'grid',
    placeItems: 'center',
    fontSize: '12px',
    fontWeight: 600,
  },
  done: { border: `2px solid ${colour.good}`, color: colour.good },
  waiting: { border: `2px dashed ${colour.waiting}` },
  broken: { border: `2px solid ${colour.bad}`, backgroundColor: colour.bad, color: tokens.colorNeutralBackground1 },
  head: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', columnGap: '12px', minHeight: '28px', alignItems: 'center' },
  gap: { marginTop: '6px' },
  request: {
    display: 'block',
    backgroundColor: tokens.colorNeutralBackground3,
    padding: '8px 10px',
    borderRadius: '4px',
    marginTop: '8px',
  },
  brokenText: { color: colour.bad, fontWeight: 600 },
})

const stateWords = { done: '', waiting: 'waiting', broken: 'broken', notNeeded: 'not needed' } as const satisfies Record<
  ChainLink['state'],
  string
>

/** The custody chain of one change, in order. After a broken link the line stops. */
export function Chain({ links }: { readonly links: readonly ChainLink[] }): React.ReactElement {
  const styles = useStyles()
  return (
    <ol className={styles.list}>
      {links.map((link, index) => (
        <Link
          // Two people countersign some changes, so that a step is no key.
          key={index}
          link={link}
          number={index + 1}
          of={ofSeveral(links, index)}
          leadsOn={index < links.length - 1 && link.state === 'done' && links[index + 1]?.state !== 'broken'}
        />
      ))}
    </ol>
  )
}

/** "1 of 2" beside a step that stands in the chain more than once; '' beside the others. */
function ofSeveral(links: readonly ChainLink[], index: number): string {
  const same = links.filter(({ step }) => step === links[index]?.step)
  return same.length < 2 ? '' : ` ${links.slice(0, index + 1).filter(({ step }) => step === links[index]?.step).length} of ${same.length}`
}

function Link({
  link,
  number,
  of,
  leadsOn,
}: {
  readonly link: ChainLink
  readonly number: number
  readonly of: string
  readonly leadsOn: boolean
}): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const ring = { done: styles.done, waiting: styles.waiting, broken: styles.broken, notNeeded: undefined }[link.state]
  return (
    <li className={styles.link}>
      {leadsOn && <span className={styles.line} aria-hidden="true" />}
      <span className={mergeClasses(styles.ring, ring)} aria-hidden="true">
        {link.state === 'broken' ? '×' : number}
      </span>
      <div>
        <div className={styles.head}>
          <h3 className={text.strong}>
            {stepWords[link.step]}
            {of}
            {stateWords[link.state] !== '' && (
              <span
                className={mergeClasses(text.caption, link.state === 'broken' && styles.brokenText)}
              >{` ${stateWords[link.state]}`}</span>
            )}
          </h3>
          {link.at && (
            <span className={text.caption}>
              <Moment at={link.at} as="exact" />
            </span>
          )}
        </div>
        {(link.who !== '' || link.hash !== '') && (
          <div className={styles.head}>
            <span>
              <span className={mergeClasses(text.strong, text.secondary)}>{link.who}</span> <span className={text.caption}>{link.as}</span>
            </span>
            {link.hash !== '' && (
              <span className={mergeClasses(text.mono, text.secondary)} title="First 8 digits of the journal record’s hash">
                {`${link.hash.slice(0, 4)} ${link.hash.slice(4, 8)}`}
              </span>
            )}
          </div>
        )}
        <p className={mergeClasses(text.body, link.state === 'broken' && styles.brokenText)}>{link.sentence}</p>
        {link.request && (
          <code className={mergeClasses(text.mono, styles.request)}>
            <PathText text={link.request} />
          </code>
        )}
      </div>
    </li>
  )
}
