BeforeDiscovery {
    . "$PSScriptRoot/Shared.ps1"
}

BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Write-Esp32EfuseBlock' {
    BeforeAll {
        $data = [byte[]] (0xA1..0xC0)
        $file = Join-Path $TestDrive 'data.bin'
        [System.IO.File]::WriteAllBytes($file, $data)
    }

    Context 'on <Chip>' -ForEach @(
        @{ Chip = 'esp32'; Once = $false }
        @{ Chip = 'esp32c3'; Once = $true }
        @{ Chip = 'esp32s3'; Once = $true }
        @{ Chip = 'esp32c6'; Once = $true }
        @{ Chip = 'esp32p4'; Once = $true }
    ) {
        BeforeEach {
            $port = New-TestChip $Chip
            $simulator = Get-Esp32Simulator $port
        }

        AfterEach { Remove-Esp32Simulator $port }

        It 'burns a file as it is, and nothing the second time' {
            $result = Write-Esp32EfuseBlock -Device $port BLOCK3 $file -Confirm:$false
            $result.Verified | Should -BeTrue
            $simulator.ReadEfuseBlock(3)[0..31] | Should -Be $data
            (Write-Esp32EfuseBlock -Device $port BLOCK3 -Data $data -Confirm:$false).Changed | Should -BeFalse
        }

        It 'burns a part, and a second one where the block allows it' {
            $null = Write-Esp32EfuseBlock -Device $port BLOCK3 -Data $data[0..3] -Offset 4 -Confirm:$false
            $simulator.ReadEfuseBlock(3)[3..8] | Should -Be (0, 0xA1, 0xA2, 0xA3, 0xA4, 0)
            $second = { Write-Esp32EfuseBlock -Device $port BLOCK3 -Data $data[4..7] -Offset 12 -Confirm:$false }
            if ($Once) {
                $second | Should -Throw -ErrorId 'EfuseBlockWritten,*'
                $simulator.ReadEfuseBlock(3)[12] | Should -Be 0
            }
            else {
                (& $second).Changed | Should -BeTrue
                $simulator.ReadEfuseBlock(3)[12..15] | Should -Be $data[4..7]
            }
        }

        It 'burns nothing with -WhatIf' {
            Write-Esp32EfuseBlock -Device $port BLOCK3 $file -WhatIf | Should -BeNullOrEmpty
            $simulator.ReadEfuseBlock(3)[0..31] | Should -Be (@(0) * 32)
        }

        It 'reports <Id> for <What>' -ForEach @(
            @{ What = 'too few bytes'; Id = 'EfuseValueInvalid'; With = @{ Block = 'BLOCK3'; Data = [byte[]] (1..8) } }
            @{ What = 'bytes beyond the end'; Id = 'EfuseValueInvalid'; With = @{ Block = 'BLOCK3'; Data = [byte[]] (1..8); Offset = 28 } }
            @{ What = 'block 0'; Id = 'EfuseValueInvalid'; With = @{ Block = 'BLOCK0'; Data = [byte[]] (1..24) } }
            @{ What = 'an unknown block'; Id = 'EfuseNotFound'; With = @{ Block = 'BLOCK42'; Data = [byte[]] (1..32) } }
            @{ What = 'a missing file'; Id = 'FileNotFound'; With = @{ Block = 'BLOCK3'; LiteralPath = 'missing.bin' } }
        ) {
            { Write-Esp32EfuseBlock -Device $port @With -Confirm:$false } | Should -Throw -ErrorId "$Id,*"
            $simulator.ReadEfuseBlock(3)[0..31] | Should -Be (@(0) * 32)
        }
    }

    It 'refuses data that would mix with what <Chip> holds, and tells the mix from the data where it is allowed' -ForEach @(
        [Esp32Tools.Chips.ChipCatalog]::All | ForEach-Object { @{ Chip = $_.Key; Block = if ($_.Key -eq 'esp32c2') { 'BLOCK1' } else { 'BLOCK3' } } }
    ) {
        $port = New-TestChip $Chip
        try {
            $first = Write-Esp32EfuseBlock -Device $port $Block -Data ([byte[]] @(3)) -Offset 0 -Confirm:$false
            $first.Verified, $first.UnverifiedReason | Should -Be $true, $null
            { Write-Esp32EfuseBlock -Device $port $Block -Data ([byte[]] @(1)) -Offset 0 -Confirm:$false } | Should -Throw -ErrorId 'EfuseValueLacksBits,*'
            $mixed = Write-Esp32EfuseBlock -Device $port $Block -Data ([byte[]] @(1)) -Offset 0 -Force EfuseValueLacksBits -Confirm:$false -WarningVariable told -WarningAction SilentlyContinue
            "$told" | Should -Match 'in the block now: \d+ bytes, SHA-256 [0-9a-f]{8}'
            $mixed.Changed, $mixed.Verified | Should -Be $false, $false
            $mixed.UnverifiedReason | Should -Match 'not asked for'
        }
        finally {
            Remove-Esp32Simulator $port
        }
    }

    Context 'on an ESP32 with 3/4 coding' {
        BeforeEach { $port = New-TestCodedChip }
        AfterEach { Remove-Esp32Simulator $port }

        It 'burns 24 bytes, group by group' {
            $null = Write-Esp32EfuseBlock -Device $port BLOCK3 -Data $data[0..5] -Offset 0 -Confirm:$false
            $null = Write-Esp32EfuseBlock -Device $port BLOCK3 -Data $data[6..11] -Offset 6 -Confirm:$false
            { Write-Esp32EfuseBlock -Device $port BLOCK3 -Data ([byte[]] @(0xFF)) -Offset 2 -Confirm:$false } | Should -Throw -ErrorId 'EfuseCodingScheme,*'
            (Get-Esp32Efuse -Device $port BLOCK3).GetBytes()[0..12] | Should -Be ($data[0..11] + 0)
            { Write-Esp32EfuseBlock -Device $port BLOCK3 $file -Confirm:$false } | Should -Throw -ErrorId 'EfuseValueInvalid,*'
        }
    }

    It 'puts no plain bytes where <Chip> takes its keys from' -ForEach @{ Chip = 'esp32'; Block = 'BLOCK1' }, @{ Chip = 'esp32c2'; Block = 'BLOCK_KEY0' } {
        $port = New-TestChip $Chip
        { Write-Esp32EfuseBlock -Device $port $Block $file -Confirm:$false } | Should -Throw -ErrorId 'KeyWithoutPurpose,*'
        (Get-Esp32Simulator $port).ReadEfuseBlock($(if ($Chip -eq 'esp32') { 1 } else { 3 }))[0..31] | Should -Be (@(0) * 32)
        Remove-Esp32Simulator $port
    }

    It 'shows no byte of a key in any stream, nor in a trace' {
        $port = New-TestChip esp32
        $trace = Join-Path $TestDrive 'trace.log'
        $text = Get-Shown "`$dev = Connect-Esp32Device $port -TraceFile '$trace'
            `$dev | Write-Esp32EfuseBlock -Block BLOCK1 -Path '$file' -Force KeyWithoutPurpose -WhatIf
            `$dev | Write-Esp32EfuseBlock -Block BLOCK1 -Path '$file' -Force KeyWithoutPurpose -Confirm:`$false
            `$dev | Lock-Esp32Efuse -Name BLOCK1 -Protection Read, Write -Confirm:`$false
            `$dev | Disconnect-Esp32Device"
        (Get-Esp32Simulator $port).ReadEfuseBlock(1)[0..31] | Should -Be $data
        Remove-Esp32Simulator $port
        $text | Should -Match 'BLOCK1 +BLOCK1 +\d+ bits +32 bytes'
        Assert-NoKeyIn ($text + (Get-Content $trace -Raw)) $data
    }
}
