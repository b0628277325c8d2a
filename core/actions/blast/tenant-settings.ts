import type { Effect } from './effects.ts'
import type { Lookup } from './facts.ts'
import { line, type Line } from './line.ts'

/** What a setting of the whole tenant changes for people and guests. */
export function settingLines(effects: readonly Effect[], look: Lookup): readonly Line[] {
  return effects.flatMap((effect): readonly Line[] => {
    if (effect.kind !== 'setting') return []
    switch (effect.setting) {
      case 'invitations': {
        const guests = look.count('guests')
        return guests === undefined ? [] : [line('invitations', { guests })]
      }
      case 'consent':
      case 'consentWorkflow': {
        const count = look.count('consentedApplications')
        const reason = effect.setting === 'consent' ? 'consents' : 'consentRequests'
        return count === undefined ? [] : [line(reason, { count })]
      }
    }
  })
}
