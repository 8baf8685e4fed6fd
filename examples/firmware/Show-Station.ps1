<#
.SYNOPSIS
    Runs a station twice, on eight virtual boards of which one has its cable pulled the first time.
.EXAMPLE
    ./Show-Station.ps1 ../06-station.ps1
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    # The script of the station.
    [Parameter(Mandatory)]
    [string] $Station
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())")
$boards = @(1..8 | ForEach-Object { New-Esp32Simulator esp32c3 -Name "line-$_" -ApplicationOutput 'SELFTEST PASS' })
try {
    $null = & (Join-Path $PSScriptRoot 'New-SampleFirmware.ps1') -Chip esp32c3 -Destination (Join-Path $work firmware)
    $units = Join-Path $work 'plan.csv'
    1..8 | ForEach-Object { [pscustomobject] @{ Port = "virtual:line-$_"; serial = 'SN{0:D6}' -f $_; channel = $_ } } |
        Export-Csv $units -NoTypeInformation
    $with = @{ Units = $units; Firmware = Join-Path $work 'firmware/flasher_args.json'; Folder = New-Item -ItemType Directory (Join-Path $work line) }

    $boards[2].Unplug()
    'The first run:'
    & $Station @with | Format-Table serial, Port, Mac, Result, ErrorId
    $boards[2].Replug()
    'The cable is in again. The second run:'
    & $Station @with | Format-Table serial, Port, Mac, Result, ErrorId
    & $Station @with
}
finally {
    $boards | Remove-Esp32Simulator
    Remove-Item $work -Recurse -Force
}
