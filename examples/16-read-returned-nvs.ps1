<#
.SYNOPSIS
    Reads the NVS of returned units: present values, deleted values that are still in flash, and damage.
.DESCRIPTION
    Nothing is changed on any unit. The values go to CSV or to the screen, a row each. The partition is checked as well: a unit
    that lost its settings usually shows it there.
.EXAMPLE
    ./16-read-returned-nvs.ps1
    A virtual unit whose settings were changed in the field and whose flash lost a bit.
.EXAMPLE
    ./16-read-returned-nvs.ps1 -Port COM5, COM6 -HmacKey keys/product.hmac -Path returned.csv
    Two units with encrypted NVS.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    [string[]] $Port,

    # The partition to read.
    [string] $Partition = 'nvs',

    # The key of encrypted NVS, or the HMAC key that it is derived from.
    [string] $Key,
    [string] $HmacKey,

    # The file to write; without it the rows are shown.
    [string] $Path
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$made = $null
$folder = $null
try {
    if (-not $Port) {
        # A unit as it may come back: the network was changed after it was sold, and a bit of the calibration is gone.
        $made = New-Esp32Simulator esp32c3 -Name returned-unit
        $folder = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid()))
        & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip esp32c3 -Destination $folder | Write-Esp32Flash -Device $made.PortName | Out-Null
        $settings = [ordered] @{
            unit = [ordered] @{ serial = 'A-0042'; revision = [uint16] 3 }
            wifi = [ordered] @{ ssid = 'factory'; channel = [byte] 6 }
            cal = [ordered] @{ offset = -12; curve = [byte[]] (1..40) }
        }
        $place = Get-Esp32Partition $made.PortName -Name $Partition
        $sold = New-Esp32Nvs -Value $settings -Size $place.Size | Set-Esp32Nvs -Namespace wifi -Name ssid -Value 'customer'
        $curve = ($sold | Get-Esp32Nvs -Name curve -All | Select-Object -First 1).Offset
        $bytes = $sold.GetBytes()
        $bytes[$curve - 32] = $bytes[$curve - 32] -bxor 1
        Import-Esp32Partition $Partition -Data $bytes -Device $made.PortName | Out-Null
        $Port = $made.PortName
    }

    $how = @{ Partition = $Partition }
    if ($Key) { $how.Key = $Key }
    if ($HmacKey) { $how.HmacKey = $HmacKey }

    # -All includes values that were replaced in the field. Damage is reported below.
    $rows = foreach ($entry in Get-Esp32Nvs -Device $Port @how -All -WarningAction SilentlyContinue) {
        [pscustomobject] [ordered] @{
            Port = $entry.PortName; Namespace = $entry.Namespace; Key = $entry.Key; Type = $entry.Type; State = $entry.State
            Value = $entry.Value
        }
    }

    if ($Path) {
        $rows | Export-Csv -LiteralPath $Path -NoTypeInformation -Encoding UTF8
    }
    else {
        $rows | Format-Table
    }

    foreach ($result in Test-Esp32Nvs -Device $Port @how) {
        $damage = @($result.Findings | Where-Object Severity -NE Information)
        "$($result.PortName): $($result.Values) values, $($damage.Count) findings."
        $damage | ForEach-Object { "  $_" }
    }
}
finally {
    if ($made) { $made | Remove-Esp32Simulator }
    if ($folder) { Remove-Item $folder -Recurse }
}
