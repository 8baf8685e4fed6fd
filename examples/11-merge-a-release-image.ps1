<#
.SYNOPSIS
    Merges a build into one file for a contract manufacturer: raw, Intel HEX or UF2, and flashes it as a proof.
.EXAMPLE
    ./11-merge-a-release-image.ps1
    Merges the sample firmware, and flashes a blank virtual chip with each of the three forms.
.EXAMPLE
    ./11-merge-a-release-image.ps1 -Build build -Destination release
    Merges the build in the folder build.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    # The build folder, with flasher_args.json.
    [string] $Build,

    # The folder for the files.
    [string] $Destination
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$work = Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())"
try {
    if (-not $Build) {
        $Build = Join-Path $work 'build'
        & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip esp32s3 -Destination $Build -Version 2.0.0 | Out-Null
    }

    # The list names the chip, the files and the flash settings; the images are checked before they are merged.
    $list = Join-Path $Build 'flasher_args.json'
    $folder = (New-Item -ItemType Directory $(if ($Destination) { $Destination } else { Join-Path $work 'release' }) -Force).FullName
    $files = @(
        Merge-Esp32Image $list (Join-Path $folder 'release.bin') -Format Raw
        Merge-Esp32Image $list (Join-Path $folder 'release.hex') -Format IntelHex
        Merge-Esp32Image $list (Join-Path $folder 'release.uf2') -Format Uf2
    )
    $files | Get-FileHash | Format-Table @{ Name = 'File'; Expression = { Split-Path $_.Path -Leaf } }, Hash

    $chip = (Get-Content $list -Raw | ConvertFrom-Json).extra_esptool_args.chip
    foreach ($file in $files) {
        $board = New-Esp32Simulator $chip -Name merged
        try {
            # A raw file needs an address; the other two contain theirs.
            $image = if ($file.Extension -eq '.bin') { @{ 0 = $file.FullName } } else { $file.FullName }
            Write-Esp32Flash -Device $board.PortName $image -EraseAll | Out-Null
            $equal = (Test-Esp32Flash -Device $board.PortName $list).IsEqual -notcontains $false
            "$($file.Name) on a blank chip: $(if ($equal) { 'as if flashed file by file' } else { 'DIFFERENT' })"
        }
        finally {
            $board | Remove-Esp32Simulator
        }
    }
}
finally {
    Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
}
