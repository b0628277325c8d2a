// Plain CommonJS, so that it runs on the very versions that it refuses.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major !== 22 || minor < 18) {
  console.error(
    `The web parts build on Node 22.18 or newer of the 22 line; this is ${process.versions.node}. ` +
      'Run "npm ci" in the repository first (it brings Node 22), then "npm run build" here.',
  )
  process.exit(1)
}
