<#
.SYNOPSIS
    Flashes all boards on a hub side by side; one that fails does not stop the others.
.EXAMPLE
    ./08-flash-a-hub.ps1
    Four virtual boards; one has the wrong chip.
.EXAMPLE
    ./08-flash-a-hub.ps1 -Port (Get-Esp32Port -Location '1-4.*').PortName
    All boards on the hub at place 1-4.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    [string[]] $Port,

    # The chip that belongs on this line.
    [string] $Chip = 'esp32c3',

    # How many boards to work on at once.
    [int] $ThrottleLimit = 32
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())"
$made = @()
try {
    if (-not $Port) {
        $made = @(
            1..3 | ForEach-Object { New-Esp32Simulator $Chip -Name "hub-$_" }
            New-Esp32Simulator esp32 -Name hub-4
        )
        $Port = $made.PortName
    }

    # The images are read and compressed once, however many boards there are.
    $images = & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip $Chip -Destination $work
    $results = $images | Write-Esp32Flash -Device $Port -BaudRate 921600 -ThrottleLimit $ThrottleLimit `
        -ErrorAction SilentlyContinue -ErrorVariable failures
    $results | Group-Object PortName | Sort-Object Name | Format-Table @{ Name = 'Board'; Expression = 'Name' },
        @{ Name = 'Images'; Expression = 'Count' },
        @{ Name = 'Verified'; Expression = { $_.Group.Verified -notcontains $false } },
        @{ Name = 'Seconds'; Expression = { [math]::Round(($_.Group | ForEach-Object { $_.DurationSeconds } | Measure-Object -Sum).Sum, 1) } }

    foreach ($failure in $failures) {
        '{0}: {1} ({2})' -f $failure.TargetObject, $failure.Exception.Message, ($failure.FullyQualifiedErrorId -split ',')[0]
    }

    $passed = @($results.PortName | Sort-Object -Unique)
    "$($passed.Count) of $($Port.Count) boards are flashed and verified."
}
finally {
    $made | Remove-Esp32Simulator
    Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
}
