import { makeStyles } from '@fluentui/react-components'

/** A shape with its word, as severity, tier and impact are told: on the line of the text beside it, and never broken. */
export const useMark = makeStyles({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    columnGap: '6px',
    whiteSpace: 'nowrap',
    minHeight: '20px',
    verticalAlign: 'middle',
  },
})
