<#
.SYNOPSIS
    Drives a virtual chip from another program, over TCP by RFC 2217.
.DESCRIPTION
    This PowerShell serves the chip. The other program is a second PowerShell, which flashes the chip through
    rfc2217://127.0.0.1 as it would flash a board on another machine. Then this PowerShell looks at what the chip holds.
.EXAMPLE
    ./07-serve-a-virtual-chip.ps1
.EXAMPLE
    ./07-serve-a-virtual-chip.ps1 -Port virtual:esp32c3 -Hold
    Serves the chip until a key is pressed, for programs of your own.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    # A virtual chip.
    [ValidatePattern('^virtual:')]
    [string] $Port = 'virtual:esp32',

    # Goes on serving until Enter is pressed.
    [switch] $Hold
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())"
$chip = (Get-Esp32Device $Port).Chip.Replace('-', '').ToLowerInvariant()
$images = & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip $chip -Destination $work
$app = $images | Where-Object { $_.Path -like '*app.bin' }

$server = Start-Esp32SimulatorServer $Port -Protocol Rfc2217
try {
    "The chip is served at $($server.PortName). Other tools can use it, too:"
    "    esptool --port $($server.PortName) flash-id"

    if ($Hold) {
        Read-Host 'Press Enter to stop' | Out-Null
    }
    else {
        $module = Join-Path (Get-Module Esp32Tools).ModuleBase 'Esp32Tools.psd1'
        $otherProgram = Join-Path $work 'other-program.ps1'
        Set-Content -LiteralPath $otherProgram {
            param($Module, $PortName, $Address, $Path)
            Import-Module $Module
            $result = Write-Esp32Flash -Device $PortName @{ $Address = $Path } -ErrorAction Stop
            "The other program (process $PID) wrote $($result.Length) bytes; verified: $($result.Verified)."
        }

        # Where PowerShell is a .NET tool, this process is dotnet, and PowerShell a library that it runs.
        $powershell = (Get-Process -Id $PID).Path
        $library = @(if ([System.IO.Path]::GetFileNameWithoutExtension($powershell) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
        & $powershell @library -NoProfile -NonInteractive -File $otherProgram $module $server.PortName $app.Address $app.Path
    }
}
finally {
    $server | Stop-Esp32SimulatorServer
}

try {
    'What this PowerShell finds on the chip:'
    $images | Test-Esp32Flash -Device $Port | Format-Table @{ Name = 'Image'; Expression = { Split-Path $_.Name -Leaf } }, Length, IsEqual
}
finally {
    Remove-Item $work -Recurse -Force
}
