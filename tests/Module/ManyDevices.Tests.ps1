# Many devices in one call: one after the other, or side by side with -ThrottleLimit.
BeforeAll {
    . "$PSScriptRoot/Shared.ps1"

    # Runs a script in a PowerShell of its own, and gives that PowerShell to look at.
    function Invoke-Apart([string] $Script) {
        $shell = [powershell]::Create().AddScript("Import-Module '$(Get-ModuleManifest)'; `$ErrorActionPreference = 'Continue'; $Script")
        $output = $shell.Invoke()
        [pscustomobject]@{ Output = $output; Error = @($shell.Streams.Error); Progress = @($shell.Streams.Progress); Shell = $shell }
    }

    function Get-OpenPort { @($ports | Where-Object { (Get-Esp32Simulator $_).IsOpen }) }
}

Describe 'Many devices' {
    BeforeAll {
        $noise = [byte[]]::new(100KB)
        [System.Random]::new(1).NextBytes($noise)
        [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'noise.bin'), $noise)
        $image = "@{ 0x10000 = '$(Join-Path $TestDrive 'noise.bin')' }"
    }

    BeforeEach {
        # The first keeps time and so is never the first to be done.
        $ports = @(
            New-TestChip esp32 @{ Timing = $true }
            New-TestChip esp32c3
            New-TestChip esp32
            New-TestChip esp32c3
        )
        $list = ($ports | ForEach-Object { "'$_'" }) -join ', '
    }

    AfterEach {
        $ports | Remove-Esp32Simulator
    }

    It 'gives results in the order of the devices unless it is told otherwise' {
        (Get-Esp32Device $ports).PortName | Should -Be $ports
        ($ports | Get-Esp32FlashHash 0 4KB).PortName | Should -Be $ports
    }

    It 'gives results as they come side by side, from the <_>' -ForEach 'command line', 'pipeline' {
        $results = if ($_ -eq 'pipeline') { $ports | Get-Esp32Device -ThrottleLimit 4 } else { Get-Esp32Device $ports -ThrottleLimit 4 }
        $results.PortName | Sort-Object | Should -Be ($ports | Sort-Object)
        $results[-1].PortName | Should -Be $ports[0]
        Get-OpenPort | Should -BeNullOrEmpty
    }

    It 'works on no more at once than it is told' {
        $slow = 1..5 | ForEach-Object { New-TestChip esp32 @{ Timing = $true } }
        $open = Get-Esp32Device $slow -ThrottleLimit 2 | ForEach-Object { @($slow | Where-Object { (Get-Esp32Simulator $_).IsOpen }).Count }
        $slow | Remove-Esp32Simulator
        $open.Count | Should -Be 5
        $open | Where-Object { $_ -gt 2 } | Should -BeNullOrEmpty
    }

    It 'keeps the results of one device together' {
        $results = Get-Esp32Efuse -Device $ports -ThrottleLimit 4
        $changes = for ($i = 1; $i -lt $results.Count; $i++) { if ($results[$i].PortName -ne $results[$i - 1].PortName) { $i } }
        @($changes).Count | Should -Be ($ports.Count - 1)
    }

    It 'lets one that fails disturb no other, and names its port' {
        $bad = New-TestChip esp32 @{ Fault = 'unplug@tochip:60000' }
        $run = Invoke-Apart "$list, '$bad' | Write-Esp32Flash $image -ThrottleLimit 4"
        Remove-Esp32Simulator $bad
        $run.Output.PortName | Sort-Object | Should -Be ($ports | Sort-Object)
        $run.Output.Verified | Should -Not -Contain $false
        $run.Error.Count | Should -Be 1
        $run.Error[0].FullyQualifiedErrorId | Should -Be 'PortLost,Esp32Tools.PowerShell.Commands.Flash.WriteEsp32FlashCommand'
        $run.Error[0].TargetObject | Should -Be $bad
        foreach ($port in $ports) {
            (Get-Esp32Simulator $port).ReadFlash(0x10000, 16) | Should -Be $noise[0..15]
        }
    }

    It 'names the port in an error that is about something else' {
        $null = Get-Esp32FlashHash -Device $ports[1], $ports[2] 0x3FF000 8KB -ThrottleLimit 2 -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures.TargetObject | Sort-Object | Should -Be ($ports[1], $ports[2] | Sort-Object)
    }

    It 'shows a progress line for each device, and completes it' {
        $run = Invoke-Apart "$list | Write-Esp32Flash $image -ThrottleLimit 4"
        foreach ($port in $ports) {
            $records = @($run.Progress | Where-Object Activity -Like "*$port")
            $records[-1].RecordType | Should -Be 'Completed'
            @($records.ActivityId | Sort-Object -Unique).Count | Should -Be 1
        }

        @($run.Progress | Where-Object Activity -Like '*test-*' | ForEach-Object ActivityId | Sort-Object -Unique).Count | Should -Be 4
    }

    It 'counts the boards above their lines, which are in the order of the boards' {
        $run = Invoke-Apart "$list | Write-Esp32Flash $image -ThrottleLimit 4"
        $count = @($run.Progress | Where-Object StatusDescription -Match '^\d of \d boards$')
        $count[-1].StatusDescription | Should -Be '4 of 4 boards'
        $count[-1].RecordType | Should -Be 'Completed'
        $count[0].Activity | Should -Be 'Write-Esp32Flash'
        $lines = @($run.Progress | Where-Object ParentActivityId -EQ $count[0].ActivityId)
        $first = $lines | Group-Object ActivityId | ForEach-Object { $_.Group[0] } | Sort-Object ActivityId
        $first.Activity | Should -Be $ports
        $run = Invoke-Apart "Get-Esp32Device $list"
        ($run.Progress | Where-Object StatusDescription -Match ' boards$')[0].StatusDescription | Should -Be '0 of 4 boards'
    }

    It 'says where a message comes from' {
        $messages = Get-Esp32Device $ports -ThrottleLimit 4 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $messages.Count | Should -BeGreaterThan 3
        $messages | Where-Object { $text = $_.Message; -not ($ports | Where-Object { $text.Contains($_) }) } | Should -BeNullOrEmpty
    }

    It 'says of each what it would do with -WhatIf, and does nothing' {
        $said = Invoke-OtherProcess @"
Import-Module '$(Get-ModuleManifest)'
`$ports = 1..3 | ForEach-Object { (New-Esp32Simulator esp32 -Name "unit-`$_").PortName }
`$ports | Write-Esp32Flash $image -ThrottleLimit 3 -WhatIf
`$ports | ForEach-Object { (Get-Esp32Simulator `$_).ReadFlash(0x10000, 1) }
"@
        @($said -like 'What if: *').Count | Should -Be 3
        1..3 | ForEach-Object { $said -join ' ' | Should -BeLike "*virtual:unit-$_*" }
        $said[-3..-1] | Should -Be '255', '255', '255'
    }

    It 'asks on the thread of the pipeline, for one after the other' {
        $said = 'Y', 'N', 'A' | Invoke-OtherProcess -Interactive @"
Import-Module '$(Get-ModuleManifest)'
`$ports = 1..4 | ForEach-Object { (New-Esp32Simulator esp32 -Name "unit-`$_").PortName }
`$results = @(`$ports | Write-Esp32Flash $image -ThrottleLimit 4 -Confirm)
"written: `$(`$results.Count)"
"@
        $said | Should -Contain 'written: 3'
    }

    It 'works on each with the values that came with it' {
        foreach ($i in 0..3) {
            (Get-Esp32Simulator $ports[$i]).LoadFlash(0x1000 * $i, [byte[]] (, $i * 16))
        }

        $rows = 0..3 | ForEach-Object { [pscustomobject]@{ PortName = $ports[$_]; Address = 0x1000 * $_; Length = 16 } }
        $regions = $rows | Read-Esp32Flash -ThrottleLimit 4 | Sort-Object Address
        $regions.PortName | Should -Be $ports
        0..3 | ForEach-Object { $regions[$_].GetBytes() | Should -Be (, $_ * 16) }
    }

    It 'works on a device that is given twice one time after the other' {
        $results = $ports[1], $ports[2], $ports[1].ToUpperInvariant() | Write-Esp32Flash (@{ 0x10000 = $noise }) -ThrottleLimit 4
        $results.Count | Should -Be 3
        ($results | Where-Object PortName -EQ $ports[1]).Skipped | Should -Be $false, $true
    }

    It 'lets only one of them write a file' {
        $file = Join-Path $TestDrive 'one.bin'
        $regions = Read-Esp32Flash -Device $ports 0 4KB $file -Force -ThrottleLimit 4 -ErrorAction SilentlyContinue -ErrorVariable failures
        @($regions).Count | Should -Be 1
        $failures.FullyQualifiedErrorId | Should -Be (, 'FileExists,Esp32Tools.PowerShell.Commands.Flash.ReadEsp32FlashCommand' * 3)
        Get-ChildItem $TestDrive -Filter *.part | Should -BeNullOrEmpty
    }

    It 'hands each on to the next cmdlet as soon as its port is free' {
        $hashes = Get-Esp32Device $ports -ThrottleLimit 4 | Get-Esp32FlashHash 0 4KB -ThrottleLimit 4
        $hashes.PortName | Sort-Object | Should -Be ($ports | Sort-Object)
    }

    It 'connects side by side, and works on sessions so' {
        $devices = Connect-Esp32Device $ports -ThrottleLimit 4
        try {
            $hashes = $devices | Get-Esp32FlashHash 0 4KB -ThrottleLimit 4
            $hashes.PortName | Sort-Object | Should -Be ($ports | Sort-Object)
            $devices.IsClosed | Should -Not -Contain $true
            ($devices | Get-Esp32Partition -ThrottleLimit 4 -ErrorAction SilentlyContinue -ErrorVariable failures) | Should -BeNullOrEmpty
            $failures.TargetObject | Sort-Object | Should -Be ($ports | Sort-Object)
        }
        finally {
            $devices | Disconnect-Esp32Device
        }
    }

    It 'watches several at once, each until its own end, and shows whose line it is' {
        $watched = 1..2 | ForEach-Object { New-TestChip esp32 @{ ApplicationOutput = 'ready' } }
        $lines = Watch-Esp32Output $watched -Reset -Until '^rst:' -Timeout 30 -ThrottleLimit 2
        $watched | Remove-Esp32Simulator
        ($lines | Where-Object IsMatch).PortName | Sort-Object | Should -Be ($watched | Sort-Object)
        $watched | ForEach-Object { $lines | Out-String | Should -BeLike "*...$($_.Substring($_.Length - 13)) *" }
    }

    It 'gives data alone, and their ports name the sessions' {
        foreach ($port in $ports) { (Get-Esp32Simulator $port).LoadFlash(0x8000, (New-TestPartitionTable)) }
        $devices = Connect-Esp32Device $ports -ThrottleLimit 4
        try {
            $partitions = $devices | Get-Esp32Partition -Name nvs -ThrottleLimit 4
            $partitions.PortName | Sort-Object | Should -Be ($ports | Sort-Object)
            $devices.IsClosed | Should -Not -Contain $true
            (Get-Esp32Partition $ports[0], $ports[1] -Name nvs -ThrottleLimit 2).PortName | Sort-Object | Should -Be ($ports[0, 1] | Sort-Object)
            $devices.IsClosed | Should -Not -Contain $true
        }
        finally {
            $devices | Disconnect-Esp32Device
        }

        (Get-Esp32Partition $ports -Name nvs -ThrottleLimit 4).PortName | Sort-Object | Should -Be ($ports | Sort-Object)
    }

    Context 'when it ends early' {
        BeforeEach {
            $slow = 1..4 | ForEach-Object { New-TestChip esp32 @{ Timing = $true } }
            $slowList = ($slow | ForEach-Object { "'$_'" }) -join ', '
            $boards = $slow | ForEach-Object { Get-Esp32Simulator $_ }
        }

        AfterEach {
            $slow | Remove-Esp32Simulator
        }

        It 'stops them all and frees all ports when it is stopped' {
            $null = Stop-Script "Write-Esp32Flash $image -Device $slowList -ThrottleLimit 4" {
                -not ($boards | Where-Object { $_.ReadFlash(0x10000, 1)[0] -eq 0xFF })
            }
            $boards.IsOpen | Should -Not -Contain $true
            $boards.State | Where-Object { "$_" -in 'RomLoader', 'Stub' } | Should -BeNullOrEmpty
        }

        It 'frees all ports when it is stopped while the pipeline is busy elsewhere' {
            $null = Stop-Script "& { $slowList; Start-Sleep 60 } | Read-Esp32Flash 0 4MB -ThrottleLimit 4" { $boards.State -notcontains 'Application' -and $boards.IsOpen -notcontains $false }
            $boards.IsOpen | Should -Not -Contain $true
        }

        It 'frees all ports when the pipeline fails elsewhere' {
            $run = try { Invoke-Apart "& { $slowList; throw 'enough' } | Read-Esp32Flash 0 4MB -ThrottleLimit 4" } catch { $_ }
            "$run" | Should -BeLike '*enough*'
            $boards.IsOpen | Should -Not -Contain $true
        }

        It 'frees all ports when a later cmdlet has enough' {
            $first = $ports[1], $slow[0], $slow[1] | Read-Esp32Flash 0 1MB -ThrottleLimit 4 | Select-Object -First 1
            $first.PortName | Should -Be $ports[1]
            $boards.IsOpen | Should -Not -Contain $true
        }

        It 'closes the sessions that nobody got, and no other, with -ThrottleLimit <_>' -ForEach 1, 4 {
            $first = Connect-Esp32Device $slow -ThrottleLimit $_ | Select-Object -First 1
            $first.IsClosed | Should -BeFalse
            @($boards.IsOpen -eq $true).Count | Should -Be 1
            $first | Disconnect-Esp32Device
        }

        It 'ends with the first error under -ErrorAction Stop' {
            { Read-Esp32Flash -Device 'virtual:not-there', $slow[0], $slow[1] 0 4MB -ThrottleLimit 4 -ErrorAction Stop } |
                Should -Throw -ErrorId 'PortNotFound,*'
            $boards.IsOpen | Should -Not -Contain $true
        }
    }
}
