BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Disconnect-Esp32Device' {
    BeforeEach {
        $port = New-TestChip esp32
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'frees the port and starts the application' {
        Connect-Esp32Device $port | Disconnect-Esp32Device
        $chip = Get-Esp32Simulator $port
        $chip.IsOpen | Should -BeFalse
        $chip.State | Should -Not -BeIn 'RomLoader', 'Stub'
    }

    It 'leaves the chip in its stub, for a session without reset' {
        Connect-Esp32Device $port | Disconnect-Esp32Device -After StayInStub
        (Get-Esp32Simulator $port).State | Should -Be 'Stub'
        $dev = Connect-Esp32Device $port -Before NoReset
        $dev.IsStub | Should -BeTrue
        $dev | Disconnect-Esp32Device
    }

    It 'does nothing to a session that is over' {
        $dev = Connect-Esp32Device $port
        $dev | Disconnect-Esp32Device
        { $dev | Disconnect-Esp32Device } | Should -Not -Throw
        $dev.IsClosed | Should -BeTrue
    }

    It 'reports what the chip cannot do' {
        $dev = Connect-Esp32Device $port -NoStub
        { Disconnect-Esp32Device $dev -After StayInStub -ErrorAction Stop } | Should -Throw -ErrorId 'ChipUnsupported,*'
        (Get-Esp32Simulator $port).IsOpen | Should -BeFalse
    }
}
