import * as React from 'react'
import { Field, FluentProvider, makeStyles, Radio, RadioGroup, Title3 } from '@fluentui/react-components'
import { app, pages as teamsPages } from '@microsoft/teams-js'
import { entries } from '../layout/pages.ts'
import { schemeOfHost, themes } from './theme.ts'

/** Pages that make sense in a channel or a group chat; settings are one person's business. */
const offered = entries.filter(({ path }) => path !== '/settings')

const useStyles = makeStyles({
  page: { padding: '20px 24px', minHeight: '100vh', boxSizing: 'border-box', display: 'grid', rowGap: '12px', alignContent: 'start' },
  note: { margin: 0 },
})

/** What Teams stores for a tab that shows this page: https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/create-tab-pages/configuration-page */
export function tabSettings(path: string, origin: string): teamsPages.InstanceConfig {
  const page = offered.find((one) => one.path === path)
  if (!page) throw new Error(`There is no page ${path} to put into a channel.`)
  return {
    entityId: `countersign${page.path.replace('/', '-')}`,
    contentUrl: `${origin}${page.path}`,
    websiteUrl: `${origin}${page.path}`,
    suggestedDisplayName: page.title,
  }
}

/** Where the tab is set up that a team or a group chat adds: which page it shows. Everybody there sees only what their own role allows. */
export function ConfigurePage({ theme, chosenAt }: { readonly theme: string; readonly chosenAt: string | undefined }): React.ReactElement {
  const styles = useStyles()
  const [path, setPath] = React.useState<string>(offered.find((page) => chosenAt?.endsWith(page.path) === true)?.path ?? '/overview')
  React.useEffect(() => {
    teamsPages.config.registerOnSaveHandler((saving) => {
      teamsPages.config.setConfig(tabSettings(path, window.location.origin)).then(
        () => saving.notifySuccess(),
        () => saving.notifyFailure('Teams did not take the settings of the tab. Try it again.'),
      )
    })
    teamsPages.config.setValidityState(true)
  }, [path])
  return (
    <FluentProvider theme={themes[schemeOfHost(theme)]}>
      <main className={styles.page}>
        <Title3 as="h1">Add Countersign to this place</Title3>
        <Field
          label="Page that the tab shows"
          hint="Each person sees what their own role in Countersign allows. Actions are countersigned in a 1:1 chat only."
        >
          <RadioGroup value={path} onChange={(_, { value }) => setPath(value)}>
            {offered.map((page) => (
              <Radio key={page.path} value={page.path} label={page.title} />
            ))}
          </RadioGroup>
        </Field>
      </main>
    </FluentProvider>
  )
}

/** The host's theme and the address that the tab shows so far; undefined where no host answers. */
export async function configurationContext(): Promise<{ readonly theme: string; readonly chosenAt: string | undefined } | undefined> {
  if (window.parent === window) return undefined
  try {
    await app.initialize()
    const context = await app.getContext()
    app.notifySuccess()
    const config = await teamsPages.getConfig().catch(() => undefined)
    return { theme: context.app.theme, chosenAt: config?.contentUrl }
  } catch {
    return undefined
  }
}
