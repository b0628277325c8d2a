import * as React from 'react'
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { PeopleRegular, StarFilled } from '@fluentui/react-icons'
import { useText } from '@countersign/ui/text.ts'
import { useRoute } from '../../client/client.tsx'
import { PageLink } from '../../layout/links.tsx'
import { viewQueryOf } from './filters.ts'

const ViewDialog = React.lazy(async () => ({ default: (await import('./view-dialog.tsx')).ViewDialog }))
const ManageViews = React.lazy(async () => ({ default: (await import('./manage-views.tsx')).ManageViews }))

const useStyles = makeStyles({
  box: { minWidth: 0, '@container (max-width: 1023px)': { gridColumn: '1 / -1' } },
  title: { padding: '0 8px 4px', margin: 0 },
  list: { listStyleType: 'none', margin: 0, padding: '0 8px', display: 'grid', rowGap: '6px' },
  line: { display: 'flex', alignItems: 'center', columnGap: '6px', minWidth: 0 },
  icon: { flexShrink: 0, color: tokens.colorNeutralForeground2 },
  current: { fontWeight: 600 },
  actions: { display: 'flex', flexWrap: 'wrap', marginTop: '4px' },
})

/** The person's saved views and the tenant's, each a link; the filters of the address can be kept as one more. */
export function Views({ search }: { readonly search: URLSearchParams }): React.ReactElement {
  const styles = useStyles()
  const text = useText()
  const [open, setOpen] = React.useState<'save' | 'manage'>()
  const query = useRoute('saved-views', 'GET /api/saved-views', {})
  const views = query.data?.views ?? []
  const current = viewQueryOf(search)
  return (
    <div className={styles.box}>
      <h2 className={mergeClasses(text.captionStrong, styles.title)}>Saved views</h2>
      {views.length > 0 && (
        <ul className={styles.list}>
          {views.map((view) => (
            <li key={view.id} className={styles.line}>
              <PageLink
                to={`/findings?${view.query === '' ? 'view=checks' : view.query}`}
                className={mergeClasses(view.query === current && styles.current)}
              >
                {view.name}
              </PageLink>
              {view.isDefault && <StarFilled className={styles.icon} fontSize={14} aria-label="Shown first" />}
              {view.shared && <PeopleRegular className={styles.icon} fontSize={14} aria-label="Shared with the tenant" />}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.actions}>
        <Button
          size="small"
          appearance="subtle"
          disabledFocusable={current === ''}
          title={current === '' ? 'Choose filters first' : undefined}
          onClick={() => setOpen('save')}
        >
          Save as view
        </Button>
        {views.length > 0 && (
          <Button size="small" appearance="subtle" onClick={() => setOpen('manage')}>
            Manage views
          </Button>
        )}
      </div>
      <React.Suspense fallback={null}>
        {open === 'save' && <ViewDialog query={current} mayShare={query.data?.mayShare === true} onClose={() => setOpen(undefined)} />}
        {open === 'manage' && <ManageViews views={views} mayShare={query.data?.mayShare === true} onClose={() => setOpen(undefined)} />}
      </React.Suspense>
    </div>
  )
}
