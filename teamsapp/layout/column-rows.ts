import { makeStyles } from '@fluentui/react-components'

/**
 * Rows of a card whose columns stand below their heads, and below one another where there is no room. A component names its columns by a
 * class that sets `--columns`.
 */
export const useColumnRows = makeStyles({
  heads: {
    display: 'grid',
    gridTemplateColumns: 'var(--columns)',
    columnGap: '16px',
    padding: '0 20px 8px',
    '@container (max-width: 859px)': { display: 'none' },
  },
  row: {
    display: 'grid',
    gridTemplateColumns: 'var(--columns)',
    columnGap: '16px',
    '@container (max-width: 859px)': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: '4px', justifyItems: 'start' },
  },
})
