BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Get-Esp32SecurityState' {
    It 'says of a fresh chip of any kind that it is open, and what could be switched on' {
        foreach ($chip in [Esp32Tools.Chips.ChipCatalog]::All.Key) {
            $state = Get-Esp32SecurityState "virtual:$chip"
            $state.PortName | Should -Be "virtual:$chip"
            $state.FlashEncryption | Should -Be 'None'
            $state.SecureBoot | Should -Be 0
            $state.Mac | Should -Match '^([0-9a-f]{2}:){5}[0-9a-f]{2}$'
            $state.Findings.Id | Should -Be 'EncryptionOff', 'SecureBootOff'
        }
    }

    It 'tells a burned key by its block and purpose, and not the key' {
        $port = New-TestChip esp32c3
        try {
            $key = [byte[]] (1..32)
            [System.IO.File]::WriteAllBytes("$TestDrive/key.bin", $key)
            $null = Write-Esp32EfuseKey -Device $port -Purpose XTS_AES_128_KEY -Path "$TestDrive/key.bin" -Confirm:$false
            $state = Get-Esp32SecurityState $port
            $slot = $state.KeySlots | Where-Object Purpose -EQ XTS_AES_128_KEY
            $slot.IsEmpty, $slot.IsReadable, $slot.IsWritable | Should -Be $false, $false, $false
            $text = ($state, $state.KeySlots, $state.Findings | Format-List * | Out-String) + ($state | ConvertTo-Json -Depth 5)
            $text | Should -Not -Match '01\s*,?\s*02\s*,?\s*03'
        }
        finally {
            Remove-Esp32Simulator $port
        }
    }

    It 'gives lists that can be indexed' {
        $state = Get-Esp32SecurityState virtual:esp32c3
        @($state.KeySlots[0]).Count, @($state.Open[0]).Count, @($state.Findings[0]).Count | Should -Be 1, 1, 1
        $state.KeySlots[1].Block | Should -Be BLOCK_KEY1
    }

    It 'keeps the port with each finding of many devices' {
        $findings = Get-Esp32SecurityState virtual:esp32, virtual:esp32c6 | Select-Object -ExpandProperty Findings
        ($findings | Group-Object PortName).Name | Sort-Object | Should -Be virtual:esp32, virtual:esp32c6
        $findings[0].Advice | Should -Not -BeNullOrEmpty
    }

    It 'reads a dump, says which, and takes the revision that an ESP32 does not carry' {
        $file = Join-Path $TestDrive 'unit.efuse'
        $null = Export-Esp32Efuse -Device virtual:esp32c3 $file
        (Get-Esp32SecurityState -Path (Join-Path $TestDrive '*.efuse') -Chip esp32c3).Path | Should -Be $file
        $memory = [byte[]]::new(0x120)
        $memory[0x18] = 0x20
        [array]::Reverse($memory)
        $file = Join-Path $TestDrive 'esp32.dump'
        [System.IO.File]::WriteAllBytes($file, $memory)
        (Get-Esp32SecurityState -Path $file -Chip esp32 -Revision 3.1).SecureBoot | Should -Be 2
        (Get-Esp32SecurityState -Path $file -Chip esp32).SecureBoot | Should -Be 0
    }

    It 'tells revoked digests by their numbers, burned or not' {
        $port = New-TestChip esp32c3
        try {
            $null = Set-Esp32Efuse -Device $port @{ SECURE_BOOT_KEY_REVOKE1 = 1; SECURE_BOOT_KEY_REVOKE2 = 1 } -Confirm:$false
            (Get-Esp32SecurityState $port).RevokedDigests | Should -Be 1, 2
        }
        finally {
            Remove-Esp32Simulator $port
        }
    }

    It 'says of a chip of any kind in secure download mode what that lets it say' {
        foreach ($chip in [Esp32Tools.Chips.ChipCatalog]::All | Where-Object { $_.Efuse.GetTable(0).Fields.Name -contains "ENABLE_SECURITY_DOWNLOAD" }) {
            $port = New-TestChip $chip.Key
            try {
                $null = Set-Esp32Efuse -Device $port -Name ENABLE_SECURITY_DOWNLOAD -Confirm:$false -WarningAction SilentlyContinue
                $state = Get-Esp32SecurityState $port
                $state.Chip, $state.SecureDownloadMode, $state.Mac, $state.Revision | Should -Be $chip.Name, $true, $null, $null
                $state.Findings.Id | Should -Be SecureDownloadMode
                $state.Findings[0].PortName | Should -Be $port
                $state.KeySlots.Count | Should -Be @($chip.Efuse.Blocks | Where-Object HasPurpose).Count
            }
            finally {
                Remove-Esp32Simulator $port
            }
        }
    }

    It 'takes many devices' {
        (Get-Esp32SecurityState virtual:esp32, virtual:esp32p4 -ThrottleLimit 2).Chip | Sort-Object | Should -Be 'ESP32', 'ESP32-P4'
    }

    It 'reports a missing dump' {
        { Get-Esp32SecurityState -Path "$TestDrive/missing.bin" -Chip esp32 } | Should -Throw -ErrorId 'FileNotFound,*'
    }
}
