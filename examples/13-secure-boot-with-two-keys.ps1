<#
.SYNOPSIS
    Secure boot with two keys: one that signs today, and a spare for the day on which the first is lost or leaks.
.DESCRIPTION
    The images are signed with both keys. The digests of both go into the chip, the third slot is revoked, and the line needs
    the public halves alone. The burn cannot be undone: on a real unit this script shows the plan and stops, unless
    -Burn is given; even then PowerShell asks. A repeated signature differs, so the signed files are kept beside the
    keys, and a unit that lost power is finished with the same files.
.EXAMPLE
    ./13-secure-boot-with-two-keys.ps1
    Makes keys and firmware, and secures a virtual ESP32-C3 that is made for this and removed again.
.EXAMPLE
    ./13-secure-boot-with-two-keys.ps1 -Port COM5 -MainKey main.pub.pem -SpareKey spare.pub.pem -Image @{ 0x0 = 'bootloader-signed.bin'; 0x10000 = 'app-signed.bin' }
    Shows what would be burned into the board on COM5.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    # A port; left out, a virtual chip is made.
    [string] $Port = 'virtual:secure-boot-example',

    # The keys, public halves or digests; left out, new ones are made, used, and thrown away.
    [string] $MainKey,
    [string] $SpareKey,

    # The images to write, signed with at least one of the keys.
    [hashtable] $Image,

    # Burns on a real unit, too.
    [switch] $Burn
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$isExample = $Port -eq 'virtual:secure-boot-example'
if (-not $isExample -and -not ($MainKey -and $SpareKey -and $Image)) { throw 'Give -MainKey, -SpareKey and -Image for a real unit.' }
$work = New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "esp32tools-$([guid]::NewGuid())")
if ($isExample) { New-Esp32Simulator esp32c3 -Name secure-boot-example | Out-Null }
try {
    if ($isExample) {
        # On the machine that signs. The private keys never leave it.
        $main = New-Esp32SigningKey (Join-Path $work 'main.pem') Rsa3072
        $spare = New-Esp32SigningKey (Join-Path $work 'spare.pem') Rsa3072
        $firmware = & (Join-Path $PSScriptRoot 'firmware/New-SampleFirmware.ps1') -Chip esp32c3 -Destination (Join-Path $work 'built')
        $Image = @{}
        foreach ($file in $firmware) {
            $name = Split-Path $file.Path -Leaf
            $signed = $file.Path
            if ($name -ne 'partition-table.bin') {
                $signed = Join-Path $work "signed-$name"
                Add-Esp32ImageSignature $file.Path $signed -Key $main.Path, $spare.Path | Out-Null
            }

            $Image[$file.Address] = $signed
        }

        # On the line: public halves.
        $MainKey = (Export-Esp32PublicKey $main.Path (Join-Path $work 'main.pub.pem')).FullName
        $SpareKey = (Export-Esp32PublicKey $spare.Path (Join-Path $work 'spare.pub.pem')).FullName
    }

    'The keys that the chip will trust:'
    Get-Esp32KeyDigest $MainKey, $SpareKey | Format-Table KeyType, Digest

    $wanted = @{
        Device = $Port
        Digest = $MainKey, $SpareKey
        Image = $Image
        RevokeUnused = $true

        # These units have no flash encryption, and will never have it: the warning about that is no news.
        WarningAction = 'SilentlyContinue'
    }
    'The plan:'
    Enable-Esp32SecureBoot @wanted -WhatIf | Format-Table Number, Name, Status, Text -Wrap

    if ($isExample) {
        'Securing the virtual chip:'
        Enable-Esp32SecureBoot @wanted -Confirm:$false | Format-Table Number, Name, Status, Proof

        'A second run has nothing to do, and asks nothing:'
        Enable-Esp32SecureBoot @wanted | Format-Table Number, Name, Status, Proof

        'What the chip says:'
        $state = Get-Esp32SecurityState $Port
        $state.KeySlots | Where-Object IsDigest | Format-Table Block, Purpose, IsRevoked
        if ($state.SecureBoot -ne 2) { throw 'Secure boot is not on.' }
    }
    elseif ($Burn) {
        Enable-Esp32SecureBoot @wanted
    }
    else {
        'Nothing was burned. Look at the plan, then run this again with -Burn.'
    }
}
finally {
    if ($isExample) { Remove-Esp32Simulator secure-boot-example }
    Remove-Item $work -Recurse -Force
}
