BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Clear-Esp32Flash' {
    BeforeEach {
        $port = New-TestChip esp32
        $chip = Get-Esp32Simulator $port
        $chip.LoadFlash(0, [byte[]]::new(0x4000))
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'erases a range and nothing else' {
        $result = Clear-Esp32Flash -Device $port 0x1000 8KB
        $result.Address | Should -Be 0x1000
        $result.Length | Should -Be 0x2000
        $chip.ReadFlash(0xFFF, 2) | Should -Be 0, 0xFF
        $chip.ReadFlash(0x2FFF, 2) | Should -Be 0xFF, 0
    }

    It 'erases everything with -All, <Name>' -ForEach @(
        @{ Name = 'with the stub'; With = @{} }
        @{ Name = 'with the ROM'; With = @{ NoStub = $true } }
    ) {
        $dev = Connect-Esp32Device $port @With
        $result = $dev | Clear-Esp32Flash -All
        $dev | Disconnect-Esp32Device
        $result.Length | Should -Be 4MB
        $chip.ReadFlash(0, 1) | Should -Be 0xFF
    }

    It 'does nothing with -WhatIf' {
        Clear-Esp32Flash -Device $port -All -WhatIf | Should -BeNullOrEmpty
        $chip.ReadFlash(0, 1) | Should -Be 0
    }

    It 'reports <Id>' -ForEach @(
        @{ Id = 'Misaligned'; Address = 0x1001; Length = 4KB }
        @{ Id = 'BeyondFlash'; Address = 0x3FF000; Length = 8KB }
    ) {
        $failure = { Clear-Esp32Flash -Device $port $Address $Length } | Should -Throw -ErrorId "$Id,*" -PassThru
        $failure.TargetObject | Should -Be $port
        $chip.ReadFlash(0, 1) | Should -Be 0
    }

    It 'erases what encryption guards by its own id alone' {
        $encrypted = New-TestChip esp32
        try {
            $null = Set-Esp32Efuse -Device $encrypted -Name FLASH_CRYPT_CNT -Value 1 -Force EncryptionWithoutKey, FlashCryptConfig -WarningAction SilentlyContinue -Confirm:$false
            $failure = { Clear-Esp32Flash -Device $encrypted 0 4KB -Force SecureBootProtected } | Should -Throw -ErrorId 'FlashEncrypted,*' -PassThru
            $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Force FlashEncrypted.'
            (Clear-Esp32Flash -Device $encrypted 0 4KB -Force FlashEncrypted).Length | Should -Be 4KB
        }
        finally {
            Remove-Esp32Simulator $encrypted
        }
    }
}
