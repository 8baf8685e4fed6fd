BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Watch-Esp32Output' {
    BeforeAll {
        New-TestFirmware -Folder $TestDrive
        $port = New-TestChip esp32 @{ ApplicationOutput = 'I (10) main: start', "$([char] 27)[0;31mE (20) main: bad$([char] 27)[0m", 'ready' }
        $null = Write-Esp32Flash @{ 0x1000 = "$TestDrive/bootloader.bin"; 0x8000 = "$TestDrive/partition-table.bin"; 0x10000 = "$TestDrive/app.bin" } -Device $port
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    It 'gives lines with their time until the pattern' {
        $lines = Watch-Esp32Output $port -Reset -Until '^READY$' -Timeout 10
        $lines[-1].Text | Should -Be 'ready'
        $lines[-1].IsMatch | Should -BeTrue
        $lines[0].Text | Should -BeLike 'ets *'
        $lines[0].IsMatch | Should -BeFalse
        $lines[-1].ElapsedSeconds | Should -BeOfType [double]
        (Get-Esp32Simulator $port).IsOpen | Should -BeFalse
    }

    It 'shows no terminal colours' {
        (Watch-Esp32Output $port -Reset -Until ready -Timeout 10).Text | Should -Contain 'E (20) main: bad'
    }

    It 'fails on a failure pattern, and has the line before it' {
        $script:seen = [System.Collections.Generic.List[object]]::new()
        { Watch-Esp32Output $port -Reset -Until ready -FailOn '^E \(' -Timeout 10 | ForEach-Object { $seen.Add($_) } } |
            Should -Throw -ErrorId 'OutputFailed,*'
        $seen[-1].Text | Should -Be 'E (20) main: bad'
    }

    It 'fails when the pattern does not come in time' {
        { Watch-Esp32Output $port -Reset -Until never -Timeout 0.5 } | Should -Throw -ErrorId 'OutputTimeout,*'
        (Get-Esp32Simulator $port).IsOpen | Should -BeFalse
    }

    It 'has the lines so far on the exception: <Id>' -ForEach @(
        @{ Id = 'OutputFailed'; With = @{ Until = 'ready'; FailOn = '^E \('; Timeout = 10 } }
        @{ Id = 'OutputTimeout'; With = @{ Until = 'never'; Timeout = 1 } }
    ) {
        $failure = { Watch-Esp32Output $port -Reset @With } | Should -Throw -ErrorId "$Id,*" -PassThru
        $failure.TargetObject | Should -Be $port
        $failure.Exception.Lines[0].Text | Should -BeLike 'ets *'
        $failure.Exception.Lines.Text | Should -Contain 'I (10) main: start'
        $failure.Exception.Lines.Text | Should -Contain 'E (20) main: bad'
        $failure.Exception.Lines.Text -contains 'ready' | Should -Be ($Id -eq 'OutputTimeout')
    }

    It 'watches without end with -Timeout 0' {
        $time = Stop-Script "Watch-Esp32Output $port -Until never -Timeout 0" { (Get-Esp32Simulator $port).IsOpen }
        $time.TotalSeconds | Should -BeLessThan 5
        (Watch-Esp32Output $port -Reset -Until ready -Timeout 0)[-1].IsMatch | Should -BeTrue
    }

    It 'keeps a session in use: <Title>' -ForEach @(
        @{ Title = 'the line comes'; With = @{ Until = 'ready'; Timeout = 10 }; Id = $null }
        @{ Title = 'the line means failure'; With = @{ Until = 'ready'; FailOn = '^E \('; Timeout = 10 }; Id = 'OutputFailed' }
        @{ Title = 'the time is over'; With = @{ Until = 'never'; Timeout = 0.5 }; Id = 'OutputTimeout' }
    ) {
        $dev = Connect-Esp32Device $port -BaudRate 921600
        $before = $dev | Get-Esp32FlashHash 0x10000 4KB
        try {
            $lines = $dev | Watch-Esp32Output -KeepSession @With -ErrorVariable failures -ErrorAction SilentlyContinue
            @($failures | ForEach-Object FullyQualifiedErrorId) -join ' ' | Should -BeLike $(if ($Id) { "$Id,*" } else { '' })
            $lines.Text | Should -Contain 'E (20) main: bad'
            $dev.IsClosed | Should -BeFalse
            $dev.BaudRate | Should -Be 921600
            ($dev | Get-Esp32FlashHash 0x10000 4KB).Hash | Should -Be $before.Hash
        }
        finally {
            $dev | Disconnect-Esp32Device
        }
    }

    It 'keeps a session in use when a later cmdlet has enough' {
        $dev = Connect-Esp32Device $port
        $dev | Watch-Esp32Output -KeepSession -Timeout 10 | Select-Object -First 1 | Should -Not -BeNullOrEmpty
        $dev.IsClosed | Should -BeFalse
        ($dev | Get-Esp32Device).Chip | Should -Be 'ESP32'
        $dev | Disconnect-Esp32Device
    }

    It 'has no session to keep where a port is named' {
        { Watch-Esp32Output $port -KeepSession -Timeout 1 } | Should -Throw -ErrorId 'SettingsConflict,*'
    }

    It 'is over after the timeout without a pattern' {
        (Watch-Esp32Output $port -Reset -Timeout 5).Text | Should -Contain 'ready'
    }

    It 'ends a session and restarts its chip' {
        $dev = Connect-Esp32Device $port
        $lines = $dev | Watch-Esp32Output -Until ready -Timeout 10
        $lines[-1].Text | Should -Be 'ready'
        $dev.IsClosed | Should -BeTrue
    }

    It 'refuses a pattern that is none' {
        { Watch-Esp32Output $port -Until '(' } | Should -Throw -ErrorId 'ValueInvalid,*'
    }

    It 'ends when it is stopped, and frees the port' {
        $slow = New-TestChip esp32 @{ Timing = $true }
        try {
            $time = Stop-Script "Watch-Esp32Output $slow" { (Get-Esp32Simulator $slow).IsOpen }
            $time.TotalSeconds | Should -BeLessThan 5
            (Get-Esp32Simulator $slow).IsOpen | Should -BeFalse
        }
        finally {
            Remove-Esp32Simulator $slow
        }
    }

    It 'frees the port when the pipeline ends before it' {
        $first = Watch-Esp32Output $port -Reset -Timeout 10 | Select-Object -First 1
        $first | Should -Not -BeNullOrEmpty
        (Get-Esp32Simulator $port).IsOpen | Should -BeFalse
    }
}
