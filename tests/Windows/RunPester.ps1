<#
    Runs files of tests/Module in this PowerShell and writes a report that ends with a line of counts. Cases that skipped.json
    names must fail here, with the error that it gives, and count as skipped, with its reason. Ends with 1 when anything failed.
#>
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Report,
    [Parameter(Mandatory)] [string] $Wine,
    [Parameter(Mandatory)] [string] $Files
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

if (-not $IsWindows) {
    throw 'This is not PowerShell for Windows.'
}

$env:ESP32TOOLS_MODULE = $Module
$own = Import-Module $Module -PassThru
Import-Module (Get-Item "$PSScriptRoot\obj\windows\modules\Pester\*\Pester.psd1").FullName

$names = $Files -split ','
$configuration = New-PesterConfiguration
$configuration.Run.Path = @($names | ForEach-Object { (Get-Item -LiteralPath "$PSScriptRoot\..\Module\$_").FullName })
$configuration.Run.PassThru = $true
$configuration.Output.CIFormat = 'None'
# The files see what they see when somebody runs them by hand: this script's preferences are not theirs.
$run = & {
    Set-StrictMode -Off
    $ErrorActionPreference = 'Continue'
    Invoke-Pester -Configuration $configuration
}

function Get-Block($Blocks) {
    foreach ($block in $Blocks) {
        $block
        Get-Block $block.Blocks
    }
}

$known = @(Get-Content -Raw "$PSScriptRoot\skipped.json" | ConvertFrom-Json | Where-Object file -In $names)
$met = [System.Collections.Generic.HashSet[object]]::new()
$lines = [System.Collections.Generic.List[string]]::new()
$passed = 0
$reasons = [System.Collections.Generic.List[string]]::new()
$failures = [System.Collections.Generic.List[string]]::new()

function Add-Failure($File, $Name, $Records) {
    $failures.Add("FAILED $File, $Name" + -join ($Records | ForEach-Object { "`n    $_" -replace '\r?\n(?! {4})', "`n    " }))
}

foreach ($container in $run.Containers) {
    $file = [System.IO.Path]::GetFileName([string] $container.Item)
    if ($container.ErrorRecord) {
        Add-Failure $file 'the file itself' $container.ErrorRecord
    }

    foreach ($block in Get-Block $container.Blocks) {
        if ($block.ErrorRecord) {
            Add-Failure $file "$($block.Path -join '.'), before or after its tests" $block.ErrorRecord
        }

        foreach ($test in $block.Tests) {
            $name = $test.ExpandedPath
            $why = [string] ($test.ErrorRecord | Select-Object -First 1)
            $case = $known | Where-Object { $_.file -eq $file -and $_.test -eq $name }
            if ($case) {
                $null = $met.Add($case)
            }

            if ($test.Result -eq 'Passed' -and $case) {
                Add-Failure $file $name 'passes after all: skipped.json must not name it'
            }
            elseif ($test.Result -eq 'Passed') {
                $passed++
            }
            elseif ($test.Result -eq 'Failed' -and $case -and $why.Contains($case.error)) {
                $reasons.Add($case.reason)
            }
            elseif ($test.Result -eq 'Skipped' -and $why -match '^is skipped, because (.+)') {
                $reasons.Add($Matches[1])
            }
            elseif ($test.Result -eq 'Skipped') {
                Add-Failure $file $name 'skipped without a reason'
            }
            else {
                Add-Failure $file $name @($(if ($test.ErrorRecord) { $test.ErrorRecord } else { "was $($test.Result)" }))
            }
        }
    }
}

foreach ($case in $known | Where-Object { -not $met.Contains($_) }) {
    Add-Failure $case.file $case.test 'does not exist: skipped.json must not name it'
}

$lines.Add("PowerShell $($PSVersionTable.PSVersion) for Windows under $($Wine -replace '^wine-', 'Wine '), Esp32Tools $($own.Version), $(@($run.Containers).Count) files")
$lines.AddRange($failures)
$reasons | Group-Object | ForEach-Object { $lines.Add("    skipped $($_.Count): $($_.Name)") }
$lines.Add("$passed passed, $($failures.Count) failed, $($reasons.Count) skipped")
[System.IO.File]::WriteAllText($Report, ($lines -join "`n") + "`n")
exit [int] ($failures.Count -gt 0 -or $passed -eq 0)
