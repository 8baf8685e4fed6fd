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
        ($dev | Read-Esp32Memory ($ram + 0x101) 9).GetBytes() | Should -Be 1, 2, 0xAA, 0xBB, 5, 6, 7, 8, 9
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

    It 'names the id that lifts <Id>' -ForEach @(
        @{ Id = 'EfuseRegisters'; Address = 0x60008800; Other = 'AddressUnmapped' }
        @{ Id = 'AddressUnmapped'; Address = 0x20000000; Other = 'EfuseRegisters' }
    ) {
        $failure = { $dev | Write-Esp32Memory $Address 0 -Force $Other -Confirm:$false -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.ErrorDetails.RecommendedAction | Should -BeLike "*-Force $Id."
    }
}

Describe 'Write-Esp32Memory and the eFuse controller' {
    BeforeAll {
        # Data, key and command: what burns BLOCK3 of an ESP32-C3.
        function Write-Burn($Device, $With) {
            $Device | Write-Esp32Memory 0x60008800 (, [uint32]::MaxValue * 8) @With
            $Device | Write-Esp32Memory 0x600089CC 0x5A5A @With
            $Device | Write-Esp32Memory 0x600089D4 0xE @With
        }

        function Get-UserData($Port) {
            (Read-Esp32Memory -Device $Port 0x6000887C 32).GetBytes()
        }
    }

    BeforeEach {
        $port = New-TestChip esp32c3
        $dev = Connect-Esp32Device $port
    }

    AfterEach {
        $dev | Disconnect-Esp32Device
        Remove-Esp32Simulator $port
    }

    It 'burns nothing <Name>' -ForEach @(
        @{ Name = 'unasked'; With = @{ Confirm = $false } }
        @{ Name = 'by another id'; With = @{ Force = 'AddressUnmapped'; Confirm = $false } }
        @{ Name = 'with -WhatIf'; With = @{ Force = 'EfuseRegisters'; WhatIf = $true } }
        @{ Name = 'where nobody can be asked'; With = @{ Force = 'EfuseRegisters' } }
        @{ Name = 'where nobody can be asked, side by side'; With = @{ Force = 'EfuseRegisters'; ThrottleLimit = 2 } }
    ) {
        try { Write-Burn $dev $With } catch { $_.FullyQualifiedErrorId | Should -Not -BeLike 'ValueInvalid*' }
        $dev | Disconnect-Esp32Device
        Get-UserData $port | Should -Be (, 0 * 32)
    }

    It 'asks as a burn does' {
        # This host has nobody to ask; a preference that asks for less does not ask at all.
        { $dev | Write-Esp32Memory 0x60008800 0 -Force EfuseRegisters } | Should -Throw
        { $dev | Write-Esp32Memory 0x3FCB0000 0 -Force EfuseRegisters } | Should -Not -Throw
        { $dev | Write-Esp32Memory 0x60008800 0 -Force EfuseRegisters -Confirm:$false } | Should -Not -Throw
        $ConfirmPreference = 'None'
        { $dev | Write-Esp32Memory 0x60008800 0 -Force EfuseRegisters } | Should -Not -Throw
    }

    It 'burns when it is lifted and confirmed' {
        Write-Burn $dev @{ Force = 'EfuseRegisters'; Confirm = $false } | Out-Null
        $dev | Disconnect-Esp32Device
        Get-UserData $port | Should -Not -Be (, 0 * 32)
    }
}
