BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Get-Esp32FlashChip' {
    BeforeAll {
        $port = New-TestChip esp32c3
        $chip = Get-Esp32FlashChip -Device $port
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    It 'says what the flash memory is' {
        $chip.Manufacturer | Should -Be Winbond
        $chip.DeviceId | Should -BeExactly 0x4016
        $chip.Size | Should -Be 4MB
        $chip.UniqueId | Should -Match '^[0-9a-f]{16}$'
        $chip.IsProtected | Should -BeFalse
        $chip.StatusRegisters.Count | Should -Be 3
    }

    It 'reads the parameter table' {
        $chip.Sfdp.Size | Should -Be 4MB
        $chip.Sfdp.EraseSizes | Should -Contain 4096
        $chip.Sfdp.EraseTypes | Should -Contain '4 KB (0x20)'
        [System.Text.Encoding]::ASCII.GetString($chip.Sfdp.GetBytes(), 0, 4) | Should -Be SFDP
    }

    It 'has views' {
        $chip | Out-String | Should -Match 'Winbond +0x4016 +4 MB +0x'
        $chip | Format-List | Out-String | Should -Match 'Sfdp +: revision 1\.\d+, erases 4 KB \(0x20\)'
    }
}
