import { join } from 'node:path'
import Sequencer from '@jest/test-sequencer'
import { root } from './install.mjs'

const kindOf = ({ context }) => context.config.displayName?.name ?? ''

/**
 * Seconds of the longest files on two cores. Jest takes a large file for a long one where it has measured none, as after a fresh clone;
 * these are short, because what they run stands in others. Begun late, they would be waited for in the end.
 */
export const longest = {
  'tests/bot/http/scanned.integration.test.ts': 100,
  'tests/walls/one-tenant.integration.test.ts': 60,
  'tests/bot/act/round-trip/round-trips.integration.test.ts': 45,
  'tests/e2e/trouble.browser.test.ts': 40,
  'tests/bot/identity/hardened.integration.test.ts': 40,
  'tests/bot/chat/with-aid.integration.test.ts': 40,
  'tests/bot/chat/plans.integration.test.ts': 35,
  'tests/bench/large.integration.test.ts': 35,
  'tests/teamsapp/matrix.browser.test.ts': 30,
  'tests/bot/chat/doors.integration.test.ts': 25,
  'tests/walls/two-tenants.integration.test.ts': 25,
}
const guessed = new Map(Object.entries(longest).map(([file, seconds]) => [join(root, file), seconds * 1000]))

/**
 * Files that keep a core busy (browser) beside files that mostly wait (integration), so that cores are used throughout. Within a kind the
 * longest come first, as measured last time or else as guessed: at the end no worker waits for another.
 */
export default class Interleaved extends Sequencer {
  /** Milliseconds; for a file that nothing is known of, one for each of its bytes. */
  time(test) {
    return super.time(test) ?? guessed.get(test.path) ?? test.context.hasteFS.getSize(test.path) ?? 0
  }

  sort(tests) {
    const sorted = [...super.sort(tests)]
    const browser = sorted.filter((test) => kindOf(test) === 'browser')
    const waiting = sorted.filter((test) => kindOf(test) === 'integration')
    const others = sorted.filter((test) => !browser.includes(test) && !waiting.includes(test))
    const mixed = []
    const every = Math.max(1, Math.floor(waiting.length / (browser.length + 1)))
    while (browser.length > 0 || waiting.length > 0) mixed.push(...browser.splice(0, 1), ...waiting.splice(0, every))
    return [...mixed, ...others]
  }
}
