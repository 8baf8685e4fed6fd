<#
.SYNOPSIS
    Checks whether a returned unit still holds the release that it was shipped with, and shows its contents.
.DESCRIPTION
    The release is a build folder with flasher_args.json. The chip compares: only digests come over the wire, and nothing is
    written.
.EXAMPLE
    ./10-verify-a-returned-unit.ps1
    Two virtual units: one as shipped, one with another application.
.EXAMPLE
    ./10-verify-a-returned-unit.ps1 -Port COM5 -Release build
    Compares the unit on COM5 with the folder build.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    [string[]] $Port,

    # The folder with the release.
    [string] $Release
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())"
$makeFirmware = Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1'
$made = @()
try {
    if (-not $Release) {
        $Release = Join-Path $work 'release'
        & $makeFirmware -Chip esp32c3 -Destination $Release -Version 1.4.0 | Out-Null
    }

    if (-not $Port) {
        $made = @('as-shipped', 'changed' | ForEach-Object { New-Esp32Simulator esp32c3 -Name $_ })
        $Port = $made.PortName
        Write-Esp32Flash -Device $Port[0] (Join-Path $Release 'flasher_args.json') | Out-Null
        & $makeFirmware -Chip esp32c3 -Destination (Join-Path $work 'other') -Version 1.5.0-dev |
            Write-Esp32Flash -Device $Port[1] | Out-Null
    }

    foreach ($name in $Port) {
        $device = Connect-Esp32Device $name
        try {
            $parts = Test-Esp32Flash -Device $device (Join-Path $Release 'flasher_args.json')
            "$name, $((Get-Esp32Device -Device $device).Mac):"
            $parts | Format-Table @{ Name = 'Image'; Expression = { Split-Path $_.Name -Leaf } }, IsEqual,
                @{ Name = 'First difference'; Expression = { if (-not $_.IsEqual) { '0x{0:X}' -f $_.FirstDifference } } }

            # The applications that the unit reports.
            Get-Esp32Partition -Device $device | Where-Object Type -EQ 'app' | ForEach-Object {
                $image = Get-Esp32Image -Device $device $_.Offset
                "  $($_.Name): $($image.ProjectName) $($image.Version), $(if ($image.IsIntact) { 'whole' } else { $image.Damage })"
            }
        }
        finally {
            Disconnect-Esp32Device $device
        }
    }
}
finally {
    $made | Remove-Esp32Simulator
    Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
}
