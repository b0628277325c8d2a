'use strict'
// Loaded before the Playground (node --require). The Playground listens on every interface and carries telemetry:
// this binds every server to 127.0.0.1, refuses every connection that leaves the machine and says so on standard
// error, keeps the page from loading its web fonts from Microsoft's network, and ends the process with the one that
// started it.
const dgram = require('node:dgram')
const dns = require('node:dns')
const http = require('node:http')
const net = require('node:net')

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '::ffff:127.0.0.1'])

function refuse(host) {
  process.stderr.write(`${JSON.stringify({ refusedConnection: host })}\n`)
  const error = new Error(`The chat client may only connect to this machine, not to ${host}.`)
  error.code = 'ECONNREFUSED'
  return error
}

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function listenOnLoopback(...args) {
  if (typeof args[0] === 'number' || typeof args[0] === 'string') {
    if (typeof args[1] === 'string') args[1] = '127.0.0.1'
    else args.splice(1, 0, '127.0.0.1')
  } else if (args[0] !== null && typeof args[0] === 'object' && 'port' in args[0]) {
    args[0] = { ...args[0], host: '127.0.0.1' }
  }
  return listen.apply(this, args)
}

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function connectOnLoopback(...args) {
  // http and tls pass the normalised form: an array holding the options.
  const first = Array.isArray(args[0]) ? args[0][0] : args[0]
  const isObject = first !== null && typeof first === 'object'
  const host = isObject ? (first.path ? 'localhost' : (first.host ?? 'localhost')) : typeof args[1] === 'string' ? args[1] : 'localhost'
  if (!LOOPBACK.has(host)) {
    process.nextTick(() => this.destroy(refuse(host)))
    return this
  }
  return connect.apply(this, args)
}

for (const name of Object.keys(dns).filter((key) => /^(lookup|resolve)/.test(key) && typeof dns[key] === 'function')) {
  const original = dns[name]
  dns[name] = function lookUpLoopback(host, ...args) {
    const callback = args.at(-1)
    if (LOOPBACK.has(host) || typeof callback !== 'function') return original.call(dns, host, ...args)
    process.nextTick(() => callback(refuse(host)))
    return undefined
  }
}

for (const name of Object.keys(dns.promises).filter((key) => /^(lookup|resolve)/.test(key))) {
  const original = dns.promises[name]
  dns.promises[name] = async function lookUpLoopback(host, ...args) {
    if (!LOOPBACK.has(host)) throw refuse(host)
    return original.call(dns.promises, host, ...args)
  }
}

dgram.Socket.prototype.send = function sendNothing() {
  throw refuse('a datagram address')
}

// The page styles itself from script, so inline styles and blobs must stay; nothing may come from or go to another host.
const PAGE_POLICY =
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: ws://127.0.0.1:* ws://localhost:*; base-uri 'none'; form-action 'self'"
const emit = http.Server.prototype.emit
http.Server.prototype.emit = function emitWithPolicy(event, ...args) {
  if (event === 'request') args[1].setHeader('content-security-policy', PAGE_POLICY)
  return emit.call(this, event, ...args)
}

if (process.channel) {
  process.on('disconnect', () => process.exit(0))
  // The channel to the starter must not keep a Playground alive that has nothing else to do.
  process.channel.unref()
}
