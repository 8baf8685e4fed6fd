<#
.SYNOPSIS
    Switches flash encryption on in release mode, with a key of the unit's own, and says what protects the unit then.
.DESCRIPTION
    Images are encrypted here with a key that is made for the unit, so that its first start has nothing to encrypt. The key
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

    # What belongs into flash, in plain bytes.
    [object] $Image,

    # Where the keys are kept: a folder that only those can read who may know them.
    [string] $KeyFolder
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())"
$made = @()

# -WhatIf is about the unit; the virtual one, its firmware and its folders are made all the same.
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

    # Each step is an object as it happens. Run again on a unit that lost its supply, it goes on where it was.
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
