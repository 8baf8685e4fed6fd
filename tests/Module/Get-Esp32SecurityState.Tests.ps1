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

    It 'takes many devices' {
        (Get-Esp32SecurityState virtual:esp32, virtual:esp32p4 -ThrottleLimit 2).Chip | Sort-Object | Should -Be 'ESP32', 'ESP32-P4'
    }

    It 'reports a missing dump' {
        { Get-Esp32SecurityState -Path "$TestDrive/missing.bin" -Chip esp32 } | Should -Throw -ErrorId 'FileNotFound,*'
    }
}
