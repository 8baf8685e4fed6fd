BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Merge-Esp32Image' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        New-TestFirmware -Folder $folder
        Push-Location $folder
        $images = @{ 0x1000 = 'bootloader.bin'; 0x8000 = 'partition-table.bin'; 0x10000 = 'app.bin' }
    }

    AfterEach {
        Pop-Location
    }

    It 'puts the parts where they belong, with FF between' {
        $file = Merge-Esp32Image $images all.bin -Chip esp32
        $file | Should -BeOfType [System.IO.FileInfo]
        $bytes = [System.IO.File]::ReadAllBytes($file.FullName)
        $app = [System.IO.File]::ReadAllBytes((Join-Path $folder 'app.bin'))
        $bytes.Length | Should -Be (0x10000 + $app.Length)
        [BitConverter]::ToString($bytes, 0x10000) | Should -Be ([BitConverter]::ToString($app))
        $bytes[0..0xFFF] | Sort-Object -Unique | Should -Be 0xFF
    }

    It 'begins at an offset and fills up to a size' {
        (Merge-Esp32Image $images part.bin -Chip esp32 -TargetOffset 0x1000 -PadToSize 1MB).Length | Should -Be (1MB - 0x1000)
    }

    It 'writes <Format>' -ForEach @(
        @{ Format = 'IntelHex'; First = ':' }
        @{ Format = 'Uf2'; First = 'U' }
    ) {
        $file = Merge-Esp32Image $images all.out -Chip esp32 -Format $Format
        [char] [System.IO.File]::ReadAllBytes($file.FullName)[0] | Should -BeExactly $First
    }

    It 'makes UF2 blocks of a size, with and without MD5' {
        $usual = (Merge-Esp32Image $images a.uf2 -Chip esp32 -Format Uf2).Length
        $small = (Merge-Esp32Image $images b.uf2 -Chip esp32 -Format Uf2 -PayloadSize 256).Length
        $plain = (Merge-Esp32Image $images c.uf2 -Chip esp32 -Format Uf2 -NoMd5).Length
        $small | Should -BeGreaterThan $usual
        $plain | Should -BeLessThan $usual
        { Merge-Esp32Image $images d.uf2 -Chip esp32 -Format Uf2 -PayloadSize 470 } | Should -Throw -ErrorId 'ValueInvalid,*'
    }

    It 'patches the header of the bootloader' {
        $null = Merge-Esp32Image $images all.bin -Chip esp32 -TargetOffset 0x1000 -FlashMode qout -FlashSize 8MB -FlashFrequency 80m
        $image = Get-Esp32Image -Path all.bin
        $image.FlashMode, $image.FlashSize, $image.FlashFrequency | Should -Be 'qout', '8MB', '80m'
        $image.IsIntact | Should -BeTrue
    }

    It 'takes images from the pipeline' {
        $null = Merge-Esp32Image $images one.bin -Chip esp32
        $null = $images.GetEnumerator() | ForEach-Object { [pscustomobject]@{ Address = $_.Key; Path = $_.Value } } | Merge-Esp32Image -Destination two.bin -Chip esp32
        (Get-FileHash two.bin).Hash | Should -Be (Get-FileHash one.bin).Hash
    }

    It 'writes nothing with -WhatIf, and replaces nothing unasked' {
        Merge-Esp32Image $images all.bin -Chip esp32 -WhatIf | Should -BeNullOrEmpty
        'all.bin' | Should -Not -Exist
        $null = Merge-Esp32Image $images all.bin -Chip esp32
        { Merge-Esp32Image $images all.bin -Chip esp32 } | Should -Throw -ErrorId 'FileExists,*'
        Merge-Esp32Image $images all.bin -Chip esp32 -Force | Should -Not -BeNullOrEmpty
    }

    It 'refuses what no chip would start, unless told to: <Id>' -ForEach @(
        @{ Id = 'ImageForOtherChip'; Offset = 12 }
        @{ Id = 'ImageInvalid'; Offset = 500 }
    ) {
        $bytes = [System.IO.File]::ReadAllBytes((Join-Path $folder 'app.bin'))
        $bytes[$Offset] = $bytes[$Offset] -bxor 5
        [System.IO.File]::WriteAllBytes((Join-Path $folder 'app.bin'), $bytes)
        { Merge-Esp32Image $images all.bin -Chip esp32 } | Should -Throw -ErrorId "$Id,*"
        Merge-Esp32Image $images all.bin -Chip esp32 -NoImageCheck | Should -Not -BeNullOrEmpty
    }

    It 'refuses what the chip would not start, each until its id is given: <Id>' -ForEach @(
        @{ Id = 'NotAnImage'; Image = @{ 0x1000 = 'page.bin' } }
        @{ Id = 'ImageMisplaced'; Image = @{ 0x10004 = 'app.bin' } }
        @{ Id = 'PartitionContent'; Image = @{ 0x8000 = 'partition-table.bin'; 0x10000 = 'page.bin' } }
    ) {
        Set-Content page.bin '<html>Not found</html>'
        $failure = try { Merge-Esp32Image $Image all.bin -Chip esp32 } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.ErrorDetails.RecommendedAction | Should -BeLike "*-Allow $Id.*"
        'all.bin' | Should -Not -Exist
        Merge-Esp32Image $Image all.bin -Chip esp32 -Allow $Id | Should -Not -BeNullOrEmpty
        { Merge-Esp32Image $Image other.bin -Chip esp32 -Allow PortLost } | Should -Throw -ErrorId 'ValueInvalid,*'
    }

    It 'refuses parts that do not go together: <Id>' -ForEach @(
        @{ Id = 'ImagesOverlap'; With = @{ Image = @{ 0x8000 = 'partition-table.bin'; 0x8100 = 'app.bin' } } }
        @{ Id = 'ImageBelowOffset'; With = @{ Image = @{ 0x8000 = 'partition-table.bin' }; TargetOffset = 0x9000 } }
        @{ Id = 'FileNotFound'; With = @{ Image = @{ 0x8000 = 'missing.bin' } } }
        @{ Id = 'ValueInvalid'; With = @{ Image = @{ 0x8000 = 'app.bin' }; FlashMode = 'warp' } }
    ) {
        { Merge-Esp32Image -Destination all.bin -Chip esp32 @With } | Should -Throw -ErrorId "$Id,*"
        'all.bin' | Should -Not -Exist
    }

    It 'takes the chip from the files, and has to know it' {
        Merge-Esp32Image $images all.bin | Should -Not -BeNullOrEmpty
        { Merge-Esp32Image @{ 0x8000 = 'partition-table.bin' } other.bin } | Should -Throw -ErrorId 'ChipUnknown,*'
    }

    It 'takes the list of a build: files, settings and chip' {
        $list = @{
            flash_settings = @{ flash_mode = 'qout'; flash_size = '8MB'; flash_freq = '80m' }
            flash_files = @{ '0x1000' = 'bootloader.bin'; '0x10000' = 'app.bin' }
            app = @{ offset = '0x10000'; file = 'app.bin'; encrypted = 'true' }
            extra_esptool_args = @{ chip = 'esp32' }
        }
        Set-Content flasher_args.json ($list | ConvertTo-Json -Depth 5)
        $null = Merge-Esp32Image flasher_args.json all.bin -TargetOffset 0x1000 -FlashMode dout -WarningVariable warnings -WarningAction SilentlyContinue
        $image = Get-Esp32Image -Path all.bin
        $image.FlashMode, $image.FlashSize, $image.FlashFrequency | Should -Be 'dout', '8MB', '80m'
        $warnings.Message | Should -BeLike 'app.bin must be encrypted*'
        { Merge-Esp32Image flasher_args.json other.bin -Chip esp32c3 } | Should -Throw -ErrorId 'ImageForOtherChip,*'
    }

    It 'reads back what it writes as <Format>' -ForEach @(@{ Format = 'IntelHex' }, @{ Format = 'Uf2' }) {
        $null = Merge-Esp32Image $images all.out -Format $Format
        $null = Merge-Esp32Image all.out again.bin -Chip esp32
        $null = Merge-Esp32Image $images once.bin
        (Get-FileHash again.bin).Hash | Should -Be (Get-FileHash once.bin).Hash
    }
}
