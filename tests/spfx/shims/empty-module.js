// Stands for a bundle that Microsoft serves from its own network and npm does not carry. Every member is a function that
// answers another such member: enough for code that is loaded but not run when a page is read.
define('MODULE_ID', [], function () {
  ;(window.shimsEvaluated = window.shimsEvaluated || []).push('MODULE_ID')
  function member() {
    const target = function () {
      return member()
    }
    const own = { __esModule: true, prototype: target.prototype, then: undefined }
    const made = {}
    return new Proxy(target, {
      get: function (_, key) {
        if (typeof key === 'symbol') return target[key]
        if (key in own) return own[key]
        return (made[key] = made[key] || member())
      },
    })
  }
  return member()
})
