import { makeStyles, tokens } from '@fluentui/react-components'

/** The type ramp: 400 and 600 only, margins off, so that no page needs a reset. */
export const useText = makeStyles({
  body: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: 400, overflowWrap: 'anywhere' },
  strong: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: 600, overflowWrap: 'anywhere' },
  caption: {
    margin: 0,
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  captionStrong: { margin: 0, fontSize: '12px', lineHeight: '16px', fontWeight: 600, overflowWrap: 'anywhere' },
  cardTitle: { margin: 0, fontSize: '16px', lineHeight: '22px', fontWeight: 600, overflowWrap: 'anywhere' },
  pageTitle: {
    margin: 0,
    fontSize: '24px',
    lineHeight: '32px',
    fontWeight: 600,
    overflowWrap: 'anywhere',
    '@container (max-width: 639px)': { fontSize: '20px', lineHeight: '26px' },
  },
  score: { margin: 0, fontSize: '56px', lineHeight: '60px', fontWeight: 600, letterSpacing: '-0.02em' },
  mono: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', lineHeight: '16px', overflowWrap: 'anywhere' },
  secondary: { color: tokens.colorNeutralForeground2 },
  number: { textAlign: 'right' },
})
