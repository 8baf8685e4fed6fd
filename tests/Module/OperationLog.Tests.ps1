# -LogPath and -TraceFile, which every device cmdlet has.
BeforeDiscovery {
    . "$PSScriptRoot/Shared.ps1"
    $devices = @(Get-Command -Module Esp32Tools | Where-Object { $_.Parameters.ContainsKey('ThrottleLimit') } | ForEach-Object { @{ Name = $_.Name } })
}

BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $null = New-TestFirmware -Folder $TestDrive
    $app = "$TestDrive/app.bin"

    function New-Path([string] $Extension) { Join-Path $TestDrive "$([guid]::NewGuid()).$Extension" }
    function Get-Log([string] $Path) { Get-Content $Path | ConvertFrom-Json }
}

Describe '<Name>' -ForEach $devices {
    It 'has a log and a trace' {
        $parameters = (Get-Command $Name).Parameters
        $parameters.Keys | Should -Contain 'LogPath'
        $parameters.Keys | Should -Contain 'TraceFile'
    }
}

Describe 'The log' {
    BeforeEach {
        $log = New-Path jsonl
        $port = New-TestChip esp32
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'has a line for each cmdlet and device, with time, MAC, outcome and seconds' {
        $mac = (Get-Esp32Device $port -LogPath $log).Mac
        $null = Write-Esp32Flash @{ 0x10000 = $app } -Device $port -LogPath $log
        $lines = @(Get-Log $log)
        $lines.Cmdlet | Should -Be 'Get-Esp32Device', 'Write-Esp32Flash'
        $lines.Port | Should -Be $port, $port
        $lines.Mac | Should -Be $mac, $mac
        $lines.Outcome | Should -Be 'Done', 'Done'
        $lines[0].ErrorId | Should -BeNullOrEmpty
        $lines[0].Seconds | Should -BeOfType [ValueType]
        $lines[0].Seconds | Should -BeGreaterOrEqual 0
        $lines[1].Time | Should -BeGreaterOrEqual $lines[0].Time
        $lines[0].PSObject.Properties.Name | Should -Be 'Time', 'Cmdlet', 'Port', 'Mac', 'Outcome', 'ErrorId', 'Seconds'
    }

    It 'has the error id of a failure, terminating or not' {
        { Write-Esp32Flash @{ 0x1000 = "$TestDrive/app.bin" } -Device virtual:nobody -LogPath $log } | Should -Throw
        { Read-Esp32Flash -Device $port 0xFFFF000 4KB -LogPath $log } | Should -Throw -ErrorId 'BeyondFlash,*'
        'nonsense', $port | Get-Esp32Device -LogPath $log -ErrorAction SilentlyContinue | Should -Not -BeNullOrEmpty
        $lines = @(Get-Log $log)
        $lines.Outcome | Should -Be 'Failed', 'Failed', 'Failed', 'Done'
        $lines.ErrorId | Should -Be 'PortNotFound', 'BeyondFlash', 'PortNameInvalid', $null
        $lines[1].Mac | Should -Match '^[0-9A-Fa-f:]{17}$'
    }

    It 'says that -WhatIf or an answer declined' {
        Clear-Esp32Flash -Device $port 0 4KB -WhatIf -LogPath $log
        Set-Esp32Efuse -Device $port -Name ABS_DONE_0 -WhatIf -LogPath $log
        (Get-Log $log).Outcome | Should -Be 'Declined', 'Declined'
    }

    It 'says that it was stopped' {
        $slow = New-TestChip esp32 @{ Timing = $true }
        try {
            $null = Stop-Script "Read-Esp32Flash -Device $slow 0 4MB -BaudRate 115200 -LogPath '$log'" { (Get-Esp32Simulator $slow).IsOpen }
            (Get-Log $log).Outcome | Should -Be 'Stopped'
        }
        finally {
            Remove-Esp32Simulator $slow
        }
    }

    It 'tells the time of its own work, and is written before a later cmdlet begins' {
        Get-Esp32Device $port -LogPath $log | ForEach-Object { Start-Sleep -Seconds 3 } | Out-Null
        (Get-Log $log).Seconds | Should -BeLessThan 3
    }

    It 'has sessions, connecting, watching and restarting' {
        $dev = Connect-Esp32Device $port -LogPath $log
        $null = $dev | Get-Esp32FlashHash 0 4KB -LogPath $log
        $null = $dev | Watch-Esp32Output -KeepSession -Timeout 0.1 -LogPath $log
        $dev | Restart-Esp32Device -LogPath $log
        $lines = Get-Log $log
        $lines.Cmdlet | Should -Be 'Connect-Esp32Device', 'Get-Esp32FlashHash', 'Watch-Esp32Output', 'Restart-Esp32Device'
        $lines.Mac | Sort-Object -Unique | Should -HaveCount 1
        $lines.Mac[0] | Should -Not -BeNullOrEmpty
    }

    It 'is one file for devices side by side and for other processes, in whole lines' {
        $many = 1..6 | ForEach-Object { New-TestChip esp32 }
        $module = Get-ModuleManifest
        $other = Start-Job -ScriptBlock {
            param($Module, $Log)
            Import-Module $Module
            1..20 | ForEach-Object { $null = Get-Esp32Device virtual:esp32 -LogPath $Log }
        } -ArgumentList $module, $log
        try {
            1..5 | ForEach-Object { $null = $many | Get-Esp32Device -ThrottleLimit 6 -LogPath $log }
            $null = $other | Wait-Job -Timeout 100 | Receive-Job
            $lines = @(Get-Log $log)
            $lines.Count | Should -Be 50
            $lines | Group-Object Port | Sort-Object Count | ForEach-Object Count | Should -Be 5, 5, 5, 5, 5, 5, 20
        }
        finally {
            $other | Remove-Job -Force
            $many | Remove-Esp32Simulator
        }
    }

    It 'begins a line of its own after half a line that somebody left' {
        [System.IO.File]::WriteAllText($log, '{"Time":"20')
        $null = Get-Esp32Device $port -LogPath $log
        @(Get-Content $log).Count | Should -Be 2
        (Get-Content $log)[1] | ConvertFrom-Json | ForEach-Object Outcome | Should -Be 'Done'
    }

    It 'is ASCII in one line, whatever the port is called' {
        $null = "no such`u{202E}port" | Get-Esp32Device -LogPath $log -ErrorAction SilentlyContinue
        @(Get-Content $log).Count | Should -Be 1
        Get-Content $log -Raw | Should -Match '^[ -~]+\n$'
        (Get-Log $log).ErrorId | Should -Be PortNameInvalid
    }

    It 'has no key' {
        $key = [byte[]] (1..32)
        $null = Write-Esp32EfuseKey -Device $port -Purpose FlashEncryption -Key $key -Confirm:$false -LogPath $log
        Find-KeyIn (Get-Content $log -Raw) $key | Should -BeNullOrEmpty
        (Get-Log $log).Outcome | Should -Be 'Done'
    }

    It 'is an error at once where it cannot be written, and a warning later' {
        { Get-Esp32Device $port -LogPath "$TestDrive/no/such/folder/run.jsonl" } | Should -Throw -ErrorId 'FolderNotFound,*'
        $path = "$TestDrive/later.jsonl"
        & {
            # The log is made when the pipeline begins, and goes away before the first device.
            Remove-Item $path
            $null = New-Item $path -ItemType Directory
            $port
        } | Get-Esp32Device -LogPath $path -WarningVariable warnings -WarningAction SilentlyContinue | Should -Not -BeNullOrEmpty
        "$warnings" | Should -BeLike "The log '*later.jsonl' lacks lines*"
    }
}

Describe 'The trace' {
    It 'has the frames of a named port, with its name, and shows no key' {
        $port = New-TestChip esp32
        $trace = New-Path trace
        $key = [byte[]] (101..132)
        $null = Write-Esp32EfuseKey -Device $port -Purpose FlashEncryption -Key $key -Confirm:$false -TraceFile $trace
        Get-Content $trace | ForEach-Object { $_ | Should -BeLike "$port *" }
        Get-Content $trace -Raw | Should -Match 'SYNC'
        Find-KeyIn (Get-Content $trace -Raw) $key | Should -BeNullOrEmpty
        Remove-Esp32Simulator $port
    }

    It 'has those of a session from this cmdlet on, and to its end, beside the trace of the session' {
        $port = New-TestChip esp32
        $whole, $part = (New-Path trace), (New-Path trace)
        $dev = Connect-Esp32Device $port -TraceFile $whole
        $null = $dev | Get-Esp32FlashHash 0 4KB -TraceFile $part
        $null = $dev | Read-Esp32Flash 0 4KB
        $dev | Disconnect-Esp32Device
        $text = Get-Content $part -Raw
        $text | Should -Match 'SPI_FLASH_MD5'
        $text | Should -Not -Match 'SYNC'
        $text | Should -Not -Match 'READ_FLASH'
        Get-Content $whole -Raw | Should -Match '(?s)SYNC.*SPI_FLASH_MD5.*READ_FLASH'
        Remove-Esp32Simulator $port
    }

    It 'has the lines of devices side by side, each whole' {
        $ports = 1..4 | ForEach-Object { New-TestChip esp32 }
        $trace = New-Path trace
        $null = $ports | Get-Esp32Device -ThrottleLimit 4 -TraceFile $trace
        $lines = Get-Content $trace
        foreach ($port in $ports) { @($lines -like "$port *").Count | Should -BeGreaterThan 10 }
        $lines | Where-Object { $_ -notmatch "^virtual:\S+ +\d+\.\d{6} (->|<-|--) \S" } | Should -BeNullOrEmpty
        $ports | Remove-Esp32Simulator
    }

    It 'has the frames of a restart into the loader' {
        $port = New-TestChip esp32
        $trace = New-Path trace
        Restart-Esp32Device $port -Into Loader -TraceFile $trace
        Get-Content $trace -Raw | Should -Match 'SYNC'
        Remove-Esp32Simulator $port
    }
}

Describe 'A baud rate that the other end has' {
    BeforeAll {
        $port = New-TestChip esp32
        $socket = (Start-Esp32SimulatorServer $port).PortName
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    It '<Name> warns once, with -BaudRate alone' -ForEach @(
        @{ Name = 'Connect-Esp32Device'; With = @{} }
        @{ Name = 'Get-Esp32Device'; With = @{} }
        @{ Name = 'Watch-Esp32Output'; With = @{ Timeout = 0.1 } }
    ) {
        foreach ($baud in @{}, @{ BaudRate = 921600 }) {
            & $Name $socket @With @baud -WarningVariable warnings -WarningAction SilentlyContinue |
                Where-Object { $_ -is [System.IDisposable] } | Disconnect-Esp32Device
            @($warnings).Count | Should -Be $baud.Count
            "$warnings" | Should -BeLike $(if ($baud.Count) { "*$socket*cannot be changed from here*921600*" } else { '' })
        }
    }
}
