<#
.SYNOPSIS
    A station: for each board, flash, verify, and write a line to a CSV file, pass or fail.
.DESCRIPTION
    With -Port it works on the boards that are named. With -Watch it waits for boards to be plugged in, works on each, and
    waits for the next until Ctrl-C.
.EXAMPLE
    ./06-station.ps1
    Three virtual boards; the third has the wrong chip, and fails.
.EXAMPLE
    ./06-station.ps1 -Watch -Log line1.csv
    The next board that is plugged in, and the next, ...
#>
#Requires -Modules Esp32Tools
[CmdletBinding(DefaultParameterSetName = 'Port')]
param(
    [Parameter(ParameterSetName = 'Port')]
    [string[]] $Port,

    [Parameter(ParameterSetName = 'Watch', Mandatory)]
    [switch] $Watch,

    # The chip that belongs on this line.
    [string] $Chip = 'esp32',

    # The CSV file, which grows by a line for each board. Left out, it is only shown.
    [string] $Log
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())"
$images = & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip $Chip -Destination (Join-Path $work 'firmware')
if (-not $Log) { $Log = Join-Path $work 'log.csv' }

# One board, from plugging in to the result. It always gives one row.
function Invoke-Board([string] $PortName) {
    $row = [ordered]@{
        Time = (Get-Date).ToString('s'); Port = $PortName; Mac = ''; Result = 'FAIL'; Seconds = 0.0; Retries = 0; Error = ''
    }
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $device = $null
    try {
        $device = Connect-Esp32Device $PortName -BaudRate 921600 -Chip $Chip
        $row.Mac = (Get-Esp32Device -Device $device).Mac
        $written = $images | Write-Esp32Flash -Device $device
        $row.Retries = ($written | Measure-Object Retries -Sum).Sum
        $tested = $images | Test-Esp32Flash -Device $device
        if ($tested.IsEqual -contains $false) { throw 'The flash differs from the images.' }
        $row.Result = 'PASS'
    }
    catch {
        # The id names the kind of failure, for counting; the message is for people.
        $row.Error = '{0}: {1}' -f ($_.FullyQualifiedErrorId -split ',')[0], $_.Exception.Message
    }
    finally {
        if ($device) {
            try { Disconnect-Esp32Device $device } catch { $row.Error += " $($_.Exception.Message)" }
        }
    }

    $row.Seconds = [math]::Round($clock.Elapsed.TotalSeconds, 1)
    $result = [pscustomobject] $row
    $result | Export-Csv -Path $Log -Append -NoTypeInformation
    $result
}

# Returns each board that is plugged in after the start, once.
function Wait-NextBoard {
    $known = @((Get-Esp32Port -Kind Bridge, UsbSerialJtag).PortName)
    while ($true) {
        Start-Sleep -Milliseconds 300
        $now = @((Get-Esp32Port -Kind Bridge, UsbSerialJtag).PortName)
        $now | Where-Object { $_ -notin $known }
        $known = $now
    }
}

$made = @()
try {
    if ($Watch) {
        'Plug in the next board.'
        Wait-NextBoard | ForEach-Object {
            Start-Sleep -Milliseconds 500  # the system is still setting up the port
            Invoke-Board $_
            'Plug in the next board.'
        }
    }
    else {
        if (-not $Port) {
            $made = @(
                New-Esp32Simulator $Chip -Name board-1
                New-Esp32Simulator $Chip -Name board-2
                New-Esp32Simulator esp32c3 -Name board-3
            )
            $Port = $made.PortName
        }

        $results = foreach ($name in $Port) { Invoke-Board $name }
        $results | Format-Table Port, Mac, Result, Seconds, Error -Wrap
        "$(@($results | Where-Object Result -EQ PASS).Count) of $(@($results).Count) boards passed. The log:"
        Get-Content $Log
    }
}
finally {
    $made | Remove-Esp32Simulator
    Remove-Item $work -Recurse -Force
}
