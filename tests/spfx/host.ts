// A SharePoint page without SharePoint: Microsoft's own loader and runtime from npm, the web part from the built package,
// and the shims that README.md lists. Serves on loopback only.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { join } from 'node:path'
import { spfxFolder, type ComponentManifest, type WebPartPackage } from './package-file.ts'

export interface Host {
  /** Must be named localhost: the loader trusts no other plain-http origin. */
  readonly origin: string
  /** Names of the modules that a shim stands for, by component id. */
  readonly shims: ReadonlyMap<string, string>
  close(): Promise<void>
}

const modules = join(spfxFolder, 'node_modules')
const shimFolder = join(import.meta.dirname, 'shims')
/** Id under which SharePoint's loader knows the page application (sp-application-base); ours plays it. */
const APPLICATION = { id: '4df9bb86-ab0a-4aab-ab5f-48bf167048fb', version: '1.23.2' }
const REACT = { id: '0d910c1c-13b9-4e1c-9aa4-b008c5e42d7d', version: '17.0.1' }
const REACT_DOM = { id: 'aa0a46ec-1505-43cd-a44a-93f3a5aa460a', version: '17.0.1' }

/** Key and certificate for localhost, PEM. */
export interface HostTls {
  readonly key: string | Buffer
  readonly cert: string | Buffer
}

export async function startHost(webPartPackage: WebPartPackage, port: number, tls: HostTls | undefined): Promise<Host> {
  const runtime = readdirSync(join(modules, '@microsoft')).filter(
    (name) => name.startsWith('sp-') && existsSync(join(modules, '@microsoft', name, 'dist')),
  )
  const shims = new Map<string, string>()
  const onRequest = (request: IncomingMessage, response: ServerResponse): void =>
    answer(new URL(request.url ?? '/', 'http://localhost').pathname, response)
  const server = tls ? createTlsServer(tls, onRequest) : createServer(onRequest)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `${tls ? 'https' : 'http'}://localhost:${typeof address === 'object' ? address?.port : address}`
  const manifests = collectManifests()

  return {
    origin,
    shims,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  function collectManifests(): readonly ComponentManifest[] {
    const real = runtime.flatMap((name) =>
      readdirSync(join(modules, '@microsoft', name, 'dist'))
        .filter((file) => file.endsWith('.manifest.json'))
        .map((file): ComponentManifest => JSON.parse(readFileSync(join(modules, '@microsoft', name, 'dist', file), 'utf8')))
        .filter((manifest) => manifest.alias !== 'sp-loader-assembly')
        .map((manifest) => withBase(manifest, `/runtime/${name}/`)),
    )
    const react = library(REACT, 'react', 'react.js')
    const reactDom = library(REACT_DOM, 'react-dom', 'react-dom.js', { react: { type: 'component', ...REACT } })
    const known = new Map([...real, react, reactDom].map((manifest) => [manifest.id, manifest]))
    const uses = ['sp-core-library', 'sp-page-context', 'sp-http-base', 'sp-loader', 'sp-webpart-base', 'sp-component-base'].map((name) => {
      const manifest = real.find(({ loaderConfig }) => loaderConfig.entryModuleId === name)
      if (!manifest) throw new Error(`@microsoft/${name} is not installed in spfx/node_modules.`)
      return [`@microsoft/${name}`, { type: 'component', id: manifest.id, version: manifest.version }] as const
    })
    const application = library(APPLICATION, 'host-application', 'application.js', Object.fromEntries(uses))

    const shimmed: ComponentManifest[] = []
    for (const [name, resource] of real.flatMap(({ loaderConfig }) => Object.entries(loaderConfig.scriptResources))) {
      const { id, version } = resource
      if (resource.type !== 'component' || !id || !version || known.has(id) || shims.has(id)) continue
      shims.set(id, name)
      shimmed.push(library({ id, version }, name, `shim/${id}_${version}.js`))
    }
    return [...known.values(), application, ...shimmed, ...webPartPackage.webParts.map((manifest) => withBase(manifest, '/assets/'))]
  }

  function withBase(manifest: ComponentManifest, path: string): ComponentManifest {
    return { ...manifest, loaderConfig: { ...manifest.loaderConfig, internalModuleBaseUrls: [origin + path] } }
  }

  function library(
    component: { id: string; version: string },
    name: string,
    path: string,
    uses: ComponentManifest['loaderConfig']['scriptResources'] = {},
  ): ComponentManifest {
    const loaderConfig = {
      internalModuleBaseUrls: [`${origin}/host/`],
      entryModuleId: name,
      scriptResources: { [name]: { type: 'path', path }, ...uses },
    }
    return { ...component, alias: name, loaderConfig, ...{ componentType: 'Library', manifestVersion: 2 } }
  }

  function answer(path: string, response: ServerResponse): void {
    const [, area, ...rest] = path.split('/')
    const body =
      path === '/'
        ? page()
        : area === 'host'
          ? hostFile(rest.join('/'))
          : area === 'assets'
            ? webPartPackage.assets.get(rest.join('/'))
            : runtimeFile(rest)
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': path === '/' ? 'text/html; charset=utf-8' : 'text/javascript',
      'cache-control': 'no-store',
    })
    response.end(body)
  }

  function hostFile(name: string): string | Buffer | undefined {
    if (name === 'react.js') return readFileSync(join(modules, 'react/umd/react.production.min.js'))
    if (name === 'react-dom.js') return readFileSync(join(modules, 'react-dom/umd/react-dom.production.min.js'))
    if (name === 'boot.js') {
      const data = { manifests, application: APPLICATION.id, webParts: webPartPackage.webParts.map(({ id }) => id) }
      return `window.hostData = ${JSON.stringify(data)};\n${readFileSync(join(shimFolder, 'boot.js'), 'utf8')}`
    }
    if (name === 'application.js') return readFileSync(join(shimFolder, 'application.js'))
    const shim = /^shim\/(.*)\.js$/.exec(name)?.[1]
    return shim && readFileSync(join(shimFolder, 'empty-module.js'), 'utf8').replaceAll('MODULE_ID', shim)
  }

  /** Chunks of packages that are bundled in the assembly are asked for beside the assembly: then any package will do. */
  function runtimeFile([name = '', file = '']: readonly string[]): Buffer | undefined {
    if (!/^[\w.-]+\.js$/.test(file)) return undefined
    const folders = file.startsWith('chunk.') ? [name, ...runtime] : [name]
    const found = folders.map((folder) => join(modules, '@microsoft', folder, 'dist', file)).find((candidate) => existsSync(candidate))
    return found === undefined ? undefined : readFileSync(found)
  }
}

function page(): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Team site</title><link rel="icon" href="data:,">
<style>body{margin:0;font-family:"Segoe UI",sans-serif}h1{margin:0;padding:8px 12px;font-size:14px}body[data-dark]{background:#1b1a19;color:#fff}</style></head>
<body><header><h1>Team site</h1></header><main id="canvas"></main>
<script src="/runtime/sp-loader/sp-loader-assembly_en-us.js"></script><script src="/host/boot.js"></script></body></html>`
}
