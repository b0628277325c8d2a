import fc from 'fast-check'

/**
 * Random cases: in the daily run the same ones each time, so that it says of two states of the code what differs between them; in the
 * drill new ones, and many. Tests take them from here and nowhere else.
 */
if (process.env['DRILL'] !== '1') fc.configureGlobal({ seed: 20_261_123 })

export { fc }
