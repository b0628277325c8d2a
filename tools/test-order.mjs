import Sequencer from '@jest/test-sequencer'

const order = ['browser', 'integration', 'fast']
/** Browser tests keep a core busy the longest, pure tests the shortest. */
const rank = ({ context }) => order.indexOf(context.config.displayName?.name ?? '')

/** Long files first, so that at the end no worker waits for another: by kind, and within a kind by jest's own order. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other))
  }
}
