<#
.SYNOPSIS
    Switches flash encryption on in release mode, with the unit's own key, and shows its protections afterwards.
.DESCRIPTION
    Images are encrypted on the host with a key made for the unit, so its first start has nothing to encrypt. The key
    stays in a file named by the unit's MAC address. This cannot be undone: look at the plan that -WhatIf shows first.
.EXAMPLE
    ./12-encrypt-a-unit.ps1
    A virtual unit, with a sample firmware. Its key is thrown away.
.EXAMPLE
    ./12-encrypt-a-unit.ps1 -Port COM5 -Image build/flasher_args.json -KeyFolder K:\keys -WhatIf
    Shows what would be burned and written.
#>
#Requires -Modules Esp32Tools
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $Port,

    # The images for the flash, as plain bytes.
    [object] $Image,

    # The folder for the keys, readable only by those who may know them.
    [string] $KeyFolder
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())"
$made = @()

# -WhatIf applies to the unit; the virtual one, its firmware and its folders are still made.
$whatIf = [bool] $WhatIfPreference
$WhatIfPreference = $false
try {
    # A real unit is asked about before anything is burned; the virtual one is not.
    $confirm = @{}
    if (-not $Port) {
        $made = @(New-Esp32Simulator esp32c3 -Name to-encrypt)
        $Port = $made[0].PortName
        $Image = & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip esp32c3 -Destination (Join-Path $work 'firmware')
        $KeyFolder = (New-Item -ItemType Directory (Join-Path $work 'keys')).FullName
        $confirm = @{ Confirm = $false }
    }
    elseif (-not $Image -or -not $KeyFolder) {
        throw 'A unit of your own needs -Image and -KeyFolder.'
    }

    # Each step is returned as an object when it is done. After a power loss, a second run continues where the first stopped.
    Enable-Esp32FlashEncryption -Device $Port Release -Image $Image -KeyDestination $KeyFolder -WhatIf:$whatIf @confirm | Format-Table

    if (-not $whatIf) {
        $state = Get-Esp32SecurityState $Port
        "Flash encryption: $($state.FlashEncryption). JTAG: $($state.Jtag)."
        $state.Findings | Format-Table Severity, Id, Text -Wrap
    }
}
finally {
    $made | Remove-Esp32Simulator
    Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
}
