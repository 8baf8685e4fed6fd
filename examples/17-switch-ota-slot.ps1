<#
.SYNOPSIS
    Updates units through their OTA slots: writes the slot that does not boot, switches to it, and rolls back if it fails.
.DESCRIPTION
    The version that runs stays where it is until the new one has proved itself, as in an update over the air. A unit whose new
    version does not print the expected text is switched back before it leaves the station. After a power loss in between,
    the previous version still boots.
.EXAMPLE
    ./17-switch-ota-slot.ps1
    A virtual unit is updated, found not to work, and switched back.
.EXAMPLE
    ./17-switch-ota-slot.ps1 -Port COM5, COM6 -Image build/app.bin -Expected 'SELFTEST PASS'
    Updates two units.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    [string[]] $Port,

    # The application to write.
    [string] $Image,

    # A pattern that the new version prints when it works. Left out, the slot is only switched.
    [string] $Expected,

    # Seconds to wait for that.
    [int] $Timeout = 10
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())"

function Update-Unit([string] $Port) {
    $device = Connect-Esp32Device $Port -BaudRate 921600
    try {
        $slots = $device | Get-Esp32OtaSlot
        $next = $slots | Where-Object { $null -ne $_.Slot -and -not $_.Boots } | Select-Object -First 1
        if (-not $next) { throw "$Port has no slot to write: its only one boots." }

        $written = $device | Import-Esp32Partition $next.Partition $Image
        if (-not $written.Verified) { throw "$($next.Partition) on $Port is not verified: $($written.UnverifiedReason)" }
        $device | Set-Esp32OtaSlot $next.Slot
    }
    finally {
        $device | Disconnect-Esp32Device
    }
}

$made = $null
try {
    if (-not $Port) {
        # A unit with two slots; the first boots. It reports a failure after any update.
        $made = New-Esp32Simulator esp32c3 -Name updated -ApplicationOutput 'I (300) app: SELFTEST FAIL'
        $Port = $made.PortName
        $firmware = & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip esp32c3 -Destination $work
        $table = @(
            @{ Name = 'nvs'; Type = 'data'; SubType = 'nvs'; Size = '16K' }
            @{ Name = 'otadata'; Type = 'data'; SubType = 'ota'; Size = '8K' }
            @{ Name = 'app0'; Type = 'app'; SubType = 'ota_0'; Offset = 0x10000; Size = '1280K' }
            @{ Name = 'app1'; Type = 'app'; SubType = 'ota_1'; Size = '1280K' }
        ) | ConvertTo-Esp32PartitionTable
        $firmware | Where-Object Address -NE 0x8000 | Write-Esp32Flash -Device $Port | Out-Null
        Write-Esp32Flash -Device $Port @{ 0x8000 = $table } | Out-Null
        $Image = (& (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip esp32c3 -Destination (Join-Path $work 'next') -Version '2.0.0' |
                Where-Object Address -EQ 0x10000).Path
        $Expected = 'SELFTEST PASS'
        $Timeout = 2
    }

    foreach ($name in $Port) {
        Update-Unit $name | Format-Table
        if ($Expected) {
            try {
                Watch-Esp32Output $name -Reset -Until $Expected -Timeout $Timeout | Out-Null
            }
            catch [Esp32Tools.Errors.Esp32Exception] {
                "The new version does not work: $_"
                Set-Esp32OtaSlot -Rollback -Device $name | Format-Table
            }
        }
    }

    Get-Esp32OtaSlot $Port | Format-Table PortName, Slot, Partition, Boots, State, Reason
}
finally {
    $made | Remove-Esp32Simulator
    Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
}
