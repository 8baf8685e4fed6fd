BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Start-Esp32SimulatorServer' {
    BeforeEach {
        $port = New-TestChip esp32
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'serves a chip: <_>' -ForEach 'Socket', 'Rfc2217', 'PseudoTerminal' {
        if ($_ -eq 'PseudoTerminal' -and -not (Test-Path /dev/ptmx)) {
            Set-ItResult -Skipped -Because 'there are no pseudo-terminals here'
        }

        $server = Start-Esp32SimulatorServer $port -Protocol $_
        $info = Get-Esp32Device $server.PortName -BaudRate 115200
        $info.Chip | Should -Be 'ESP32'
        $info.PortName | Should -Be $server.PortName
    }

    It 'listens on this machine only, on a free port' {
        $server = Get-Esp32Simulator $port | Start-Esp32SimulatorServer
        $server.PortName | Should -Match '^socket://127\.0\.0\.1:\d+$'
        $server.Protocol | Should -Be 'Socket'
    }

    It 'reports a TCP port that is in use' {
        $server = Start-Esp32SimulatorServer $port
        $number = ([uri] $server.PortName).Port
        { Start-Esp32SimulatorServer $port -TcpPort $number } | Should -Throw -ErrorId 'PortInUse,*'
    }

    It 'reports a chip that is none' {
        { Start-Esp32SimulatorServer nobody } | Should -Throw -ErrorId 'SimulatorNotFound,*'
    }

    It 'starts nothing with -WhatIf' {
        Start-Esp32SimulatorServer $port -WhatIf | Should -BeNullOrEmpty
    }
}
