import * as React from 'react'
import { Link } from '@fluentui/react-components'
import { useClient, useRoute } from '../client/client.tsx'

export const actConsentWithdrawn =
  'The registration Countersign Act has no consent in your tenant any more. An administrator gives it again.'

/** Each registration has one address to which Microsoft sends people back. */
const comesBackTo = { read: '/auth/callback', act: '/auth/aid/callback' } as const

/** Leads to Microsoft's own consent page for one of the registrations, where an administrator sees each permission by name. */
export function GrantPermission({
  title,
  plane = 'read',
}: {
  readonly title: string
  readonly plane?: 'read' | 'act'
}): React.ReactElement | null {
  const { host } = useClient()
  const settings = useRoute('client-settings', 'GET /api/client-settings', {})
  if (!settings.data) return null
  const { authority, readAppId, actAppId, signInTenant } = settings.data
  const appId = plane === 'read' ? readAppId : actAppId
  if (appId === undefined) return null
  // https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
  const url = `${authority}/${signInTenant}/v2.0/adminconsent?${new URLSearchParams({ client_id: appId, scope: 'https://graph.microsoft.com/.default', redirect_uri: `${window.location.origin}${comesBackTo[plane]}` }).toString()}`
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
