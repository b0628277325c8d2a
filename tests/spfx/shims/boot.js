// What the SharePoint server writes into a page: the context and the manifests, handed to Microsoft's loader.
;(function () {
  const site = location.origin + '/sites/team'
  const guid = (digit) => `00000000-0000-4000-8000-00000000000${digit}`
  const context = {
    CorrelationId: guid(1),
    ExpFeatures: [],
    killSwitches: {},
    ECSClientFeatures: [],
    currentUICultureName: 'en-US',
    currentCultureName: 'en-US',
    webAbsoluteUrl: site,
    webServerRelativeUrl: '/sites/team',
    siteAbsoluteUrl: site,
    siteServerRelativeUrl: '/sites/team',
    siteId: guid(2),
    webId: guid(3),
    listId: null,
    userDisplayName: 'Ann Example',
    userEmail: 'ann@example.test',
    userLoginName: 'i:0#.f|membership|ann@example.test',
    aadTenantId: guid(4),
    aadUserId: guid(5),
    aadInstanceUrl: 'https://login.invalid',
    isAnonymousGuestUser: true, // keeps the runtime from asking the site for a form digest
    formDigestTimeoutSeconds: 1800,
    formDigestValue: 'none',
    serverTime: new Date().toISOString(),
  }
  spModuleLoader._isTelemetryDisabled = true
  const start = {
    clientSideApplicationId: hostData.application,
    buildNumber: '0',
    spPageContextInfo: context,
    manifests: hostData.manifests,
  }
  spModuleLoader
    .start(start, (error) => console.error('The loader reported', error))
    .then(
      () => (window.hostState = { ok: true }),
      (error) => (window.hostState = { ok: false, error: String((error && (error.stack || error.message)) || error) }),
    )
})()
