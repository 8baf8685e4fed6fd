BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Get-Esp32Port' {
    BeforeAll {
        $port = New-TestChip esp32c3 @{ UsbSerialJtag = $true }
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    It 'lists virtual chips among the ports' {
        (Get-Esp32Port).PortName | Should -Contain $port
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'vendor'; Filter = @{ VendorId = 0x303A } }
        @{ Name = 'product'; Filter = @{ ProductId = 0x1001 } }
        @{ Name = 'wildcard'; Filter = @{ Name = 'virtual:test-*' } }
        @{ Name = 'kind and description'; Filter = @{ Kind = 'Virtual'; Description = '*C3*'; VendorId = 0x303A } }
    ) {
        $found = @(Get-Esp32Port @Filter)
        $found.PortName | Should -Contain $port
        $found.PortName | Should -Not -Contain 'virtual:esp32'
    }

    It 'is quiet about what is not there' {
        Get-Esp32Port -SerialNumber none | Should -BeNullOrEmpty
    }

    It 'gives numbers for ids' {
        (Get-Esp32Port $port).VendorId | Should -BeExactly 0x303A
    }
}
