#Requires -Version 5.1
<#
.SYNOPSIS
    Builds, tests, shows or packs Esp32Tools. Needs the .NET 10 SDK, and npm for the flasher stubs.
.DESCRIPTION
    Build    builds everything and puts the module together in out/Esp32Tools/<version>.
    Test     runs every test, the Pester suite too: the build restores PowerShell and Pester.
    Demo     flashes a virtual ESP32.
    Package  puts the module together, with the flasher stubs, and packs it into out/Esp32Tools-<version>.zip.
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -Task Package
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Demo', 'Package')]
    [string] $Task = 'Build',

    # Debug, but Release for Package, unless it is named.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = $(if ($Task -eq 'Package') { 'Release' } else { 'Debug' })
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet $args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args ended with exit code $LASTEXITCODE."
    }
}

function Publish-Module {
    Invoke-DotNet build src/Esp32Tools.PowerShell '-t:StageModule' -c $Configuration $args
}

Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Build' {
            Invoke-DotNet build Esp32Tools.sln -c $Configuration
            Publish-Module
        }
        'Test' {
            Invoke-DotNet test Esp32Tools.sln -c $Configuration
        }
        'Demo' {
            Invoke-DotNet run --project examples/Quickstart -c $Configuration
        }
        'Package' {
            # A package is for machines without npm: without its stubs it would be another product.
            Publish-Module '-p:RequireStubs=true'
            $manifest = Import-PowerShellDataFile -LiteralPath module/Esp32Tools.psd1
            $package = "out/Esp32Tools-$($manifest.ModuleVersion).zip"
            Compress-Archive -Path "out/Esp32Tools/$($manifest.ModuleVersion)/*" -DestinationPath $package -Force
            Get-Item -LiteralPath $package
        }
    }
}
finally {
    Pop-Location
}
