<#
.SYNOPSIS
    Audits a box of returned units: the protections of each and the findings, one row each, to CSV.
.DESCRIPTION
    Nothing is changed on any unit. A unit that does not answer becomes a row as well, and does not stop the others. A unit
    without findings has one row that says so.
.EXAMPLE
    ./14-audit-returned-units.ps1
    Four virtual units in different states, and a port with nothing on it. The rows are shown.
.EXAMPLE
    ./14-audit-returned-units.ps1 -Port (Get-Esp32Port -Location '1-4.*').PortName -Path audit.csv
    All units on the hub at place 1-4.
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    [string[]] $Port,

    # The file to write; without it the rows are shown.
    [string] $Path,

    # How many units to work on at once.
    [int] $ThrottleLimit = 16
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$made = @()
try {
    if (-not $Port) {
        # As shipped, half protected, closed for good, and one of another product.
        $made = @('fresh', 'open-jtag', 'locked' | ForEach-Object { New-Esp32Simulator esp32c3 -Name "box-$_" }) + (New-Esp32Simulator esp32 -Name box-other)
        $key = New-Object byte[] 32
        $random = [System.Security.Cryptography.RandomNumberGenerator]::Create()
        $random.GetBytes($key)
        $random.Dispose()
        foreach ($name in 'virtual:box-open-jtag', 'virtual:box-locked') {
            Write-Esp32EfuseKey -Device $name XTS_AES_128_KEY -Key $key -Confirm:$false | Out-Null
            Set-Esp32Efuse -Device $name @{ SPI_BOOT_CRYPT_CNT = 7; DIS_DOWNLOAD_MANUAL_ENCRYPT = 1 } -Confirm:$false | Out-Null
        }

        Set-Esp32Efuse -Device virtual:box-locked -Name ENABLE_SECURITY_DOWNLOAD -Confirm:$false | Out-Null
        [array]::Clear($key, 0, $key.Length)
        $Port = @($made.PortName) + 'virtual:box-empty-socket'
    }

    # Units that fail are kept beside those that answer: here they are results, not the end of the audit.
    $states = @(Get-Esp32SecurityState $Port -ThrottleLimit $ThrottleLimit -ErrorAction SilentlyContinue -ErrorVariable failures)

    $rows = @(
        # Those that answer fast come first; a box is easier to go through in its own order.
        foreach ($state in $states | Sort-Object { [array]::IndexOf($Port, $_.PortName) }) {
            $unit = [ordered] @{
                Port = $state.PortName
                Mac = $state.Mac
                Chip = $state.Chip
                Revision = $state.Revision
                FlashEncryption = $state.FlashEncryption
                SecureBoot = $state.SecureBoot
                Jtag = $state.Jtag
                SecureDownloadMode = $state.SecureDownloadMode
                Keys = @($state.KeySlots | Where-Object IsEmpty -NE $true | ForEach-Object { "$_" }) -join '; '
                RevokedDigests = $state.RevokedDigests -join ' '
                Open = $state.Open -join '; '
            }
            $findings = @($state.Findings)
            if ($findings.Count -eq 0) { $findings = @([pscustomobject] @{ Severity = 'None'; Id = ''; Text = 'Nothing to tell.'; Advice = '' }) }
            foreach ($finding in $findings) {
                [pscustomobject] ($unit + [ordered] @{
                        Severity = $finding.Severity; Finding = $finding.Id; Text = $finding.Text; Advice = $finding.Advice
                    })
            }
        }
        foreach ($failure in $failures) {
            # The same columns, so that every row of the file has them all.
            [pscustomobject] [ordered] @{
                Port = "$($failure.TargetObject)"; Mac = ''; Chip = ''; Revision = ''; FlashEncryption = ''; SecureBoot = ''; Jtag = ''
                SecureDownloadMode = ''; Keys = ''; RevokedDigests = ''; Open = ''
                Severity = 'NoAnswer'; Finding = ($failure.FullyQualifiedErrorId -split ',')[0]; Text = $failure.Exception.Message; Advice = 'Check the unit and its cable, and audit it again.'
            }
        }
    )

    if ($Path) {
        $rows | Export-Csv -LiteralPath $Path -NoTypeInformation -Encoding UTF8
    }
    else {
        $rows | Format-Table Port, Chip, FlashEncryption, Jtag, Severity, Finding
    }

    $critical = @($rows | Where-Object { "$($_.Severity)" -eq 'Critical' } | Select-Object -ExpandProperty Port -Unique)
    "$($states.Count) of $($Port.Count) units were audited; $($critical.Count) of them are critical, $(@($failures).Count) did not answer."
}
finally {
    $made | Remove-Esp32Simulator
}
