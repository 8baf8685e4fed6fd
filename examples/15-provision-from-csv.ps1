<#
.SYNOPSIS
    Gives each unit of a table its serial number and its Wi-Fi credentials, and reads them back.
.DESCRIPTION
    A row of the table is a unit: the port that it is on, and its values. An NVS image is made from each in memory, so that no
    password is left in a file, and written to the unit's nvs partition. All of the table is checked before the first unit is
    touched.
.EXAMPLE
    ./15-provision-from-csv.ps1
    Three virtual units with a sample firmware.
.EXAMPLE
    ./15-provision-from-csv.ps1 -Path units.csv -ThrottleLimit 8
    Units of your own, whose firmware is in place; the table has the columns Port, serial, ssid and password.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    # The table. Left out, one is made, with virtual units.
    [string] $Path,

    # The partition that the firmware reads its settings from.
    [string] $Partition = 'nvs',

    # How many units to work on at once.
    [int] $ThrottleLimit = 1
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())")
$made = @()
try {
    if (-not $Path) {
        $Path = Join-Path $work 'units.csv'
        $firmware = & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip esp32c3 -Destination (Join-Path $work 'firmware')
        $rows = foreach ($number in 1..3) {
            $unit = New-Esp32Simulator esp32c3 -Name "line-$number"
            $made += $unit
            $firmware | Write-Esp32Flash -Device $unit.PortName | Out-Null
            [pscustomobject] [ordered] @{
                Port = $unit.PortName; serial = 'SN{0:D6}' -f $number; ssid = "shop-$number"; password = [guid]::NewGuid().ToString('n').Substring(0, 12)
            }
        }

        $rows | Export-Csv $Path -NoTypeInformation -Encoding UTF8
    }

    # A schema of objects can have rules; the vendor's configuration CSV is accepted as well.
    $schema = @(
        @{ Namespace = 'factory'; Key = 'serial'; Encoding = 'string'; Unique = $true; Pattern = '^SN[0-9]{6}$' }
        @{ Namespace = 'wifi'; Key = 'ssid'; Encoding = 'string' }
        @{ Key = 'password'; Encoding = 'string'; Pattern = '^.{8,63}$' }
    )
    $units = @(Import-Csv $Path)
    $size = (Get-Esp32Partition $units[0].Port -Name $Partition).Size

    # Port is not a key of the schema: it stays with the image, and names the device to write.
    $images = $units | New-Esp32FactoryData -Schema $schema -Size $size -FileId serial -InMemory
    $images | Format-Table Row, Id, Port, Sha256
    $images | Import-Esp32Partition $Partition -ThrottleLimit $ThrottleLimit | Format-Table PortName, Address, Length, Verified

    # The contents of a unit must match the table; the passwords are compared, not shown.
    foreach ($unit in $units) {
        $held = @{}
        Get-Esp32Nvs -Device $unit.Port -Partition $Partition | ForEach-Object { $held[$_.Key] = $_.Value }
        $isRight = $held.serial -ceq $unit.serial -and $held.ssid -ceq $unit.ssid -and $held.password -ceq $unit.password
        if (-not $isRight) { throw "The unit on $($unit.Port) does not hold what the table says." }
        "$($unit.Port): $($held.serial), network $($held.ssid), password as in the table."
    }

    if ($made) {
        # A table with mistakes is refused as a whole, with all its faults.
        $units[0].serial = 'SN1'
        $units[2].password = ''
        try {
            $units | New-Esp32FactoryData -Schema $schema -Size $size -FileId serial -InMemory | Import-Esp32Partition $Partition | Out-Null
        }
        catch [Esp32Tools.FactoryData.FactoryDataException] {
            'A table with mistakes is refused before the first unit is touched:'
            $_.TargetObject | Format-Table Row, Column, Rule, Message
        }
    }
}
finally {
    $made | Remove-Esp32Simulator
    Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
}
