BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Stop-Esp32SimulatorServer' {
    BeforeEach {
        $port = New-TestChip esp32
        $server = Start-Esp32SimulatorServer $port
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'stops a server, by its object or by the name of its chip' -ForEach 'object', 'name' {
        if ($_ -eq 'object') {
            $server | Stop-Esp32SimulatorServer
        }
        else {
            Stop-Esp32SimulatorServer $server.Name
        }

        { Get-Esp32Device $server.PortName } | Should -Throw -ErrorId 'PortUnreachable,*'
        (Get-Esp32Simulator $port).PortName | Should -Be $port
    }

    It 'is not needed where the module is removed: its servers end with it' {
        $name = Invoke-OtherProcess @"
            Import-Module '$(Get-ModuleManifest)'
            `$server = Start-Esp32SimulatorServer (New-Esp32Simulator -Chip esp32 -Name served).PortName
            `$client = [System.Net.Sockets.TcpClient]::new()
            Remove-Module Esp32Tools
            try { `$client.Connect('127.0.0.1', ([uri] `$server.PortName).Port); 'still there' } catch { 'ended' }
"@
        $name | Should -Be 'ended'
    }

    It 'stops one twice without complaint' {
        $server | Stop-Esp32SimulatorServer
        { $server | Stop-Esp32SimulatorServer } | Should -Not -Throw
    }

    It 'stops nothing with -WhatIf' {
        $server | Stop-Esp32SimulatorServer -WhatIf
        (Get-Esp32Device $server.PortName -BaudRate 115200).Chip | Should -Be 'ESP32'
    }
}
