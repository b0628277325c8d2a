import type { PolicyCoverage } from '../derived/conditional-access-coverage.ts'

type Session = PolicyCoverage['session']

/** Whether people must sign in again each time. */
export function signsInEveryTime(session: Session): boolean {
  const frequency = session?.signInFrequency
  return frequency?.isEnabled === true && frequency.frequencyInterval === 'everyTime'
}

/** Whether people must sign in again after that many hours, or sooner. */
export function signsInAgainWithin(session: Session, hours: number): boolean {
  if (signsInEveryTime(session)) return true
  const frequency = session?.signInFrequency
  if (frequency?.isEnabled !== true || frequency.value === null) return false
  const unit = { hours: 1, days: 24 }[frequency.type ?? '']
  return unit !== undefined && frequency.value > 0 && frequency.value * unit <= hours
}

/** Whether a browser forgets the sign-in when it is closed. */
export function browserForgets(session: Session): boolean {
  return session?.persistentBrowser?.isEnabled === true && session.persistentBrowser.mode === 'never'
}
