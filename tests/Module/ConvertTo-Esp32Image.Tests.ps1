BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'ConvertTo-Esp32Image' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
        Push-Location $folder
        [System.IO.File]::WriteAllBytes((Join-Path $folder 'app.elf'), (New-TestElf))
    }

    AfterEach {
        Pop-Location
    }

    It 'makes an image beside the ELF file' {
        $file = ConvertTo-Esp32Image app.elf -Chip esp32
        $file | Should -BeOfType [System.IO.FileInfo]
        $file.FullName | Should -Be (Join-Path $folder 'app.bin')
        $image = Get-Esp32Image -LiteralPath $file.FullName
        $image.IsIntact | Should -BeTrue
        $image.Chip | Should -Be 'ESP32'
        $image.ProjectName | Should -Be 'test-product'
        $image.ElfSha256 | Should -Be (Get-FileHash app.elf -Algorithm SHA256).Hash
        $image.FlashMode, $image.FlashSize, $image.FlashFrequency | Should -Be 'qio', '1MB', '40m'
        foreach ($segment in $image.Segments | Where-Object { $_.MemoryTypes -match '\b[DI]ROM\b' }) {
            $segment.DataOffset % 0x10000 | Should -Be ($segment.LoadAddress % 0x10000)
        }
    }

    It 'puts settings and limits into the header' {
        $null = ConvertTo-Esp32Image app.elf out.bin -Chip esp32 -FlashMode dout -FlashFrequency 80m -FlashSize 4MB -MinRevision 3.1 -MaxRevision 3.99 -LegacyMinRevision 3 -NoHash
        $image = Get-Esp32Image -Path out.bin
        $image.FlashMode, $image.FlashFrequency, $image.FlashSize | Should -Be 'dout', '80m', '4MB'
        $image.MinRevision, $image.MaxRevision | Should -Be '3.1', '3.99'
        $image.LegacyMinRevision | Should -Be 3
        $image.IsHashValid | Should -BeNullOrEmpty
    }

    It 'fills up for a signature, and to a size' {
        (ConvertTo-Esp32Image app.elf v2.bin -Chip esp32 -SecurePadding V2).Length % 64KB | Should -Be 0
        (ConvertTo-Esp32Image app.elf big.bin -Chip esp32 -PadToSize 1MB).Length | Should -Be 1MB
    }

    It 'takes many, by wildcard and from the pipeline, into a folder' {
        Copy-Item app.elf other.elf
        $null = New-Item -ItemType Directory bin
        (ConvertTo-Esp32Image *.elf bin -Chip esp32).Name | Should -Be 'app.bin', 'other.bin'
        (Get-ChildItem *.elf | ConvertTo-Esp32Image -Chip esp32).Name | Should -Be 'app.bin', 'other.bin'
    }

    It 'does not give two ELF files one image, and replaces nothing unasked' {
        Copy-Item app.elf other.elf
        $made = @(ConvertTo-Esp32Image *.elf one.bin -Chip esp32 -Force -ErrorAction SilentlyContinue -ErrorVariable failures)
        $made.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        { ConvertTo-Esp32Image app.elf one.bin -Chip esp32 } | Should -Throw -ErrorId 'FileExists,*'
        ConvertTo-Esp32Image app.elf one.bin -Chip esp32 -Force | Should -Not -BeNullOrEmpty
    }

    It 'writes nothing with -WhatIf' {
        ConvertTo-Esp32Image app.elf -Chip esp32 -WhatIf | Should -BeNullOrEmpty
        'app.bin' | Should -Not -Exist
    }

    It 'warns of what was asked and not done' {
        $null = ConvertTo-Esp32Image app.elf -Chip esp32 -MmuPageSize 16KB -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 1
        $warnings[0].Message | Should -Match 'app\.elf: .*64 KB'
    }

    It 'reports <Id>' -ForEach @(
        @{ Id = 'ChipUnknown'; With = @{ Chip = 'esp9' } }
        @{ Id = 'ValueInvalid'; With = @{ Chip = 'esp32'; FlashFrequency = '99m' } }
        @{ Id = 'ValueInvalid'; With = @{ Chip = 'esp32'; MinRevision = '700.0' } }
        @{ Id = 'SettingsConflict'; With = @{ Chip = 'esp32'; SecurePadding = 'V2'; NoHash = $true } }
        @{ Id = 'DigestPlaceTaken'; With = @{ Chip = 'esp32'; ElfHashOffset = 0x20 } }
        @{ Id = 'DigestPlaceTaken'; With = @{ Chip = 'esp32'; RamOnlyHeader = $true } }
    ) {
        { ConvertTo-Esp32Image app.elf @With } | Should -Throw -ErrorId "$Id,*"
        'app.bin' | Should -Not -Exist
    }

    It 'reports a file that is no ELF file' {
        Set-Content none.elf 'none'
        { ConvertTo-Esp32Image none.elf -Chip esp32 } | Should -Throw -ErrorId 'ElfInvalid,*'
        { ConvertTo-Esp32Image missing.elf -Chip esp32 } | Should -Throw -ErrorId 'FileNotFound,*'
    }
}
