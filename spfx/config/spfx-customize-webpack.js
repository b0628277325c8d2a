// Hosts without a property pane (the Teams personal app) take these two from the build:
//   COUNTERSIGN_SERVICE_URL=https://… COUNTERSIGN_API_RESOURCE=api://… npm run build
module.exports = function customize(webpackConfiguration, taskSession, heftConfiguration, webpack) {
  const builtIn = (name) => JSON.stringify(process.env[name] || '')
  webpackConfiguration.plugins.push(
    new webpack.DefinePlugin({
      BUILT_IN_SERVICE_URL: builtIn('COUNTERSIGN_SERVICE_URL'),
      BUILT_IN_API_RESOURCE: builtIn('COUNTERSIGN_API_RESOURCE'),
    }),
  )
}
