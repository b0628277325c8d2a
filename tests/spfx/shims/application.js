// Plays SharePoint's page application (sp-application-base): fills the page context, gives the real HTTP clients a token
// provider, and lets Microsoft's real web part manager load the web part. `window.hostOptions` comes from the test.
define('4df9bb86-ab0a-4aab-ab5f-48bf167048fb_1.23.2', [
  '@microsoft/sp-page-context',
  '@microsoft/sp-http-base',
  '@microsoft/sp-loader',
  '@microsoft/sp-webpart-base',
  '@microsoft/sp-component-base',
], function (pageContext, http, loader, webPartBase, componentBase) {
  const READ = 1
  const EDIT = 2
  const options = window.hostOptions

  function Navigator(scope) {
    this.scope = scope
  }

  Navigator.prototype.navigateToApplication = function (preloaded) {
    fillPageContext(this.scope, preloaded.spPageContextInfo)
    // hostToken is the test's function: what it answers is what the real AadHttpClient sends
    http._AadTokenProviders._initialize({ getToken: (resource) => window.hostToken(resource) }, {})
    const scope = this.scope.startNewChild()
    const theme = scope.createDefaultAndProvide(componentBase.ThemeProvider.serviceKey)
    scope.provide(webPartBase._PropertyPaneLoader.serviceKey, propertyPaneLoader())
    scope.finish()
    theme._setTheme(options.theme)
    window.hostTheme = theme
    return loadWebPart(scope)
  }

  function fillPageContext(scope, info) {
    const context = {
      cultureInfo: { currentCultureName: 'en-US', currentUICultureName: 'en-US', isRightToLeft: false },
      site: {
        absoluteUrl: info.siteAbsoluteUrl,
        id: info.siteId,
        serverRelativeUrl: info.siteServerRelativeUrl,
        correlationId: info.CorrelationId,
      },
      web: {
        absoluteUrl: info.webAbsoluteUrl,
        id: info.webId,
        serverRelativeUrl: info.webServerRelativeUrl,
        title: 'Team',
        language: 1033,
        permissions: { High: 0, Low: 0 },
      },
      user: {
        displayName: info.userDisplayName,
        email: info.userEmail,
        loginName: info.userLoginName,
        isAnonymousGuestUser: false,
        isExternalGuestUser: false,
      },
      featureInfo: {},
    }
    scope.consume(pageContext.PageContext.serviceKey).initialize(context, info)
  }

  /** The pane's own controls need bundles that npm does not carry; the web part's side of the pane is the real one. */
  function propertyPaneLoader() {
    window.hostPane = {}
    const pane = {
      registerConsumer: (id, webPart) => (window.hostPane[id] = webPart),
      onConsumerDelete: (id) => delete window.hostPane[id],
      requestAction: () => undefined,
      isRenderedByConsumer: () => false,
      isOpen: () => false,
    }
    return { isLoaded: true, propertyPane: Promise.resolve(pane) }
  }

  function loadWebPart(scope) {
    const host = new webPartBase._MinimalWebPartHost(scope)
    const errors = (window.hostErrors = [])
    for (const event of ['onAfterWebPartLoadFailed', 'onAfterWebPartInitializeFailed', 'onAfterWebPartRenderFailed']) {
      host[event] = (_, error) => errors.push(event + ': ' + ((error && (error.stack || error.message)) || error))
    }
    if (options.teams) host.getAdditionalContextProperties = () => ({ microsoftTeams: { context: {}, teamsJs: teams() } })
    const manager = new webPartBase._ClientSideWebPartManager(host)
    const id = window.hostData.webParts[0]
    const manifest = loader.SPComponentLoader.tryGetManifestById(id)
    const entry = manifest.preconfiguredEntries[0]
    const instanceId = '11111111-1111-4111-8111-111111111111'
    const properties = Object.assign({}, entry.properties, options.properties)
    const webPartData = { id, instanceId, title: entry.title.default, dataVersion: '1.0', properties }
    const domElement = document.createElement('div')
    document.getElementById('canvas').appendChild(domElement)
    return manager
      .loadWebPart({ manifest, instanceId, domElement, displayMode: options.edit ? EDIT : READ, webPartData })
      .then(() => ({ manager }))
  }

  function teams() {
    const context = Object.assign(
      { app: { host: { name: 'Teams' }, theme: options.teams.theme } },
      options.teams.personal ? {} : { channel: { id: 'channel' } },
    )
    return {
      app: { getContext: () => Promise.resolve(context), registerOnThemeChangeHandler: (handler) => (window.hostTeamsTheme = handler) },
    }
  }

  return { _Navigator: Navigator }
})
