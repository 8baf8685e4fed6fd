<#
.SYNOPSIS
    Verifies a unit against its files in three ways: by comparison, by digest, and by reading back every byte.
.EXAMPLE
    ./02-verify-and-read-back.ps1
    Works on a virtual ESP32, which is flashed first.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    [string] $Port = 'virtual:esp32'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())"
$device = Connect-Esp32Device $Port
try {
    $images = & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip $device.Chip -Destination $work
    $images | Write-Esp32Flash -Device $device | Out-Null

    # 1. The chip compares: only a digest comes over the wire.
    $images | Test-Esp32Flash -Device $device |
        Format-Table @{ Name = 'Image'; Expression = { Split-Path $_.Name -Leaf } }, Length, IsEqual

    # 2. The digest itself, against that of the file.
    $app = $images | Where-Object { $_.Path -like '*app.bin' }
    $hash = Get-Esp32FlashHash -Device $device $app.Address (Get-Item $app.Path).Length
    $expected = (Get-FileHash $app.Path -Algorithm MD5).Hash
    "MD5 on the chip: $($hash.Hash), of the file: $($expected.ToLowerInvariant())"

    # 3. Every byte, to a file.
    $copy = Join-Path $work 'copy.bin'
    Read-Esp32Flash -Device $device $app.Address (Get-Item $app.Path).Length -Path $copy | Out-Null
    $same = (Get-FileHash $copy).Hash -eq (Get-FileHash $app.Path).Hash
    "Read back and compared: $(if ($same) { 'equal' } else { 'different' })"

    # A damaged byte is found, with its address.
    $bytes = [System.IO.File]::ReadAllBytes($app.Path)
    $bytes[0x8000] = $bytes[0x8000] -bxor 1
    $damaged = Join-Path $work 'damaged.bin'
    [System.IO.File]::WriteAllBytes($damaged, $bytes)
    $test = Test-Esp32Flash -Device $device @{ $app.Address = $damaged }
    'Against a damaged file: the first difference is at 0x{0:X}.' -f $test.FirstDifference
}
finally {
    Disconnect-Esp32Device $device
    Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
}
