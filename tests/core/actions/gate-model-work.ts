/** What processes do: begin, send step by step, stop anywhere, take up what another left, read back. */
import { ask, land } from './gate-model-ask.ts'
import { checkBegin, checkReading, checkReport, checkSend } from './gate-model-invariants.ts'
import type { Course, Reading } from './gate-model-moves.ts'
import type { Landing } from './gate-model-people.ts'
import { minute, serialOf, valuesOf, type Proposal, type World } from './gate-model-world.ts'

/** Takes no notice of the state: a second process may try too. */
export function execute(world: World, proposal: Proposal, course: Course): Landing {
  if (!course.hasAid) {
    const answer = ask(world, proposal, 'refuseToSend')
    return () => {
      land(world, answer, (story) => {
        story.ended = 'nothingDone'
      })
    }
  }
  const answer = ask(world, proposal, 'begin', { fresh: valuesOf(world, proposal).slice(0, proposal.steps.length).join() })
  return () => {
    const begun = land(world, answer, (story) => {
      checkBegin(world, proposal)
      story.begun = true
    })
    if (begun) goOn(world, proposal, 0, course)
    else if (answer.guard !== null && answer.guard !== 'state') endUnbegun(world, proposal)
  }
}

function endUnbegun(world: World, proposal: Proposal): void {
  const values = valuesOf(world, proposal)
  if (proposal.confirmedAt !== null && world.now - proposal.confirmedAt >= 15 * minute) end(world, proposal, 'expire')
  else if (proposal.preState.some((value, part) => value !== values[part])) end(world, proposal, 'goneStale')
  else end(world, proposal, 'supersede')
}

/** What ends a plan from outside; tried in any state. */
export function end(world: World, proposal: Proposal, event: 'expire' | 'goneStale' | 'supersede'): void {
  land(world, ask(world, proposal, event), (story) => {
    story.ended = ({ expire: 'timeOver', goneStale: 'objectChanged', supersede: 'rulesChanged' } as const)[event]
  })
}

/** Sends what is left, step by step; each step of several is read back before the next. */
function goOn(world: World, proposal: Proposal, from: number, course: Course): void {
  const values = valuesOf(world, proposal)
  for (let index = from; index < proposal.steps.length; index++) {
    const step = proposal.steps[index]
    if (step?.state !== 'planned') return
    if (index > 0 && course.edited === 'before') values[index] = `edit ${serialOf(world)}`
    if (index > 0 && values[index] !== proposal.preState[index]) return report(world, proposal, 'stopped')

    // Opening a step is a compare-and-swap of its own: recovery never opens one that is being sent.
    step.state = 'sending'
    const isHere = index === Math.min(course.at, proposal.steps.length - 1)
    if (isHere && course.crash === 'beforeSend') return
    const outcome = isHere ? course.outcome : 'done'
    step.sends++
    checkSend(proposal, index)
    if (outcome === 'done' || outcome === 'lostButDone') values[index] = proposal.mark
    if (isHere && course.crash === 'afterSend') return

    if (outcome === 'refused') {
      step.state = 'refused'
      return report(world, proposal, index === 0 ? 'answerFailed' : 'stopped')
    }
    step.state = outcome === 'done' ? 'done' : 'lost'
    if (proposal.steps.length === 1) report(world, proposal, outcome === 'done' ? 'answered' : 'answerUnknown')
    if (isHere && course.crash === 'afterAnswer') return
    if (isHere && course.edited === 'after') values[index] = `edit ${serialOf(world)}`
    if (!isShown(world, proposal, index, course.isClear)) return
  }
}

/** Reads one step back; true when the next may follow. */
function isShown(world: World, proposal: Proposal, index: number, isClear: boolean): boolean {
  const step = proposal.steps[index]
  if (!step) return false
  if (proposal.steps.length === 1) {
    readBack(world, proposal, isClear)
    return false
  }
  const shows = valuesOf(world, proposal)[index] === proposal.mark
  step.shown = isClear && shows
  if (step.shown && index < proposal.steps.length - 1) return true
  if (isClear && !shows && step.state === 'done') report(world, proposal, 'stopped')
  else {
    // With its last word spoken a plan is executed, and settled at once.
    report(world, proposal, step.state === 'done' ? 'answered' : 'answerUnknown')
    recordReading(world, proposal, step.shown ? 'readBackDone' : 'readBackUnclear')
  }
  return false
}

/** What came of sending; the caller has moved the step, so that each answer is reported once. */
function report(world: World, proposal: Proposal, event: 'answered' | 'answerFailed' | 'answerUnknown' | 'stopped'): void {
  land(world, ask(world, proposal, event), (story) => {
    checkReport(proposal)
    if (event === 'answered' || event === 'answerUnknown') story.lastWord = true
    else story.ended = event === 'stopped' ? 'stoppedBetween' : 'nothingDone'
  })
}

/** A process that was thought dead reports; where a step is still open, moving the step keeps it out. */
export function reportLate(world: World, proposal: Proposal, event: 'answered' | 'answerFailed' | 'answerUnknown' | 'stopped'): void {
  if (proposal.state !== 'executing') report(world, proposal, event)
}

/** Tried in any state: two processes may read back at once. */
export function readBack(world: World, proposal: Proposal, isClear: boolean): void {
  const values = valuesOf(world, proposal)
  const isDone = proposal.steps.every((_step, part) => values[part] === proposal.mark)
  const mayStillCome = proposal.steps.some(({ state }) => state === 'lost')
  recordReading(world, proposal, !isClear || (!isDone && mayStillCome) ? 'readBackUnclear' : isDone ? 'readBackDone' : 'readBackNotDone')
}

/** A reading of another object, or of long ago, arrives; where one is due, only the world's own counts. */
export function readBackLate(world: World, proposal: Proposal, event: Reading): void {
  if (proposal.state !== 'executed') recordReading(world, proposal, event)
}

function recordReading(world: World, proposal: Proposal, event: Reading): void {
  land(world, ask(world, proposal, event), (story) => {
    checkReading(proposal)
    story.readBack = ({ readBackDone: 'done', readBackNotDone: 'notDone', readBackUnclear: 'unclear' } as const)[event]
  })
}

/** Takes up what stopped processes left: what was being sent is read back and never sent again, the rest is sent or left. */
export function recover(world: World, course: Course, goesOn: boolean): void {
  for (const proposal of world.proposals) {
    if (proposal.state === 'executed') readBack(world, proposal, course.isClear)
    if (proposal.state !== 'executing') continue
    const index = proposal.steps.findIndex(({ shown }) => !shown)
    const step = proposal.steps[index]
    if (step?.state === 'planned') {
      if (goesOn) goOn(world, proposal, index, course)
      else report(world, proposal, 'stopped')
    } else if (step) {
      if (step.state === 'sending') step.state = 'lost'
      if (proposal.steps.length === 1) report(world, proposal, 'answerUnknown')
      if (isShown(world, proposal, index, course.isClear)) goOn(world, proposal, index + 1, course)
    }
  }
}
