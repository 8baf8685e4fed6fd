<#
.SYNOPSIS
    Dumps all data partitions of a unit to files, one each.
.EXAMPLE
    ./05-dump-data-partitions.ps1
    Shows it on a virtual ESP32, which is flashed first.
.EXAMPLE
    ./05-dump-data-partitions.ps1 -Port COM5 -Destination dump
    Saves the files of the board on COM5.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    [string] $Port = 'virtual:esp32',

    # The folder for the files. Left out, they are only shown.
    [string] $Destination
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())"
$device = Connect-Esp32Device $Port
try {
    if ($Port -like 'virtual:*') {
        # A virtual chip begins blank.
        & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip $device.Chip -Destination (Join-Path $work 'firmware') |
            Write-Esp32Flash -Device $device | Out-Null
    }

    'The partitions of this unit:'
    $partitions = $device | Get-Esp32Partition
    $partitions | Format-Table Name, Type, SubType, @{ Name = 'Offset'; Expression = { '0x{0:X}' -f $_.Offset } }, Size

    $folder = if ($Destination) { $Destination } else { Join-Path $work 'dump' }
    $partitions | Where-Object Type -EQ data | Export-Esp32Partition -Destination $folder |
        Format-Table @{ Name = 'File'; Expression = { if ($Destination) { $_.Path } else { Split-Path $_.Path -Leaf } } }, Name, Size
}
finally {
    Disconnect-Esp32Device $device
    Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
}
