import * as React from 'react'
import { Link, makeStyles, mergeClasses } from '@fluentui/react-components'
import type { ApplicationView } from '@countersign/core/api/applications.ts'
import { Card, useRows } from '@countersign/ui/card.tsx'
import { credentialName, CredentialTimeline, credentialWords, type Credential } from '@countersign/ui/credential-timeline.tsx'
import { formatCount } from '@countersign/ui/format.ts'
import { Moment } from '@countersign/ui/moment.tsx'
import { PathText } from '@countersign/ui/path-text.tsx'
import { useReader } from '@countersign/ui/reader.tsx'
import { useTable } from '@countersign/ui/table-styles.ts'
import { useText } from '@countersign/ui/text.ts'
import { OfferButton, type Offering } from '../../layout/offers.tsx'
import { counted } from '../../layout/words.ts'

/** A timeline of more rows than this hides what is below it. */
const drawnAtFirst = 14

const useStyles = makeStyles({
  toggle: { fontSize: '12px', lineHeight: '16px' },
  ended: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) max-content', columnGap: '16px', alignItems: 'center' },
})

interface CredentialsProps extends Pick<ApplicationView, 'credentials' | 'offers' | 'name'> {
  readonly offering: Offering
}

/** What signs in as the application, over time; what has ended can be removed. */
export function Credentials(props: CredentialsProps): React.ReactElement {
  const { credentials } = props
  const { locale } = useReader()
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  const [asTable, setAsTable] = React.useState(false)
  const [all, setAll] = React.useState(false)
  if (credentials.length === 0)
    return (
      <Card title="Credentials" flush>
        <p className={mergeClasses(text.body, rows.row)}>
          Nothing signs in as it: it has no secret, no certificate and trusts no identity provider.
        </p>
      </Card>
    )
  const ended = credentials.filter(({ hasEnded }) => hasEnded).length
  const shown = all ? credentials : credentials.slice(0, drawnAtFirst)
  return (
    <Card
      title="Credentials"
      note={`${counted(credentials.length, 'credential', 'credentials', locale)}, ${formatCount(ended, locale)} ended`}
      flush={asTable}
      footer={
        <>
          {!asTable && credentials.length > drawnAtFirst ? (
            <Link as="button" className={styles.toggle} aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? `Show the first ${drawnAtFirst}` : `Show all ${formatCount(credentials.length, locale)}`}
            </Link>
          ) : (
            <span className={text.caption}>The earliest end first</span>
          )}
          <Link as="button" className={styles.toggle} onClick={() => setAsTable(!asTable)}>
            {asTable ? 'Show credentials as timeline' : 'Show credentials as table'}
          </Link>
        </>
      }
    >
      {asTable ? <Table {...props} /> : <CredentialTimeline credentials={shown} now={Date.now()} />}
      {!asTable && <Removable {...props} />}
    </Card>
  )
}

/** Below the timeline: what has ended and can be taken away at once. */
function Removable({ credentials, offers, name, offering }: CredentialsProps): React.ReactElement | null {
  const styles = useStyles()
  const rows = useRows()
  const text = useText()
  const removable = credentials.flatMap((credential) => {
    const offer = offers.find(({ about }) => about === credential.keyId)
    return offer && offering.acts ? [{ credential, offer }] : []
  })
  if (removable.length === 0) return null
  return (
    <ul className={rows.list}>
      {removable.slice(0, 5).map(({ credential, offer }) => (
        <li key={credential.keyId} className={mergeClasses(text.body, styles.ended)}>
          <span>
            {`${credentialName(credential)} ended `}
            {credential.endsAt !== null && <Moment at={credential.endsAt} as="age" />}
          </span>
          <OfferButton offer={offer} name={`${credentialName(credential)} of ${name}`} words="Remove it" offering={offering} />
        </li>
      ))}
    </ul>
  )
}

/** The timeline's twin. */
function Table({ credentials, offers, name, offering }: CredentialsProps): React.ReactElement {
  const table = useTable()
  const text = useText()
  return (
    <div className={table.scroll} role="region" aria-label="Credentials as table" tabIndex={0}>
      <table className={table.table}>
        <thead>
          <tr>
            {['Credential', 'Kind', 'Since', 'Ends', ...(offering.acts ? ['Action'] : [])].map((word) => (
              <th key={word} scope="col" className={table.head}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {credentials.map((credential) => {
            const offer = offers.find(({ about }) => about === credential.keyId)
            return (
              <tr key={`${credential.holder} ${credential.keyId}`}>
                <th scope="row" className={table.cell}>
                  <PathText text={credentialName(credential)} />
                  <div className={mergeClasses(text.mono, text.secondary)}>{credential.keyId}</div>
                </th>
                <td className={table.cell}>
                  {credentialWords[credential.kind]}
                  <div className={text.caption}>
                    {credential.holder === 'application' ? 'on the registration' : 'on the enterprise application'}
                  </div>
                </td>
                <td className={table.cell}>{credential.startsAt === null ? 'Not said' : <Moment at={credential.startsAt} as="day" />}</td>
                <td className={table.cell}>
                  <Ends credential={credential} />
                </td>
                {offering.acts && (
                  <td className={table.cell}>
                    {offer ? (
                      <OfferButton offer={offer} name={`${credentialName(credential)} of ${name}`} words="Remove it" offering={offering} />
                    ) : null}
                  </td>
                )}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Ends({ credential: { endsAt, hasEnded } }: { readonly credential: Credential }): React.ReactElement {
  const text = useText()
  if (endsAt === null) return <>Never</>
  return (
    <>
      <Moment at={endsAt} as="day" />
      {hasEnded && <div className={text.captionStrong}>Ended</div>}
    </>
  )
}
