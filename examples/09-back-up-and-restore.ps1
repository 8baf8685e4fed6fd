<#
.SYNOPSIS
    Backs up units, each into a folder of its own, and restores one, to the same unit or to its replacement.
.DESCRIPTION
    A backup has a file for each partition, the bootloader, the partition table, and a manifest that lists them with their
    SHA-256. The eFuses are saved beside it for the record: burned bits cannot be restored. A unit with flash encryption needs its
    key; its backup is decrypted, and fits a replacement with a key of its own.
.EXAMPLE
    ./09-back-up-and-restore.ps1
    A virtual unit is backed up, erased, and restored; then a replacement gets the same contents.
.EXAMPLE
    ./09-back-up-and-restore.ps1 -Port COM5, COM6 -Destination backups
    Backs up two units.
.EXAMPLE
    ./09-back-up-and-restore.ps1 -Port COM5 -Restore backups/7cdfa1000001 -Replacement
    Gives the replacement on COM5 the contents of the unit 7c:df:a1:00:00:01.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    [string[]] $Port,

    # The folder for the backups.
    [string] $Destination,

    # The backup to restore.
    [string] $Restore,

    # Restores to another unit than the one of the backup.
    [switch] $Replacement,

    # The key of units with flash encryption.
    [string] $Key
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())"
$how = @{ BaudRate = 921600 }
if ($Key) { $how.Key = $Key }

function Backup-Unit([string[]] $Device, [string] $Folder) {
    Export-Esp32Partition -Device $Device -Destination $Folder -Manifest -PerUnit -ThrottleLimit 8 @how
    foreach ($unit in Get-Esp32Device $Device) {
        Get-Esp32Efuse -Device $unit.PortName | Select-Object Name, Text, Readable, Writable |
            Export-Csv (Join-Path $Folder "$($unit.Mac -replace ':')/efuses.csv") -NoTypeInformation
    }
}

# Contents that the flash holds already are not sent, and the chip's own digest verifies all of them.
function Restore-Unit([string[]] $Device, [string] $Manifest, [string[]] $Force = @()) {
    if ($Force) { $how.Force = $Force }
    $results = Import-Esp32Partition -Device $Device -Manifest $Manifest @how
    $bad = @($results | Where-Object { -not $_.Verified })
    if ($bad) { throw "$($bad[0].Name) on $($bad[0].PortName) is not verified: $($bad[0].UnverifiedReason)" }
    $results
}

$made = @()
try {
    if ($Restore) {
        Restore-Unit $Port $Restore $(if ($Replacement) { 'ManifestForOtherUnit' }) | Format-Table PortName, Name, Length, BytesSent, Verified
        return
    }

    if (-not $Port) {
        # A unit that has been in use: firmware, and settings of its own. Another one will replace it.
        $made = 'returned', 'replacement' | ForEach-Object { New-Esp32Simulator esp32c3 -Name $_ }
        $Port = $made[0].PortName
        & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip esp32c3 -Destination (Join-Path $work firmware) |
            Write-Esp32Flash -Device $Port | Out-Null
        New-Esp32Nvs -Value @{ wifi = @{ ssid = 'customer' } } -Size 24KB | Import-Esp32Partition nvs -Device $Port | Out-Null
    }

    $folder = if ($Destination) { $Destination } else { Join-Path $work 'backups' }
    Backup-Unit $Port $folder | Format-Table PortName, Name, Size, Sha256
    if ($made) {
        Clear-Esp32Flash -Device $Port -All -Confirm:$false | Out-Null
        Restore-Unit $Port $folder | Format-Table PortName, Name, Length, BytesSent, Verified
        "The unit has its settings again: $((Get-Esp32Nvs -Device $Port -Name ssid).Value)"

        $backup = (Get-ChildItem $folder).FullName
        Restore-Unit $made[1].PortName $backup ManifestForOtherUnit | Out-Null
        "So has its replacement: $((Get-Esp32Nvs -Device $made[1].PortName -Name ssid).Value)"
    }
}
finally {
    $made | Remove-Esp32Simulator
    Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
}
