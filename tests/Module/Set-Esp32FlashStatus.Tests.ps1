BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Set-Esp32FlashStatus' {
    BeforeEach {
        $port = New-TestChip esp32
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'writes what lasts, and no more than was asked for' {
        $before = (Get-Esp32FlashChip -Device $port).Status
        $result = Set-Esp32FlashStatus -Device $port 0x1C -Confirm:$false
        $result.Before | Should -Be $before
        $result.After | Should -Be (($before -band 0xFFFF00) -bor 0x1C)
        $result.Registers | Should -Be 1
        $result.Verified | Should -BeTrue
        (Get-Esp32FlashChip -Device $port).IsProtected | Should -BeTrue
    }

    It 'leaves alone what is so already, and asks nobody' {
        Set-Esp32FlashStatus -Device $port 0x0C -Confirm:$false | Out-Null
        (Set-Esp32FlashStatus -Device $port 0x0C).Changed | Should -BeFalse
    }

    It 'writes nothing with WhatIf' {
        Set-Esp32FlashStatus -Device $port 0x1C -WhatIf | Should -BeNullOrEmpty
        (Get-Esp32FlashChip -Device $port).IsProtected | Should -BeFalse
    }

    It 'sets for a while' {
        $dev = Connect-Esp32Device $port
        ($dev | Set-Esp32FlashStatus 0x04 -Volatile -Confirm:$false).Volatile | Should -BeTrue
        ($dev | Get-Esp32FlashChip).IsProtected | Should -BeTrue
        $dev | Disconnect-Esp32Device
        (Get-Esp32FlashChip -Device $port).IsProtected | Should -BeFalse
    }

    It 'takes as many registers as it is told' {
        (Set-Esp32FlashStatus -Device $port 0 -RegisterCount 3 -Confirm:$false).After | Should -Be 0
        { Set-Esp32FlashStatus -Device $port 0x1000000 -Confirm:$false } | Should -Throw
    }
}
