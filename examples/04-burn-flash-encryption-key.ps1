<#
.SYNOPSIS
    Shows the plan for burning a flash encryption key and, on a virtual chip, burns it.
.DESCRIPTION
    A burned eFuse bit cannot be cleared. On a real unit this script shows the plan and stops, unless -Burn is given; even
    then PowerShell asks.
.EXAMPLE
    ./04-burn-flash-encryption-key.ps1
    Burns a new key into a virtual ESP32 that is made for this and removed again.
.EXAMPLE
    ./04-burn-flash-encryption-key.ps1 -Port COM5 -KeyPath unit-0001.key
    Shows what would be burned into the board on COM5.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    # A port; left out, a virtual chip is made.
    [string] $Port = 'virtual:key-example',

    # The key, 32 bytes; left out, a new one is made, used, and thrown away.
    [string] $KeyPath,

    # Burns on a real unit, too.
    [switch] $Burn
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

if ($Burn -and -not $KeyPath) { throw 'A key that is thrown away must not be burned into a real unit: give -KeyPath.' }
$work = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())")
$isExample = $Port -eq 'virtual:key-example'
if ($isExample) { New-Esp32Simulator esp32 -Name key-example | Out-Null }
try {
    if (-not $KeyPath) {
        $KeyPath = Join-Path $work 'new.key'
        $key = New-Object byte[] 32
        $random = [System.Security.Cryptography.RandomNumberGenerator]::Create()
        try { $random.GetBytes($key) } finally { $random.Dispose() }
        [System.IO.File]::WriteAllBytes($KeyPath, $key)
        [Array]::Clear($key, 0, $key.Length)
    }

    $purpose = if ((Get-Esp32Device $Port).Chip -eq 'ESP32') { 'FlashEncryption' } else { 'XTS_AES_128_KEY' }

    'The plan:'
    Write-Esp32EfuseKey -Device $Port -Purpose $purpose -Path $KeyPath -WhatIf

    if ($isExample) {
        'Burning it into the virtual chip:'
        $result = Write-Esp32EfuseKey -Device $Port -Purpose $purpose -Path $KeyPath -Confirm:$false
        $result.Steps | Format-Table Name, Change, Burned, Verified

        'The key cannot be read any more:'
        Get-Esp32Efuse -Device $Port BLOCK1 | Format-Table Name, Readable, Writable, Text

        'And it cannot be replaced:'
        try {
            Write-Esp32EfuseKey -Device $Port -Purpose $purpose -Path $KeyPath -Confirm:$false
        }
        catch [Esp32Tools.Errors.EfuseException] {
            "$($_.Exception.Code): $($_.Exception.Message)"
        }
    }
    elseif ($Burn) {
        Write-Esp32EfuseKey -Device $Port -Purpose $purpose -Path $KeyPath
    }
    else {
        'Nothing was burned. Look at the plan, then run this again with -Burn.'
    }
}
finally {
    if ($isExample) { Remove-Esp32Simulator key-example }
    Remove-Item $work -Recurse -Force
}
