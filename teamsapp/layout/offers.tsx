import * as React from 'react'
import { makeStyles, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { SparkleRegular } from '@fluentui/react-icons'
import type { Me } from '@countersign/core/api/me.ts'
import type { Offer } from '@countersign/core/api/offers.ts'
import { useMe } from '../client/client.tsx'
import { ChangeButton } from './change-button.tsx'
import { PageLink } from './links.tsx'
import { usePropose, type Propose } from './proposal.ts'
import { ProposalCard } from './proposal-card.tsx'
import { ProposeTrouble } from './propose-trouble.tsx'
import { useSearchState } from './search-state.ts'

export interface Offering {
  readonly propose: Propose
  readonly proposalId: string
  readonly show: (proposalId: string) => void
  /** Whether this deployment acts at all. */
  readonly acts: boolean
  /** Why this person cannot propose; '' where the buttons are open. */
  readonly closedBecause: string
}

/** Proposing from a page: the proposal stands in the address, as on the page of a finding. */
export function useOffering(): Offering {
  const me = useMe()
  const [proposalId, show] = useSearchState('proposal')
  const propose = usePropose((proposal) => show(proposal.id))
  return { propose, proposalId, show, acts: me.data?.act === 'on', closedBecause: me.data ? whyClosed(me.data) : '' }
}

function whyClosed({ may, aid }: Me): string {
  if (!may.propose) return 'Proposing a fix needs the role Owner or Administrator.'
  return aid.state === 'connected' ? '' : 'The Aid is not connected. An Owner connects it in Settings.'
}

/** What was proposed here, or why it was not. */
export function OfferingState({ offering }: { readonly offering: Offering }): React.ReactElement {
  const { propose, proposalId, show } = offering
  return (
    <>
      <ProposeTrouble propose={propose} />
      {proposalId !== '' && <ProposalCard proposalId={proposalId} onClose={() => show('')} />}
    </>
  )
}

/** A button that proposes one action. A switched-off action says so and stays where it is: an owner may switch it on. */
export function OfferButton({
  offer,
  name,
  words,
  offering,
  isMain = false,
}: {
  readonly offer: Offer
  /** What it is about, for the accessible name. */
  readonly name: string
  readonly words: string
  readonly offering: Offering
  readonly isMain?: boolean
}): React.ReactElement | null {
  if (!offering.acts) return null
  const closed =
    offering.closedBecause !== ''
      ? offering.closedBecause
      : offer.isOn
        ? ''
        : `“${offer.title}” is switched off. An Owner switches it on in Actions.`
  return (
    <ChangeButton
      size={isMain ? 'medium' : 'small'}
      {...(isMain ? { icon: <SparkleRegular /> } : {})}
      disabledFocusable={closed !== '' || offering.propose.isLoading}
      title={closed === '' ? offer.title : closed}
      aria-label={`${words}: ${name}`}
      onClick={() => offering.propose.mutate({ actionId: offer.actionId, input: offer.input })}
    >
      {words}
    </ChangeButton>
  )
}

const useStyles = makeStyles({ bar: { marginBottom: '16px' }, words: { overflowWrap: 'anywhere', whiteSpace: 'normal' } })

/** Says once, above the page, why buttons on it are shut: all of them, or those of actions that are switched off. */
export function WhyClosed({
  offering,
  offers,
}: {
  readonly offering: Offering
  readonly offers: readonly Offer[]
}): React.ReactElement | null {
  const styles = useStyles()
  const off = [...new Set(offers.flatMap(({ isOn, title }) => (isOn ? [] : [title])))]
  if (!offering.acts || (offering.closedBecause === '' && off.length === 0)) return null
  return (
    <MessageBar className={styles.bar}>
      <MessageBarBody className={styles.words}>
        {offering.closedBecause !== '' ? (
          offering.closedBecause
        ) : (
          <>
            {`Switched off in this tenant, so that the buttons are shut: ${new Intl.ListFormat('en').format(off)}. An Owner switches actions on in `}
            <PageLink to="/actions?state=off">Actions</PageLink>.
          </>
        )}
      </MessageBarBody>
    </MessageBar>
  )
}
