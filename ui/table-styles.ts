import { makeStyles, tokens } from '@fluentui/react-components'

/** A plain table whose rows reach the edges of its card. */
export const useTable = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', borderSpacing: 0 },
  scroll: { overflowX: 'auto' },
  head: {
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground2,
    textAlign: 'left',
    padding: '4px 8px 8px',
    verticalAlign: 'bottom',
    whiteSpace: 'nowrap',
    ':first-child': { paddingLeft: '20px' },
    ':last-child': { paddingRight: '20px' },
    '@container (max-width: 639px)': { ':first-child': { paddingLeft: '16px' }, ':last-child': { paddingRight: '16px' } },
  },
  cell: {
    padding: '10px 8px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    textAlign: 'left',
    fontWeight: 400,
    overflowWrap: 'anywhere',
    ':first-child': { paddingLeft: '20px' },
    ':last-child': { paddingRight: '20px' },
    '@container (max-width: 639px)': { ':first-child': { paddingLeft: '16px' }, ':last-child': { paddingRight: '16px' } },
  },
  top: { verticalAlign: 'top' },
  number: { textAlign: 'right', whiteSpace: 'nowrap' },
  strong: { fontWeight: 600 },
  narrowHidden: { '@container (max-width: 639px)': { display: 'none' } },
  narrowOnly: { display: 'none', '@container (max-width: 639px)': { display: 'block' } },
})
