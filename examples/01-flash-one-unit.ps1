<#
.SYNOPSIS
    Flashes one unit: bootloader, partition table and application, verified by the chip.
.EXAMPLE
    ./01-flash-one-unit.ps1
    Flashes a virtual ESP32.
.EXAMPLE
    ./01-flash-one-unit.ps1 -Port COM5 -BaudRate 921600
    Flashes the board on COM5 with the sample firmware, whichever of the supported chips it has.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    [string] $Port = 'virtual:esp32',
    [int] $BaudRate = 921600
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())"
$device = Connect-Esp32Device $Port -BaudRate $BaudRate
try {
    Get-Esp32Device -Device $device | Format-List
    $images = & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip $device.Chip -Destination $work

    # The same as: Write-Esp32Flash -Device $device @{ 0x1000 = 'bootloader.bin'; 0x8000 = ...; 0x10000 = 'app.bin' }
    $results = $images | Write-Esp32Flash -Device $device
    $results | Format-Table @{ Name = 'Image'; Expression = { Split-Path $_.Name -Leaf } },
        @{ Name = 'Address'; Expression = { '0x{0:X}' -f $_.Address } }, Length, BytesSent, Skipped, Verified
    if ($results.Verified -contains $false) { throw "The unit on $Port is not verified." }

    # What the flash holds already is not sent again.
    $again = $images | Write-Esp32Flash -Device $device
    "Written once more: $(@($again | Where-Object Skipped).Count) of $(@($again).Count) images were there already."
}
finally {
    Disconnect-Esp32Device $device
    Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
}
