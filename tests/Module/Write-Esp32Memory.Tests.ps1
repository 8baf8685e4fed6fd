BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Write-Esp32Memory' {
    BeforeAll {
        $port = New-TestChip esp32c3
        $dev = Connect-Esp32Device $port
        $ram = 0x3FCB0000
    }

    AfterAll {
        $dev | Disconnect-Esp32Device
        Remove-Esp32Simulator $port
    }

    It 'writes words, and changes under a mask what it covers' {
        ($dev | Write-Esp32Memory $ram -Value 0x11111111, 0xFFFFFFFF, '0x33' -Verify).Verified | Should -BeTrue
        ($dev | Write-Esp32Memory ($ram + 4) 0 -Mask 0xFF00).Verified | Should -BeFalse
        ($dev | Read-Esp32Memory $ram 12).Words | Should -Be 0x11111111, ([uint32] '0xFFFF00FF'), 0x33
    }

    It 'writes bytes, from a file too' {
        $file = Join-Path $TestDrive 'bytes.bin'
        [System.IO.File]::WriteAllBytes($file, [byte[]] (1..9))
        ($dev | Write-Esp32Memory ($ram + 0x101) -Path $file -Verify).Length | Should -Be 9
        $dev | Write-Esp32Memory ($ram + 0x103) -Data 0xAA, 0xBB | Out-Null
        ($dev | Read-Esp32Memory ($ram + 0x101) 9).Data | Should -Be 1, 2, 0xAA, 0xBB, 5, 6, 7, 8, 9
    }

    It 'writes nothing with WhatIf' {
        $dev | Write-Esp32Memory $ram 1
        $dev | Write-Esp32Memory $ram 2 -WhatIf | Should -BeNullOrEmpty
        ($dev | Read-Esp32Memory $ram).Value | Should -Be 1
    }

    It 'refuses <Id>' -ForEach @(
        @{ Id = 'EfuseRegisters'; Address = 0x60008800 }
        @{ Id = 'AddressUnmapped'; Address = 0x20000000 }
        @{ Id = 'Misaligned'; Address = 0x60002059 }
        @{ Id = 'RamInUse'; Address = 0x40380000 }
    ) {
        $failure = { $dev | Write-Esp32Memory $Address 0 -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }
}
