BeforeAll {
    . "$PSScriptRoot/Shared.ps1"

    # In a frame of its own, so that no variable and no temporary of a test holds the session.
    function Open-AndForget([string] $Port) {
        $null = Connect-Esp32Device $Port
    }

    function Invoke-Collector {
        foreach ($round in 1..3) {
            [GC]::Collect()
            [GC]::WaitForPendingFinalizers()
        }
    }
}

Describe 'Get-Esp32Session' {
    BeforeEach {
        $port = New-TestChip esp32
    }

    AfterEach {
        Get-Esp32Session "$port*" | Disconnect-Esp32Device -ErrorAction SilentlyContinue
        Remove-Esp32Simulator $port
    }

    It 'lists what is open, as data' {
        $before = Get-Date
        $dev = Connect-Esp32Device $port -BaudRate 460800
        $session = Get-Esp32Session $port
        $session.PortName | Should -Be $port
        $session.Chip | Should -Be 'ESP32'
        $session.Mac | Should -BeNullOrEmpty
        $session.Loader | Should -Be 'Stub'
        $session.BaudRate | Should -Be 460800
        $session.Since | Should -BeGreaterOrEqual $before
        $session.State | Should -Be 'Open'
        $mac = ($dev | Get-Esp32Device).Mac
        (Get-Esp32Session).Where{ $_.PortName -eq $port }.Mac | Should -Be $mac
        $dev | Disconnect-Esp32Device
        Get-Esp32Session "$port*" | Should -BeNullOrEmpty
        { Get-Esp32Session $port -ErrorAction Stop } | Should -Throw -ErrorId 'SessionClosed,*'
    }

    It 'is of the process: every runspace sees the same' {
        $dev = Connect-Esp32Device $port
        $other = [powershell]::Create().AddScript("Import-Module '$(Get-ModuleManifest)'; (Get-Esp32Session $port).PortName; (Get-Esp32Device $port).Mac")
        $other.Invoke() | Should -Be $port, ($dev | Get-Esp32Device).Mac
        $other.Dispose()
        $dev.IsClosed | Should -BeFalse
    }

    It 'says that another runspace works on a session, which then belongs to that one' {
        Use-TestSessionElsewhere $port {
            (Get-Esp32Session $port).State | Should -Be 'InUse'
            { Get-Esp32Device $port } | Should -Throw -ErrorId 'PortInUse,*' -ExpectedMessage '*another runspace*'
        }
    }
}

Describe 'The name of a port with an open session' {
    BeforeEach {
        $port = New-TestChip esp32
        $dev = Connect-Esp32Device $port -BaudRate 460800
    }

    AfterEach {
        $dev.Dispose()
        Remove-Esp32Simulator $port
    }

    It 'means the session, which stays open' {
        (Get-Esp32Device $port).Mac | Should -Be ($dev | Get-Esp32Device).Mac
        $null = Write-Esp32Flash @{ 0x200000 = [byte[]] (1..16) } -Device $port.ToUpperInvariant()
        (Get-Esp32Simulator $port).State | Should -Be 'Stub'
        $dev.IsClosed | Should -BeFalse
        $dev.BaudRate | Should -Be 460800
    }

    It 'means it in a pipeline and side by side, too' {
        $second = New-TestChip esp32c3
        $devices = $dev, (Connect-Esp32Device $second)
        ($devices | Get-Esp32Device | Get-Esp32FlashHash 0 4KB).PortName | Should -Be $port, $second
        ($port, $second | Get-Esp32FlashHash 0 4KB -ThrottleLimit 2).PortName | Sort-Object | Should -Be ($port, $second | Sort-Object)
        $devices.IsClosed | Should -Not -Contain $true
        $devices | Disconnect-Esp32Device
        Remove-Esp32Simulator $second
    }

    It 'opens no second one' {
        { Connect-Esp32Device $port } | Should -Throw -ErrorId 'PortInUse,*'
    }

    It 'is enough to end it' {
        Disconnect-Esp32Device $port
        $dev.IsClosed | Should -BeTrue
        (Get-Esp32Simulator $port).IsOpen | Should -BeFalse
        { Disconnect-Esp32Device $port -ErrorAction Stop } | Should -Not -Throw
    }
}

Describe 'A session' {
    BeforeEach {
        $port = New-TestChip esp32
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'gives its port back when nobody holds it any more' {
        Open-AndForget $port
        (Get-Esp32Simulator $port).IsOpen | Should -BeTrue
        Invoke-Collector
        (Get-Esp32Simulator $port).IsOpen | Should -BeFalse
        Get-Esp32Session "$port*" | Should -BeNullOrEmpty
        (Get-Esp32Device $port).Chip | Should -Be 'ESP32'
    }

    It 'keeps its port as long as somebody holds it' {
        $dev = Connect-Esp32Device $port
        Invoke-Collector
        (Get-Esp32Simulator $port).IsOpen | Should -BeTrue
        ($dev | Get-Esp32Device).Chip | Should -Be 'ESP32'
        $dev | Disconnect-Esp32Device
    }

    It 'keeps it after it was connected again, too' {
        $dev = Connect-Esp32Device $port
        (Get-Esp32Simulator $port).Arm([Esp32Tools.Simulator.Faults.FaultPlan]::Parse('unplug@tochip:100000=replug'))
        $noise = [byte[]]::new(200KB)
        [System.Random]::new(3).NextBytes($noise)
        (Write-Esp32Flash @{ 0x40000 = $noise } -Device $dev).Reconnects | Should -Be 1
        Invoke-Collector
        ($dev | Get-Esp32Device).Chip | Should -Be 'ESP32'
        $dev | Disconnect-Esp32Device
    }

    It 'knows that it is closed when its port went away, and its end is no error' {
        $dev = Connect-Esp32Device $port
        $chip = Get-Esp32Simulator $port
        $chip.Unplug()
        { $dev | Read-Esp32Flash 0 16 -ErrorAction Stop } | Should -Throw -ErrorId 'PortLost,*'
        $dev.IsClosed | Should -BeTrue
        { Get-Esp32Device $dev } | Should -Throw -ErrorId 'SessionClosed,*' -ExpectedMessage '*its port went away*'
        Get-Esp32Session "$port*" | Should -BeNullOrEmpty
        $dev | Disconnect-Esp32Device -ErrorAction Stop
        Disconnect-Esp32Device $port -ErrorAction Stop
        $chip.Replug()
        (Get-Esp32Device $port).Chip | Should -Be 'ESP32'
    }
}
