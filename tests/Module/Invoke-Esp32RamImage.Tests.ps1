BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Invoke-Esp32RamImage' {
    BeforeAll {
        $port = New-TestChip esp32
        $good = Join-Path $TestDrive 'good.bin'
        $bad = Join-Path $TestDrive 'bad.bin'
        $app = Join-Path $TestDrive 'app.bin'
        [System.IO.File]::WriteAllBytes($good, (New-TestRamImage "memory ok`nPASS 7`n"))
        [System.IO.File]::WriteAllBytes($bad, (New-TestRamImage "memory bad`nFAIL 3`n"))
        [System.IO.File]::WriteAllBytes($app, (New-TestImage -LoadAddress 0x400D0000 -EntryPoint 0x400D0000))
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    It 'runs a program and hears what it prints' {
        $result = Invoke-Esp32RamImage -Device $port $good -Until '^pass' -Timeout 30
        $result.Output.Text | Should -Be 'memory ok', 'PASS 7'
        $result.Started | Should -BeTrue
        $result.EntryPoint | Should -BeExactly 0x40090000
        (Get-Esp32Simulator $port).State | Should -Be Application
    }

    It 'takes the ELF file as it is' {
        $elf = Join-Path $TestDrive 'good.elf'
        [System.IO.File]::WriteAllBytes($elf, (New-TestElf -RamProgram ([Esp32Tools.Simulator.VirtualProgram]::Printing("from ELF`nPASS`n"))))
        (Invoke-Esp32RamImage -Device $port $elf -Until PASS -Timeout 30).Output.Text | Should -Be 'from ELF', 'PASS'

        [System.IO.File]::WriteAllBytes($elf, (New-TestElf))
        $failure = { Invoke-Esp32RamImage -Device $port $elf } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'ImageNotForRam,*'
    }

    It 'fails when the program does' {
        $failure = { Invoke-Esp32RamImage -Device $port $bad -Until PASS -FailOn FAIL -Timeout 30 } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'OutputFailed,*'
    }

    It 'ends the session whose chip it takes, and no other' {
        $dev = Connect-Esp32Device $port
        ($dev | Invoke-Esp32RamImage -Path $good -NoRun).Started | Should -BeFalse
        $dev.IsClosed | Should -BeFalse
        ($dev | Invoke-Esp32RamImage -Path $good).Output | Should -BeNullOrEmpty
        $dev.IsClosed | Should -BeTrue
    }

    It 'does nothing with WhatIf' {
        Invoke-Esp32RamImage -Device $port $good -WhatIf | Should -BeNullOrEmpty
    }

    It 'refuses what does not belong into RAM' {
        $failure = { Invoke-Esp32RamImage -Device $port $app } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'ImageNotForRam,*'
    }

    It 'runs on several boards side by side' {
        $others = 1..3 | ForEach-Object { New-TestChip esp32 }
        $results = $others | Invoke-Esp32RamImage -Path $good -Until PASS -Timeout 30 -ThrottleLimit 3
        $results.PortName | Sort-Object | Should -Be ($others | Sort-Object)
        $others | Remove-Esp32Simulator
    }
}
