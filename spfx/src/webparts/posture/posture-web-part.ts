import * as React from 'react'
import * as ReactDom from 'react-dom'
import { Version } from '@microsoft/sp-core-library'
import type { IReadonlyTheme } from '@microsoft/sp-component-base'
import { AadHttpClient } from '@microsoft/sp-http'
import { PropertyPaneTextField, PropertyPaneToggle, type IPropertyPaneConfiguration } from '@microsoft/sp-property-pane'
import { BaseClientSideWebPart } from '@microsoft/sp-webpart-base'
import * as strings from 'PostureStrings'
import { NOTHING_READ, startFeed, type PostureFeed } from '../../posture/posture-feed.ts'
import { PosturePanel, type PosturePanelProps } from '../../posture/posture-panel.tsx'
import { readPosture, type SendGet } from '../../posture/read-posture.ts'
import {
  apiResourceGap,
  readSettings,
  serviceUrlGap,
  type PostureProperties,
  type PostureSettings,
  type SettingsResult,
} from '../../posture/settings.ts'
import { fill } from '../../posture/strings.ts'
import { parsePosture } from '../../posture/summary.ts'
import { sharePointTheme, teamsTheme } from '../../posture/theme.ts'

/** Filled by config/spfx-customize-webpack.js; empty unless the package was built for one deployment. */
declare const BUILT_IN_SERVICE_URL: string
declare const BUILT_IN_API_RESOURCE: string
const builtIn = { serviceUrl: BUILT_IN_SERVICE_URL, apiResource: BUILT_IN_API_RESOURCE }

/** Joins SharePoint's context (token, theme, properties) to the panel; decides nothing itself. */
export default class PostureWebPart extends BaseClientSideWebPart<PostureProperties> {
  private theme = sharePointTheme(undefined)
  private feed: PostureFeed | undefined
  private feedState = NOTHING_READ
  private feedKey = ''
  private isPersonalApp = false

  public render(): void {
    const settings = readSettings(this.properties, builtIn)
    this.follow(settings)
    const props: PosturePanelProps = {
      strings,
      settings,
      theme: this.theme,
      idPrefix: `countersign-posture-${this.instanceId}-`,
      locale: this.context.pageContext.cultureInfo.currentUICultureName,
      hasPropertyPane: !this.isPersonalApp,
      feed: this.feedState,
      onRetry: () => this.feed?.refresh(),
    }
    ReactDom.render(React.createElement(PosturePanel, props), this.domElement)
  }

  protected override async onInit(): Promise<void> {
    await super.onInit()
    const teams = this.context.sdks.microsoftTeams?.teamsJs
    if (!teams) return
    const context = await teams.app.getContext()
    this.isPersonalApp = !context.channel && !context.chat
    this.theme = teamsTheme(context.app.theme)
    teams.app.registerOnThemeChangeHandler((name) => {
      this.theme = teamsTheme(name)
      this.render()
    })
  }

  protected override onThemeChanged(theme: IReadonlyTheme | undefined): void {
    if (this.context.sdks.microsoftTeams) return
    this.theme = sharePointTheme(theme)
    // SharePoint calls this before the first render too; rendering again is its job only afterwards
    if (this.renderedOnce) this.render()
  }

  protected override onDispose(): void {
    this.feed?.stop()
    ReactDom.unmountComponentAtNode(this.domElement)
  }

  protected override get dataVersion(): Version {
    return Version.parse('1.0')
  }

  protected override getPropertyPaneConfiguration(): IPropertyPaneConfiguration {
    const service = [
      PropertyPaneTextField('serviceUrl', {
        label: strings.ServiceUrlLabel,
        description: strings.ServiceUrlHint,
        onGetErrorMessage: (value: string) => gapMessage(serviceUrlGap(value.trim() || builtIn.serviceUrl), value),
      }),
      PropertyPaneTextField('apiResource', {
        label: strings.ApiResourceLabel,
        description: strings.ApiResourceHint,
        onGetErrorMessage: (value: string) => gapMessage(apiResourceGap(value.trim() || builtIn.apiResource), value),
      }),
    ]
    const shown = { onText: strings.Shown, offText: strings.Hidden }
    const show = [
      PropertyPaneTextField('title', {
        label: strings.TitleLabel,
        onGetErrorMessage: (value: string) => gapMessage(value.trim() ? undefined : 'TitleMissing', value),
      }),
      PropertyPaneToggle('showAreas', { label: strings.ShowAreasLabel, ...shown }),
      PropertyPaneToggle('showRisks', { label: strings.ShowRisksLabel, ...shown }),
    ]
    return {
      pages: [
        {
          header: { description: strings.PaneDescription },
          groups: [
            { groupName: strings.ServiceGroup, groupFields: service },
            { groupName: strings.ShowGroup, groupFields: show },
          ],
        },
      ],
    }
  }

  /** Follows the service that the settings name; starts anew only when that changes. */
  private follow(settings: SettingsResult): void {
    const key = settings.ok ? `${settings.settings.serviceUrl} ${settings.settings.apiResource}` : ''
    if (key === this.feedKey) return
    this.feedKey = key
    this.feed?.stop()
    this.feed = undefined
    this.feedState = NOTHING_READ
    if (settings.ok) this.feed = this.startFeed(settings.settings)
  }

  private startFeed({ serviceUrl, apiResource }: PostureSettings): PostureFeed {
    const send: SendGet = async (url, headers, signal) => {
      const client = await this.context.aadHttpClientFactory.getClient(apiResource)
      return client.get(url, AadHttpClient.configurations.v1, { headers, signal })
    }
    return startFeed({
      read: (etag) => readPosture({ send, parse: parsePosture, serviceUrl, etag }),
      page: document,
      now: () => Date.now(),
      onChange: (state) => {
        this.feedState = state
        if (this.feed) this.render()
      },
    })
  }
}

function gapMessage(gap: Parameters<typeof sentence>[0] | undefined, value: string): string {
  return gap ? sentence(gap, value) : ''
}

function sentence(gap: Exclude<SettingsResult, { ok: true }>['gaps'][number]['id'], value: string): string {
  return fill(strings[gap], { value })
}
