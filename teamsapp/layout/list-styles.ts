import { makeStyles } from '@fluentui/react-components'

/** A list that is a table when wide and rows when narrow. */
export const useListStyles = makeStyles({
  empty: { padding: '0 20px 16px', '@container (max-width: 639px)': { padding: '0 16px 12px' } },
  wide: { '@container (max-width: 1023px)': { display: 'none' } },
  narrow: { display: 'none', '@container (max-width: 1023px)': { display: 'block' } },
  line: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'center', gap: '2px 12px' },
  stack: { display: 'grid', rowGap: '16px', gridTemplateColumns: 'minmax(0, 1fr)' },
})
