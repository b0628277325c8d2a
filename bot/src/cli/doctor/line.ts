/** One thing that the doctor looked at. `unknown` is its own answer: it could not be seen from here, and is neither fine nor wrong. */
export interface DoctorLine {
  /** Kebab-case, the same in every version, for programs that read --json. */
  readonly id: string
  readonly state: 'ok' | 'problem' | 'unknown'
  readonly title: string
  /** What was seen, as a sentence. */
  readonly detail: string
  /** What to do about it; null when nothing is to be done, or when a line below says it for several. */
  readonly mend: string | null
}

type Subject = Pick<DoctorLine, 'id' | 'title'>

export function ok({ id, title }: Subject, detail: string): DoctorLine {
  return { id, state: 'ok', title, detail, mend: null }
}

export function problem({ id, title }: Subject, detail: string, mend: string | null): DoctorLine {
  return { id, state: 'problem', title, detail, mend }
}

export function unknown({ id, title }: Subject, detail: string, mend: string | null = null): DoctorLine {
  return { id, state: 'unknown', title, detail, mend }
}
