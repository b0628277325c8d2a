import { makeStyles } from '@fluentui/react-components'

/** The tools above a list, and a list that is a table when wide and rows when narrow. */
export const useListStyles = makeStyles({
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px 12px',
    alignItems: 'center',
    padding: '4px 20px 12px',
    '@container (max-width: 639px)': { padding: '4px 16px 12px' },
    '& > *': { '@container (max-width: 639px)': { flexGrow: 1 } },
  },
  search: { flexGrow: 1, flexBasis: '220px', maxWidth: '420px', '@container (max-width: 639px)': { maxWidth: 'none' } },
  empty: { padding: '0 20px 16px', '@container (max-width: 639px)': { padding: '0 16px 12px' } },
  wide: { '@container (max-width: 1023px)': { display: 'none' } },
  narrow: { display: 'none', '@container (max-width: 1023px)': { display: 'block' } },
  line: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'center', gap: '2px 12px' },
  stack: { display: 'grid', rowGap: '16px', gridTemplateColumns: 'minmax(0, 1fr)' },
})
