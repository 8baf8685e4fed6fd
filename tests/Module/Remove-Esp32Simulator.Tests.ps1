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

    It 'ends the session with the chip, so that its name means the next chip of that name' {
        $port = New-TestChip esp32
        $name = $port -replace '^virtual:'
        $device = Connect-Esp32Device $port
        Remove-Esp32Simulator $port
        $device.State | Should -Be 'Closed'
        { $device | Get-Esp32Device } | Should -Throw -ErrorId 'SessionClosed,*'
        try {
            $null = New-Esp32Simulator esp32c3 $name
            (Get-Esp32Device $port).Chip | Should -Be 'ESP32-C3'
            $device | Disconnect-Esp32Device
        }
        finally {
            Remove-Esp32Simulator $name
        }
    }

    It 'removes a chip whose state cannot be saved, and says so' {
        $folder = Join-Path $TestDrive 'gone'
        $name = "test-$([guid]::NewGuid().ToString('n').Substring(0, 12))"
        $null = New-Esp32Simulator esp32 $name -StatePath "$folder/state"
        $device = Connect-Esp32Device "virtual:$name"
        if (Test-Path $folder) { Remove-Item $folder -Recurse }
        Set-Content $folder 'a file in the place of the folder'
        { Remove-Esp32Simulator $name } | Should -Throw -ErrorId 'FileAccess,*'
        { Get-Esp32Simulator $name } | Should -Throw -ErrorId 'SimulatorNotFound,*'
        $device.State | Should -Be 'Closed'
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
