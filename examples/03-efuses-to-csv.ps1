<#
.SYNOPSIS
    Writes all eFuse fields of a unit to a CSV file.
.DESCRIPTION
    Key blocks that are not read-protected are in the file, too: keep the file with your keys.
.EXAMPLE
    ./03-efuses-to-csv.ps1
    Shows what the file of a virtual ESP32 looks like.
.EXAMPLE
    ./03-efuses-to-csv.ps1 -Port COM5 -Path unit.csv
    Saves the file of the board on COM5.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    [string] $Port = 'virtual:esp32',

    # The CSV file. Left out, it is only shown.
    [string] $Path
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$fields = Get-Esp32Efuse -Device $Port
$rows = $fields | Select-Object Name, Category, Text, RawValue, Block, Word, Bit, BitLength, Readable, Writable, Description
if ($Path) {
    $rows | Export-Csv -Path $Path -NoTypeInformation
    "$(@($rows).Count) fields of the chip on $Port are in $Path."
}
else {
    $rows | ConvertTo-Csv -NoTypeInformation | Select-Object -First 6
    "... and $(@($rows).Count - 5) fields more."
}

$burned = @($fields | Where-Object { $_.Category -eq 'security' -and $_.Number })
"Of the fields that decide about security, $($burned.Count) are burned."
$burned | Format-Table Name, Text
