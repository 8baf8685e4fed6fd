# Serial ports of Windows and macOS go through the host's System.IO.Ports; so does a pseudo-terminal, if it is asked to.
BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    Add-Type -Path (Join-Path (Split-Path (Get-ModuleManifest)) 'bin/Esp32Tools.SerialPort.dll')
}

Describe 'Esp32Tools.SerialPort' {
    It 'uses the System.IO.Ports that PowerShell brings' {
        $type = [Esp32Tools.SerialPort.SerialPortTransportProvider].Assembly.GetType('Esp32Tools.SerialPort.HostPort').GetField('_port', 'Instance, NonPublic').FieldType
        $type.FullName | Should -Be 'System.IO.Ports.SerialPort'
        if ($PSEdition -eq 'Desktop') {
            $type.Assembly.GetName().Name | Should -Be 'System'
        }
        else {
            $type.Assembly.GetName().Name | Should -Be 'System.IO.Ports'
            $type.Assembly.Location | Should -BeLike "$([WildcardPattern]::Escape($PSHOME))*"
        }
    }

    It 'carries a session' {
        if (-not (Test-Path /dev/ptmx)) {
            Set-ItResult -Skipped -Because 'there are no pseudo-terminals here'
        }

        $chip = New-TestChip esp32
        $server = Start-Esp32SimulatorServer $chip -Protocol PseudoTerminal
        $device = $null
        try {
            $port = [Esp32Tools.SerialPort.SerialPortTransportProvider]::new().Open($server.PortName, [System.Threading.CancellationToken]::None)
            $device = [Esp32Tools.Devices.DeviceConnector]::Connect($port, [Esp32Tools.Devices.ConnectOptions]::new(), [System.Threading.CancellationToken]::None)
            (Get-Esp32FlashHash -Device $device 0 4096).Length | Should -Be 4096
        }
        finally {
            if ($device) { $device.Dispose() }
            $server | Stop-Esp32SimulatorServer
            Remove-Esp32Simulator $chip
        }
    }
}
