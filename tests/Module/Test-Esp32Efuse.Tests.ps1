BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Test-Esp32Efuse' {
    It 'has a clean report of every block of a new <Chip>' -ForEach @(
        @{ Chip = 'esp32c2'; Blocks = 4 }, @{ Chip = 'esp32c3'; Blocks = 11 }, @{ Chip = 'esp32s3'; Blocks = 11 }
        @{ Chip = 'esp32c6'; Blocks = 11 }, @{ Chip = 'esp32p4'; Blocks = 11 }
    ) {
        $port = New-TestChip $Chip
        $report = @(Test-Esp32Efuse $port)
        Remove-Esp32Simulator $port
        $report.Count | Should -Be $Blocks
        $report.IsClean | Should -Not -Contain $false
        $report.PortName | Sort-Object -Unique | Should -Be $port
    }

    It 'has nothing to say of an ESP32 without coding' {
        $port = New-TestChip esp32
        Test-Esp32Efuse $port | Should -BeNullOrEmpty
        Remove-Esp32Simulator $port
    }

    It 'reports the three coded blocks of an ESP32 with 3/4 coding' {
        $port = New-TestCodedChip
        (Test-Esp32Efuse $port).Block | Should -Be 1, 2, 3
        Remove-Esp32Simulator $port
    }

    It 'counts the errors that a dump carries' {
        # 0x17C is the first error register of block 0 of the ESP32-C3: a bit for each that differs between the copies.
        $memory = [byte[]]::new(0x200)
        $memory[0x17C] = 0x05
        $file = Join-Path $TestDrive 'c3.bin'
        [array]::Reverse($memory)
        [System.IO.File]::WriteAllBytes($file, $memory)
        $bad = Test-Esp32Efuse -Path $file -Chip esp32c3 | Where-Object { -not $_.IsClean }
        $bad.Block | Should -Be 0
        $bad.Errors | Should -Be 2
        $bad.PortName | Should -BeNullOrEmpty
    }

    It 'reports <Id> for <What>' -ForEach @(
        @{ What = 'a missing file'; Id = 'FileNotFound'; Chip = 'esp32c3'; File = 'missing.bin' }
        @{ What = 'a dump of another chip'; Id = 'ValueInvalid'; Chip = 'esp32'; File = 'other.bin' }
        @{ What = 'an unknown chip'; Id = 'ChipUnknown'; Chip = 'esp99'; File = 'other.bin' }
    ) {
        [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'other.bin'), [byte[]]::new(0x200))
        { Test-Esp32Efuse -LiteralPath (Join-Path $TestDrive $File) -Chip $Chip } | Should -Throw -ErrorId "$Id,*"
    }
}
