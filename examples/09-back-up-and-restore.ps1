<#
.SYNOPSIS
    Copies all of a unit's flash to a file, and writes it back, to the same unit or to its replacement.
.DESCRIPTION
    The copy is named after the unit, and the eFuses stand beside it for the record: burned bits cannot be restored. Of a
    unit with flash encryption the copy is what stands in its flash, and fits no other unit.
.EXAMPLE
    ./09-back-up-and-restore.ps1
    A virtual unit is copied, erased, and restored.
.EXAMPLE
    ./09-back-up-and-restore.ps1 -Port COM5 -Destination backups
    Copies the unit on COM5.
.EXAMPLE
    ./09-back-up-and-restore.ps1 -Port COM5 -Restore backups/7cdfa1000001.bin
    Writes a copy to the unit on COM5.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    [string] $Port,

    # The folder for the copy.
    [string] $Destination,

    # The copy to write back.
    [string] $Restore
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())"

function Backup-Unit($Device, [string] $Folder) {
    $unit = Get-Esp32Device -Device $Device
    $path = Join-Path (New-Item -ItemType Directory $Folder -Force).FullName "$($unit.Mac -replace ':').bin"
    Read-Esp32Flash -Device $Device 0 $unit.FlashSize -Path $path | Out-Null
    Get-Esp32Efuse -Device $Device | Select-Object Name, Text, Readable, Writable |
        Export-Csv ([System.IO.Path]::ChangeExtension($path, '.efuses.csv')) -NoTypeInformation

    # A copy that cannot be told from the flash is a copy.
    if (-not (Test-Esp32Flash -Device $Device @{ 0 = $path }).IsEqual) { throw "The copy of $($unit.Mac) is not what is in its flash." }
    $path
}

# Blank parts are not sent, and the chip's own digest says that all of it is there.
function Restore-Unit($Device, [string] $Path) {
    $result = Write-Esp32Flash -Device $Device @{ 0 = $Path } -EraseAll
    if (-not $result.Verified) { throw "$Path is not verified: $($result.UnverifiedReason)" }
    $result
}

$made = $null
$device = $null
try {
    if (-not $Port) {
        # A unit that has been in use: firmware, and data of its own.
        $made = New-Esp32Simulator esp32c3 -Name returned
        $Port = $made.PortName
        & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip esp32c3 -Destination (Join-Path $work firmware) |
            Write-Esp32Flash -Device $Port | Out-Null
    }

    $device = Connect-Esp32Device $Port -BaudRate 921600
    if ($Restore) {
        Restore-Unit $device $Restore | Format-Table PortName, Length, BytesSent, Verified
    }
    else {
        $copy = Backup-Unit $device $(if ($Destination) { $Destination } else { Join-Path $work 'backups' })
        Get-ChildItem (Split-Path $copy) | Format-Table Name, Length
        if ($made) {
            Clear-Esp32Flash -Device $device -All -Confirm:$false | Out-Null
            Restore-Unit $device $copy | Format-Table PortName, Length, BytesSent, BytesWritten, Verified
            "The unit is as it was: $((Test-Esp32Flash -Device $device @{ 0 = $copy }).IsEqual)"
        }
    }
}
finally {
    if ($device) { Disconnect-Esp32Device $device }
    $made | Remove-Esp32Simulator
    Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
}
