BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Restart-Esp32Device' {
    BeforeEach {
        $port = New-TestChip esp32
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'restarts into the loader and into the application' {
        Restart-Esp32Device $port -Into Loader
        (Get-Esp32Simulator $port).State | Should -Be 'RomLoader'
        Restart-Esp32Device $port
        (Get-Esp32Simulator $port).State | Should -Not -BeIn 'RomLoader', 'Stub'
        (Get-Esp32Simulator $port).IsOpen | Should -BeFalse
    }

    It 'ends a session' {
        $dev = Connect-Esp32Device $port
        $dev | Restart-Esp32Device
        $dev.IsClosed | Should -BeTrue
        (Get-Esp32Simulator $port).State | Should -Not -BeIn 'RomLoader', 'Stub'
    }

    It 'takes the chip of a session into the loader of its ROM' {
        $dev = Connect-Esp32Device $port
        $dev | Restart-Esp32Device -Into Loader
        $dev.IsClosed | Should -BeTrue
        (Get-Esp32Simulator $port).State | Should -Be 'RomLoader'
    }

    It 'reports a port that has no lines to reset by, and keeps the session' {
        $server = Start-Esp32SimulatorServer $port -Protocol Socket
        $dev = Connect-Esp32Device $server.PortName -BaudRate 115200
        { Restart-Esp32Device $dev } | Should -Throw -ErrorId 'PortUnsupported,*'
        $dev.IsClosed | Should -BeFalse
        $dev | Disconnect-Esp32Device
    }

    It 'does nothing with -WhatIf' {
        $dev = Connect-Esp32Device $port
        $dev | Restart-Esp32Device -WhatIf
        $dev.IsClosed | Should -BeFalse
        $dev | Disconnect-Esp32Device
    }
}
