import { echoSentence } from '@countersign/core/actions/echo.ts'
import { cleanName } from '@countersign/core/text/clean-name.ts'
import type { Proposal } from '@countersign/core/actions/proposal.ts'
import { answeredBody, confirmedBody } from '@countersign/core/actions/record-bodies.ts'
import { stepSentences, type StepState } from '@countersign/core/actions/sentences.ts'
import type { JournalRecord } from '@countersign/core/actions/journal.ts'
import type { ProposalView, Receipt } from '@countersign/core/api/proposals.ts'
import type { StoredEcho } from '../../store/echoes.ts'
import type { StoredStep } from '../../store/steps.ts'

/** Each step of a proposal with what became of it. */
export function stepViews(proposal: Proposal, stored: readonly StoredStep[]): ProposalView['steps'] {
  return proposal.steps.map(({ about, write }, index) => {
    const state = stepStateOf(proposal, stored[index])
    return {
      about: `${cleanName(about.name)} (${cleanName(about.qualifier)})`,
      request: `${write.method} /v1.0${write.path}`,
      state,
      sentence: stepSentences[state],
    }
  })
}

function stepStateOf(proposal: Proposal, step: StoredStep | undefined): StepState {
  if (!step) return 'planned'
  switch (step.state) {
    case 'planned':
    case 'notSent':
      return step.state
    case 'sending':
      return 'sending'
    case 'done': {
      const outcome = answeredBody.shape.outcome.safeParse(step.outcome)
      const kind = outcome.success ? outcome.data.kind : 'unknown'
      if (kind === 'refused' || kind === 'notSent') return 'failed'
      if (step.met === 'met' || proposal.state === 'verified') return 'done'
      if (step.met === 'notMet' && kind === 'answered') return 'failed'
      return step.met === null && proposal.state !== 'indeterminate' ? 'sending' : 'notCertain'
    }
  }
}

/** The steps of a receipt, each with what the tenant's own log shows of it. */
export function receiptSteps(proposal: Proposal, stored: readonly StoredStep[], echoes: readonly StoredEcho[]): Receipt['steps'] {
  return stepViews(proposal, stored).map((view, index) => {
    const echo = echoes.find(({ stepIndex }) => stepIndex === index)
    return {
      ...view,
      echo: echo ? { state: echo.state, sentence: echoSentence(echo.state, echo.reason), rowId: echo.row?.id ?? null } : null,
    }
  })
}

/** Who has countersigned, in their order. */
export function countersigners(records: readonly JournalRecord[]): ProposalView['countersignedBy'] {
  return records.flatMap(({ kind, body, at }) => {
    const read = kind === 'confirmed' || kind === 'confirmedFirst' ? confirmedBody.safeParse(body) : undefined
    return read?.success ? [{ objectId: read.data.by.objectId, name: cleanName(read.data.by.name), at }] : []
  })
}
