<#
.SYNOPSIS
Creates Countersign's registrations in your Entra tenant from the JSON files beside this script and prints the settings that follow.

.DESCRIPTION
Needs the PowerShell module Microsoft.Graph.Authentication and an account with the role Application Administrator or Cloud Application
Administrator. Every change is one call of Invoke-MgGraphRequest below; with -WhatIf none is made. It creates and never updates: it stops
when an application of the same name exists. It grants no consent: an administrator does that afterwards, looking at the permissions.
If it stops half-way, delete in Entra what it made and run it again: secrets cannot be shown a second time.

.EXAMPLE
./register.ps1 -TenantId 11111111-1111-4111-8111-111111111111 -Origin https://countersign.contoso.com -WhatIf

.EXAMPLE
./register.ps1 -TenantId 11111111-1111-4111-8111-111111111111 -Origin https://countersign.contoso.com -SecretMonths 6
#>

#Requires -Version 7
[CmdletBinding(SupportsShouldProcess)]
param(
  [Parameter(Mandatory)] [guid] $TenantId,
  # The address at which people reach the service, without a trailing slash.
  [Parameter(Mandatory)] [ValidatePattern('^https://[a-z0-9.-]+(:\d+)?$')] [string] $Origin,
  # Life of the client secrets. Entra's own policies may allow less.
  [ValidateRange(1, 24)] [int] $SecretMonths = 6,
  # Only what reading needs: neither a bot nor actions.
  [switch] $ReadOnly
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$graph = 'https://graph.microsoft.com/v1.0'
$run = $PSCmdlet

function Send-Graph([string] $Method, [string] $Path, [hashtable] $Body) {
  Invoke-MgGraphRequest -Method $Method -Uri "$graph$Path" -ContentType 'application/json' -Body ($Body | ConvertTo-Json -Depth 20)
}

# The JSON of one registration with its placeholders filled in. Application ids that Entra has not given yet are left as they are.
function Get-Registration([string] $Name, [hashtable] $Ids) {
  $text = Get-Content -Raw (Join-Path $PSScriptRoot "$Name.json")
  $values = @{ COUNTERSIGN_ORIGIN = $Origin; COUNTERSIGN_HOST = $Origin.Substring('https://'.Length) } + $Ids
  foreach ($key in $values.Keys) { $text = $text.Replace('${{' + $key + '}}', $values[$key]) }
  $text | ConvertFrom-Json -AsHashtable
}

# Creates application, secret and enterprise application. What names the application's own id or its own scopes follows in a second and third step,
# because Entra knows both only afterwards.
function New-Registration([string] $Name, [hashtable] $OtherIds) {
  $key = $Name.ToUpperInvariant()
  $wanted = Get-Registration $Name $OtherIds
  $displayName = $wanted.displayName
  if (-not $run.ShouldProcess("tenant $TenantId", "Create the application '$displayName' with a secret and its enterprise application")) {
    Write-Host ($wanted | ConvertTo-Json -Depth 20)
    return @{ AppId = '00000000-0000-0000-0000-000000000000'; Secret = '' }
  }
  $found = Invoke-MgGraphRequest -Method GET -Uri "$graph/applications?`$filter=displayName eq '$displayName'&`$select=appId"
  if ($found.value.Count -gt 0) { throw "An application named '$displayName' exists already ($($found.value[0].appId)). Nothing of it was changed." }

  $wanted.Remove('appId')
  $wanted.Remove('identifierUris')
  if ($wanted.ContainsKey('api')) { $wanted.api.Remove('preAuthorizedApplications') }
  $application = Send-Graph POST '/applications' $wanted
  # Entra copies the new application to all its servers first; until then a call may answer that it does not exist.
  Start-Sleep -Seconds 15

  $final = Get-Registration $Name ($OtherIds + @{ "${key}_APP_ID" = $application.appId })
  if ($final.ContainsKey('identifierUris')) {
    # Where there is no bot, the address for the bot's single sign-on stays out.
    $uris = @($final.identifierUris | Where-Object { -not $_.Contains('${{') })
    Send-Graph PATCH "/applications/$($application.id)" @{ identifierUris = $uris } | Out-Null
  }
  if ($final.ContainsKey('api')) {
    Send-Graph PATCH "/applications/$($application.id)" @{ api = @{ preAuthorizedApplications = @($final.api.preAuthorizedApplications) } } | Out-Null
  }
  Send-Graph POST '/servicePrincipals' @{ appId = $application.appId } | Out-Null
  $ends = (Get-Date).ToUniversalTime().AddMonths($SecretMonths).ToString('yyyy-MM-ddTHH:mm:ssZ')
  $secret = Send-Graph POST "/applications/$($application.id)/addPassword" @{ passwordCredential = @{ displayName = 'Countersign service'; endDateTime = $ends } }
  @{ AppId = $application.appId; Secret = $secret.secretText }
}

if (-not $WhatIfPreference) { Connect-MgGraph -TenantId $TenantId -Scopes 'Application.ReadWrite.All' -NoWelcome }

# Read names the bot's id in one of its identifier URIs, so the bot comes first.
$chat = if ($ReadOnly) { $null } else { New-Registration 'chat' @{} }
$read = New-Registration 'read' $(if ($chat) { @{ CHAT_APP_ID = $chat.AppId } } else { @{} })
$act = if ($ReadOnly) { $null } else { New-Registration 'act' @{} }

$hostName = $Origin.Substring('https://'.Length)
Write-Output "# env/.env.<name>"
Write-Output "COUNTERSIGN_ORIGIN=$Origin"
Write-Output "COUNTERSIGN_HOST=$hostName"
Write-Output "COUNTERSIGN_TENANTS=$TenantId"
Write-Output "READ_APP_ID=$($read.AppId)"
Write-Output "READ_API_RESOURCE=api://$hostName/$($read.AppId)"
if ($chat) { Write-Output "CHAT_APP_ID=$($chat.AppId)" }
if ($act) { Write-Output "ACT_APP_ID=$($act.AppId)" }
Write-Output "# env/.env.<name>.user: secrets, shown this once; they end in $SecretMonths months"
Write-Output "READ_APP_SECRET=$($read.Secret)"
if ($chat) { Write-Output "CHAT_APP_SECRET=$($chat.Secret)" }
if ($act) { Write-Output "ACT_APP_SECRET=$($act.Secret)" }
