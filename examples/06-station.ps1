<#
.SYNOPSIS
    A station of eight boards: firmware, factory data, a key for each unit, self-test; with a log, a table and a test report.
.DESCRIPTION
    A row of the table is a unit: its port and its values. A board that fails drops out, and the others go on. A second run
    takes the units that have not passed, and finds on each board what is done already.

    In the folder: run.jsonl (each step of each board), units.csv (the result of each unit, run after run), junit.xml (the
    last run), data (NVS images, and keys that only their owner can read).
.EXAMPLE
    ./06-station.ps1
    Eight virtual boards; one has its cable pulled. The second run finishes.
.EXAMPLE
    ./06-station.ps1 -Units units.csv -Firmware build/flasher_args.json -Folder line1
    Boards of your own; the table has the columns Port, serial and channel. The key cannot be burned a second time.
#>
#Requires -Modules Esp32Tools, @{ ModuleName = 'Pester'; ModuleVersion = '5.2' }
[CmdletBinding()]
param([string] $Units, [string] $Firmware, [string] $Folder)

Set-StrictMode -Version 3.0
if (-not $Units) { return & (Join-Path $PSScriptRoot 'firmware/Show-Station.ps1') $PSCommandPath }
$schema = @(
    @{ Namespace = 'factory'; Key = 'serial'; Encoding = 'string'; Unique = $true; Pattern = '^SN[0-9]{6}$' }
    @{ Key = 'channel'; Encoding = 'u8'; Minimum = 1; Maximum = 13 }
)
$table = Join-Path $Folder 'units.csv'
$passed = @(if (Test-Path $table) { Import-Csv $table | Where-Object Result -EQ PASS | ForEach-Object serial })
$all = @(New-Esp32FactoryData $Units (Join-Path $Folder data) -Schema $schema -Size 0x6000 -FileId serial -KeyPerUnit Hmac -ErrorAction Stop)
$todo = @($all | Where-Object Id -NotIn $passed)
if (-not $todo) { return "All $($all.Count) units have passed." }

# Each step works on the boards that got through the one before.
$failures = @()
$step = @{ ThrottleLimit = 8; LogPath = Join-Path $Folder run.jsonl; ErrorAction = 'SilentlyContinue'; ErrorVariable = '+failures' }
function Get-Alive { $todo | Where-Object Port -NotIn @($failures | ForEach-Object TargetObject) }
$boards = Write-Esp32Flash $Firmware -Device $todo.Port -Differential -Summary @step
Get-Alive | Import-Esp32Partition nvs @step | Out-Null
Get-Alive | Write-Esp32EfuseKey HMAC_UP -SkipExisting -Confirm:$false @step | Out-Null
Get-Alive | Watch-Esp32Output -Reset -Until 'SELFTEST PASS' -FailOn 'SELFTEST FAIL' -Timeout 10 @step | Out-Null

$results = foreach ($unit in $todo) {
    $failure = $failures | Where-Object TargetObject -EQ $unit.Port | Select-Object -First 1
    [pscustomobject] @{
        serial = $unit.Id; Port = $unit.Port; Mac = ($boards | Where-Object PortName -EQ $unit.Port).Mac; Time = Get-Date -Format s
        Result = if ($failure) { 'FAIL' } else { 'PASS' }
        ErrorId = if ($failure) { ($failure.FullyQualifiedErrorId -split ',')[0] }; Error = "$failure"
    }
}
$results | Export-Csv $table -Append -NoTypeInformation
$results

$test = { param($Results) Describe 'Station' { It '<_.serial>' -ForEach $Results { $_.Error | Should -BeNullOrEmpty } } }
Invoke-Pester -Configuration @{
    Run = @{ Container = New-PesterContainer -ScriptBlock $test -Data @{ Results = $results } }; Output = @{ Verbosity = 'None' }
    TestResult = @{ Enabled = $true; OutputFormat = 'JUnitXml'; OutputPath = Join-Path $Folder junit.xml }
}
