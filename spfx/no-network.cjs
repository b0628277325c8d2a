// Loaded into every process of the build: the toolchain has no business outside this machine.
const net = require('node:net')
const connect = net.Socket.prototype.connect
const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', undefined])

net.Socket.prototype.connect = function connectLocally(...args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  const options = typeof first === 'object' ? first : { port: first, host: typeof second === 'string' ? second : undefined }
  if (!options.path && !LOOPBACK.has(options.host)) {
    throw new Error(`The build tried to reach ${options.host}:${options.port}; building needs no network, so this is refused.`)
  }
  return connect.apply(this, args)
}
