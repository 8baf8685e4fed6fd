BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Connect-Esp32Device' {
    BeforeEach {
        $port = New-TestChip esp32
        $dev = $null
    }

    AfterEach {
        if ($dev) {
            $dev | Disconnect-Esp32Device
        }

        Remove-Esp32Simulator $port
    }

    It 'opens a session with the stub at 460800 baud' {
        $dev = Connect-Esp32Device $port
        $dev.Chip | Should -Be 'ESP32'
        $dev.IsStub | Should -BeTrue
        $dev.BaudRate | Should -Be 460800
    }

    It 'works through the ROM alone with -NoStub' {
        $dev = Connect-Esp32Device $port -NoStub
        $dev.IsStub | Should -BeFalse
    }

    It 'takes a port object, a name and a row from the pipeline' {
        foreach ($source in (Get-Esp32Port $port), $port, [pscustomobject]@{ PortName = $port; Other = 1 }) {
            $session = $source | Connect-Esp32Device
            $session.PortName | Should -Be $port
            $session | Disconnect-Esp32Device
        }
    }

    It 'reports a port in use, and names it' {
        $dev = Connect-Esp32Device $port
        { Connect-Esp32Device $port } | Should -Throw -ErrorId 'PortInUse,*' -ExpectedMessage "*$port*"
    }

    It 'reports <Id> for <Name>' -ForEach @(
        @{ Name = 'a port of no known form'; Id = 'PortNameInvalid'; Bad = 'nonsense' }
        @{ Name = 'a server that is not there'; Id = 'PortUnreachable'; Bad = 'socket://127.0.0.1:1' }
    ) {
        { Connect-Esp32Device $Bad } | Should -Throw -ErrorId "$Id,*"
    }

    It 'has advice and the port with an error, never the cmdlet' {
        $failure = try { Connect-Esp32Device nonsense } catch { $_ }
        $failure.ErrorDetails.RecommendedAction | Should -Match 'COM5'
        $failure.TargetObject | Should -Be 'nonsense'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'refuses another chip than the one expected, and frees the port' {
        { Connect-Esp32Device $port -Chip esp32c3 } | Should -Throw -ErrorId 'ChipMismatch,*'
        (Get-Esp32Simulator $port).IsOpen | Should -BeFalse
    }

    It 'refuses a chip that nobody knows' {
        { Connect-Esp32Device $port -Chip esp99 } | Should -Throw -ErrorId 'ChipUnknown,*'
    }

    It 'refuses a reset sequence that is none' {
        { Connect-Esp32Device $port -ResetSequence 'D0|X1' } | Should -Throw -ErrorId 'ResetSequenceInvalid,*'
    }

    It 'goes on with the others when one of many fails' {
        $sessions = 'nonsense', $port | Connect-Esp32Device -ErrorAction SilentlyContinue -ErrorVariable failures
        $dev = $sessions
        @($sessions).Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'PortNameInvalid,*'
    }

    It 'writes a trace that others can read meanwhile' {
        $trace = Join-Path $TestDrive 'trace.log'
        $dev = Connect-Esp32Device $port -TraceFile $trace
        Get-Content $trace | Should -Contain (@(Get-Content $trace) -match 'SYNC')[0]
    }

    It 'reports a trace file that cannot be written' {
        { Connect-Esp32Device $port -TraceFile (Join-Path $TestDrive 'no/such/folder/trace.log') } | Should -Throw -ErrorId 'FolderNotFound,*'
        (Get-Esp32Simulator $port).IsOpen | Should -BeFalse
    }

    It 'goes on when the trace file cannot be written any more' {
        $trace = Join-Path $TestDrive 'gone.log'
        $dev = Connect-Esp32Device $port -TraceFile $trace
        Remove-Item $trace
        $null = New-Item $trace -ItemType Directory
        $dev | Get-Esp32FlashHash 0 4KB | Should -Not -BeNullOrEmpty
        Remove-Item $trace
        $dev | Get-Esp32FlashHash 0x1000 4KB | Should -Not -BeNullOrEmpty
        Get-Content $trace -Raw | Should -Match 'SPI_FLASH_MD5'
    }

    It 'warns once when the trace file goes away while it connects, and goes on' {
        $closed = New-TestChip esp32c3
        $null = Set-Esp32Efuse -Device $closed -Name ENABLE_SECURITY_DOWNLOAD -Confirm:$false
        $trace = Join-Path $TestDrive 'early.log'
        try {
            # The message that there is no stub comes in the middle of the connection.
            $dev = Connect-Esp32Device $closed -TraceFile $trace -Verbose -WarningVariable warnings -WarningAction SilentlyContinue 4>&1 | ForEach-Object {
                if (Test-Path $trace -PathType Leaf) {
                    Remove-Item $trace
                    $null = New-Item $trace -ItemType Directory
                }

                $_ | Where-Object { $_ -is [Esp32Tools.Devices.Esp32Device] }
            }
            $warnings.Count | Should -Be 1
            "$warnings" | Should -BeLike '*early.log*lacks lines*'
            $dev | Get-Esp32SecurityState -WarningVariable more -WarningAction SilentlyContinue | Should -Not -BeNullOrEmpty
            $more -like '*lacks lines*' | Should -BeNullOrEmpty
        }
        finally {
            $dev | Disconnect-Esp32Device
            Remove-Esp32Simulator $closed
        }
    }

    It 'takes no device and no pipe as a trace file, at the beginning or later' {
        if (-not (Test-Path /dev/full)) { Set-ItResult -Skipped -Because 'this system has no /dev/full'; return }

        $pipe = Join-Path $TestDrive 'pipe.log'
        & mkfifo $pipe
        foreach ($path in '/dev/full', $pipe) {
            { Connect-Esp32Device $port -TraceFile $path } | Should -Throw -ErrorId 'FileAccess,*'
        }

        $trace = Join-Path $TestDrive 'exchanged.log'
        $dev = Connect-Esp32Device $port -TraceFile $trace
        Move-Item $pipe $trace -Force
        $dev | Get-Esp32FlashHash 0 4KB -WarningVariable warnings -WarningAction SilentlyContinue | Should -Not -BeNullOrEmpty
        "$warnings" | Should -BeLike '*device or a pipe*'
    }

    It 'warns in the cmdlet that meets it when the trace file goes away later' {
        $trace = Join-Path $TestDrive 'lost.log'
        $dev = Connect-Esp32Device $port -TraceFile $trace -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        Remove-Item $trace
        $null = New-Item $trace -ItemType Directory
        $null = $dev | Get-Esp32FlashHash 0 4KB -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*lost.log*'
        $null = $dev | Get-Esp32FlashHash 0 4KB -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }

    It 'ends at once when it is stopped, and frees the port' {
        $slow = New-TestChip esp32 @{ Timing = $true }
        try {
            $time = Stop-Script "Connect-Esp32Device $slow -BaudRate 115200; Read-Esp32Flash -Device $slow 0 4MB" { (Get-Esp32Simulator $slow).IsOpen }
            $time.TotalSeconds | Should -BeLessThan 5
        }
        finally {
            Remove-Esp32Simulator $slow
        }
    }
}
