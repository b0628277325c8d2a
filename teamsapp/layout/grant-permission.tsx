import * as React from 'react'
import { Link } from '@fluentui/react-components'
import { useClient, useRoute } from '../client/client.tsx'

/** Leads to Microsoft's own consent page for the registration that reads, where an administrator sees each permission by name. */
export function GrantPermission({ title }: { readonly title: string }): React.ReactElement | null {
  const { host } = useClient()
  const settings = useRoute('client-settings', 'GET /api/client-settings', {})
  if (!settings.data) return null
  const { authority, readAppId, signInTenant } = settings.data
  // https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
  const url = `${authority}/${signInTenant}/v2.0/adminconsent?${new URLSearchParams({ client_id: readAppId, scope: 'https://graph.microsoft.com/.default', redirect_uri: `${window.location.origin}/auth/callback` }).toString()}`
  return (
    <Link
      href={url}
      target="_blank"
      rel="noopener"
      aria-label={`Grant the permission for ${title}, opens Microsoft's consent page`}
      onClick={(event) => {
        event.preventDefault()
        host.open(url)
      }}
    >
      Grant the permission
    </Link>
  )
}
