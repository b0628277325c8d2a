import * as React from 'react'
import { makeStyles, mergeClasses } from '@fluentui/react-components'
import { useText } from '@countersign/ui/text.ts'
import { PageLink } from './links.tsx'

const useStyles = makeStyles({
  list: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: '8px', listStyleType: 'none', margin: '0 0 4px', padding: 0 },
})

/** The way back to the list that a page belongs to. */
export function Crumbs({ to, list, here }: { readonly to: string; readonly list: string; readonly here: string }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  return (
    <nav aria-label="Breadcrumb">
      <ol className={mergeClasses(text.caption, styles.list)}>
        <li>
          <PageLink to={to} className={text.caption}>
            {list}
          </PageLink>
        </li>
        <li aria-hidden="true">›</li>
        <li aria-current="page" className={text.captionStrong}>
          {here}
        </li>
      </ol>
    </nav>
  )
}
