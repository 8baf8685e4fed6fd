BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Get-Esp32Simulator' {
    It 'has one of each chip without any being made' {
        (Get-Esp32Simulator).Name | Should -Contain 'esp32'
        (Get-Esp32Simulator virtual:esp32c3).Chip | Should -Be 'ESP32-C3'
    }

    It 'selects by wildcards' {
        $port = New-TestChip esp32
        (Get-Esp32Simulator test-*).PortName | Should -Contain $port
        Remove-Esp32Simulator $port
    }

    It 'reports a name that is none' {
        { Get-Esp32Simulator nobody } | Should -Throw -ErrorId 'SimulatorNotFound,*'
        Get-Esp32Simulator nobody* | Should -BeNullOrEmpty
    }
}
