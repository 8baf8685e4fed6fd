<#
    Runs Pester files against the staged module, in company: files.txt in the work folder lists them, each process takes
    the next that nobody has taken, and writes what came of it beside the list. A failed BeforeAll or a file that does
    not even load is a failure of its file like any other.
#>
param(
    [Parameter(Mandatory)] [string] $WorkFolder,
    [Parameter(Mandatory)] [string] $Pester,
    [Parameter(Mandatory)] [string] $ModulePath
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# The module under test and what PowerShell brings: no module of the user or the machine.
$env:PSModulePath = $ModulePath + [System.IO.Path]::PathSeparator + (Join-Path $PSHOME 'Modules')
Import-Module $Pester

# The files see what they see when somebody runs them by hand: this script's preferences are not theirs.
function Invoke-File($Path) {
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Path
    $configuration.Run.PassThru = $true
    $configuration.Run.Exit = $false
    $configuration.Output.Verbosity = 'Normal'
    $configuration.Output.CIFormat = 'None'
    Set-StrictMode -Off
    $ErrorActionPreference = 'Continue'
    Invoke-Pester -Configuration $configuration
}

function New-Result($Name, $Outcome, $Seconds, $Message, $At) {
    [ordered]@{ Name = [string]$Name; Outcome = $Outcome; Seconds = $Seconds; Message = [string]$Message; At = [string]$At }
}

# Of a stack trace what matters is where the tests were; the rest is Pester.
function Get-Failure($Name, $Records, $Path, $Seconds = 0) {
    $folder = Split-Path $Path
    $at = foreach ($record in $Records) {
        [string]$record.ScriptStackTrace -split '\r?\n' | Where-Object { $_.Contains($folder) } | Select-Object -First 1
    }
    New-Result $Name 'Failed' $Seconds (@($Records | ForEach-Object { [string]$_ }) -join "`n") ($at -join "`n")
}

function Get-Block($Blocks) {
    foreach ($block in $Blocks) {
        $block
        Get-Block $block.Blocks
    }
}

# A test that did not run says why, or it has failed.
function Get-TestResult($Test, $Path) {
    $seconds = $Test.Duration.TotalSeconds
    $reason = [regex]::Match([string]$Test.ErrorRecord, '^is skipped, because (?s)(.*\S)').Groups[1].Value
    if ($Test.Result -eq 'Passed') {
        New-Result $Test.ExpandedPath 'Passed' $seconds
    }
    elseif ($Test.Result -eq 'Failed') {
        Get-Failure $Test.ExpandedPath $Test.ErrorRecord $Path $seconds
    }
    elseif ($Test.Result -eq 'Skipped' -and $reason) {
        New-Result $Test.ExpandedPath 'Skipped' $seconds $reason
    }
    else {
        New-Result $Test.ExpandedPath 'Failed' $seconds "$($Test.Result), and no reason is given: Set-ItResult -Skipped -Because says one." $Path
    }
}

function Get-FileResult($Run, $Path) {
    $container = $Run.Containers[0]
    $blocks = @(Get-Block $container.Blocks)
    $tests = @(foreach ($block in $blocks) { $block.Tests })
    $results = @(
        if ($container.ErrorRecord) { Get-Failure 'the file itself' $container.ErrorRecord $Path }
        foreach ($block in $blocks | Where-Object ErrorRecord) {
            Get-Failure "$($block.Path -join '.') (before or after its tests)" $block.ErrorRecord $Path
        }
        foreach ($test in $tests) { Get-TestResult $test $Path }
    )
    if (-not $results) { $results = @(New-Result 'the file itself' 'Failed' 0 'It has no test.' $Path) }
    [ordered]@{ Seconds = $container.Duration.TotalSeconds; Tests = $results }
}

# Only one process can make a file that must not be there.
function Test-IsMine($Path) {
    try {
        [System.IO.File]::Open($Path, [System.IO.FileMode]::CreateNew).Dispose()
        $true
    }
    catch [System.IO.IOException] {
        $false
    }
}

foreach ($path in Get-Content -LiteralPath (Join-Path $WorkFolder 'files.txt')) {
    $result = Join-Path $WorkFolder (Split-Path $path -Leaf)
    if (Test-IsMine "$result.taken") {
        $run = Invoke-File $path
        ConvertTo-Json -InputObject (Get-FileResult $run $path) -Depth 6 | Set-Content -LiteralPath "$result.json" -Encoding utf8
    }
}
