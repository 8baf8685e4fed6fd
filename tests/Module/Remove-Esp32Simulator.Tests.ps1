BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Remove-Esp32Simulator' {
    It 'removes a chip, by its object, and its servers with it' {
        $port = New-TestChip esp32
        $server = Start-Esp32SimulatorServer $port
        Get-Esp32Simulator $port | Remove-Esp32Simulator
        { Get-Esp32Simulator $port } | Should -Throw -ErrorId 'SimulatorNotFound,*'
        { Get-Esp32Device $server.PortName } | Should -Throw -ErrorId 'PortUnreachable,*'
    }

    It 'removes nothing with -WhatIf' {
        $port = New-TestChip esp32
        Remove-Esp32Simulator $port -WhatIf
        (Get-Esp32Simulator $port).PortName | Should -Be $port
        Remove-Esp32Simulator $port
    }

    It 'reports a name that is none' {
        { Remove-Esp32Simulator nobody } | Should -Throw -ErrorId 'SimulatorNotFound,*'
    }
}
