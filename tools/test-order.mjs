import Sequencer from '@jest/test-sequencer'

const kindOf = ({ context }) => context.config.displayName?.name ?? ''

/**
 * Files that keep a core busy (browser) beside files that mostly wait (integration), so that cores are used throughout. Within a kind the
 * order is jest's own: the longest or largest first, so that at the end no worker waits for another.
 */
export default class Interleaved extends Sequencer {
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
