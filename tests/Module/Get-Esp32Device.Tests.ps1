BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Get-Esp32Device' {
    BeforeEach {
        $port = New-TestChip esp32 @{ Revision = '3.1' }
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'says what a device is' {
        $info = Get-Esp32Device $port
        $info.PortName | Should -Be $port
        $info.Chip | Should -Be 'ESP32'
        $info.Revision | Should -BeExactly '3.1'
        $info.Mac | Should -Match '^([0-9a-f]{2}:){5}[0-9a-f]{2}$'
        $info.FlashSize | Should -Be 4MB
        $info.CrystalMHz | Should -Be 40
        $info.FlashEncryption | Should -BeFalse
        $info.SecureBoot | Should -Be 0
        $info.Loader | Should -Be 'Stub'
    }

    It 'frees the port, and resets the chip into its application' {
        $null = Get-Esp32Device $port
        (Get-Esp32Simulator $port).IsOpen | Should -BeFalse
        (Get-Esp32Simulator $port).State | Should -Not -BeIn 'RomLoader', 'Stub'
    }

    It 'leaves a session as it was' {
        $dev = Connect-Esp32Device $port
        $null = $dev | Get-Esp32Device
        $dev.IsClosed | Should -BeFalse
        (Get-Esp32Simulator $port).State | Should -Be 'Stub'
        $dev | Disconnect-Esp32Device
    }

    It 'reports a session that is over' {
        $dev = Connect-Esp32Device $port
        $dev | Disconnect-Esp32Device
        { Get-Esp32Device $dev } | Should -Throw -ErrorId 'SessionClosed,*'
    }

    It 'gives one row for a report' {
        $file = Join-Path $TestDrive 'units.csv'
        Get-Esp32Device $port | Export-Csv $file
        $row = Import-Csv $file
        $row.PortName | Should -Be $port
        $row.Features | Should -BeLike '*Wi-Fi*'
        $row.Revision | Should -Be '3.1'
    }

    It 'frees the port before the next cmdlet of the pipeline wants it' {
        $hash = Get-Esp32Device $port | Get-Esp32FlashHash -Address 0 -Length 4KB
        $hash.PortName | Should -Be $port
    }

    It 'tells many devices apart, and reports one that fails' {
        $other = New-TestChip esp32c3
        $infos = Get-Esp32Device $port, nonsense, $other -ErrorAction SilentlyContinue -ErrorVariable failures
        Remove-Esp32Simulator $other
        $infos.PortName | Should -Be $port, $other
        $failures.Count | Should -Be 1
    }
}
