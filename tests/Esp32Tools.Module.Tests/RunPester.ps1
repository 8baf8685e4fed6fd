<#
    Runs every *.Tests.ps1 in a folder against the staged module and writes what came of it, file by file, as JSON:
    a failed BeforeAll or a file that does not even load is a failure of its file like any other.
#>
param(
    [Parameter(Mandatory)] [string] $TestFolder,
    [Parameter(Mandatory)] [string] $ModulePath,
    [Parameter(Mandatory)] [string] $ResultFile
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$env:PSModulePath = $ModulePath + [System.IO.Path]::PathSeparator + $env:PSModulePath
Import-Module Pester -MinimumVersion 5.5.0

$configuration = New-PesterConfiguration
$configuration.Run.Path = $TestFolder
$configuration.Run.PassThru = $true
$configuration.Run.Exit = $false
$configuration.Output.Verbosity = 'Normal'
$configuration.Output.CIFormat = 'None'
# The files see what they see when somebody runs them by hand: this script's preferences are not theirs.
$run = & {
    Set-StrictMode -Off
    $ErrorActionPreference = 'Continue'
    Invoke-Pester -Configuration $configuration
}

# Of a stack trace what matters is where the tests were; the rest is Pester.
function Get-Failure($Where, $Records) {
    foreach ($record in $Records) {
        $ours = [string]$record.ScriptStackTrace -split '\r?\n' | Where-Object { $_.Contains($TestFolder) } | Select-Object -First 1
        [ordered]@{ Test = $Where; Message = [string]$record; At = [string]$ours }
    }
}

function Get-Block($Blocks) {
    foreach ($block in $Blocks) {
        $block
        Get-Block $block.Blocks
    }
}

$files = foreach ($container in $run.Containers) {
    $blocks = @(Get-Block $container.Blocks)
    $tests = @(foreach ($block in $blocks) { $block.Tests })
    [ordered]@{
        File     = [System.IO.Path]::GetFileName([string]$container.Item)
        Passed   = @($tests | Where-Object Result -EQ 'Passed').Count
        Skipped  = @($tests | Where-Object Result -In 'Skipped', 'Inconclusive').Count
        Failures = @(
            Get-Failure 'the file itself' $container.ErrorRecord
            foreach ($block in $blocks) {
                Get-Failure "$($block.Path -join '.') (before or after its tests)" $block.ErrorRecord
            }
            foreach ($test in $tests | Where-Object Result -EQ 'Failed') {
                Get-Failure $test.ExpandedPath $test.ErrorRecord
            }
        )
    }
}

ConvertTo-Json -InputObject @($files) -Depth 6 | Set-Content -LiteralPath $ResultFile -Encoding utf8
