import { tokens, type GriffelStyle } from '@fluentui/react-components'

/** The bar below what is chosen, as people know it from tabs; what it stands in is placed `relative`. */
export const chosenUnderline: GriffelStyle = {
  fontWeight: 600,
  '::after': {
    content: '""',
    position: 'absolute',
    left: '10px',
    right: '10px',
    bottom: 0,
    height: '3px',
    borderRadius: '2px',
    backgroundColor: tokens.colorBrandForeground1,
  },
}
