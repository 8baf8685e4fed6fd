BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Write-Esp32Flash' {
    BeforeAll {
        New-TestFirmware -Folder $TestDrive
        New-TestFirmware -Folder (Join-Path $TestDrive 'c3') -ChipId 5
        [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'empty.bin'), [byte[]]::new(0))
        Push-Location $TestDrive
    }

    AfterAll {
        Pop-Location
    }

    BeforeEach {
        $port = New-TestChip esp32
        $chip = Get-Esp32Simulator $port
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'writes a table of addresses and files to a port, and leaves the chip in its application' {
        $results = Write-Esp32Flash @{ 0x1000 = 'bootloader.bin'; 0x10000 = 'app.bin' } -Device $port
        $results.Verified | Should -Be $true, $true
        $chip.ReadFlash(0x10000, 16) | Should -Be ([System.IO.File]::ReadAllBytes("$TestDrive/app.bin")[0..15])
        $chip.IsOpen | Should -BeFalse
    }

    It 'takes images as <Name>' -ForEach @(
        @{ Name = 'an ordered table'; Image = { [ordered]@{ '0x1000' = 'bootloader.bin'; '64KB' = 'app.bin' } } }
        @{ Name = 'addresses and files in turn'; Image = { 0x1000, 'bootloader.bin', 0x10000, 'app.bin' } }
        @{ Name = 'objects'; Image = { [pscustomobject]@{ Address = 0x1000; Path = 'bootloader.bin' }, [pscustomobject]@{ Offset = '0x10000'; File = 'app.bin' } } }
        @{ Name = 'files and bytes'; Image = { @{ 0x1000 = Get-Item bootloader.bin; 0x10000 = [System.IO.File]::ReadAllBytes("$TestDrive/app.bin") } } }
    ) {
        $results = Write-Esp32Flash -Device $port -Image (& $Image)
        $results | ForEach-Object Address | Should -Be 0x1000, 0x10000
    }

    It 'takes images from the pipeline, all of them in one session' {
        $rows = "Address,Path`n0x1000,bootloader.bin`n0x10000,app.bin" | ConvertFrom-Csv
        $results = $rows | Write-Esp32Flash -Device $port
        $results | ForEach-Object Address | Should -Be 0x1000, 0x10000
    }

    It 'takes a path relative to the current folder of PowerShell, not of the process' {
        Push-Location c3
        try {
            { Write-Esp32Flash @{ 0x1000 = 'bootloader.bin' } -Device $port } | Should -Throw -ErrorId 'ImageForOtherChip,*'
        }
        finally {
            Pop-Location
        }
    }

    It 'skips what is there already' {
        $null = Write-Esp32Flash @{ 0x10000 = 'app.bin' } -Device $port
        $again = Write-Esp32Flash @{ 0x10000 = 'app.bin' } -Device $port
        $again.Skipped | Should -BeTrue
        $again.Verified | Should -BeTrue
    }

    It 'is not verified with -NoVerify' {
        (Write-Esp32Flash @{ 0x10000 = 'app.bin' } -Device $port -NoVerify).Verified | Should -BeFalse
    }

    It 'says what it would do with -WhatIf and does nothing' {
        $output = Write-Esp32Flash @{ 0x10000 = 'app.bin' } -Device $port -WhatIf
        $output | Should -BeNullOrEmpty
        $chip.ReadFlash(0x10000, 16) | Should -Be (@(0xFF) * 16)
    }

    It 'reports <Id> before anything is touched' -ForEach @(
        @{ Id = 'FileNotFound'; Image = @{ 0x1000 = 'missing.bin' } }
        @{ Id = 'ImageEmpty'; Image = @{ 0x1000 = 'empty.bin' } }
        @{ Id = 'ImagesOverlap'; Image = @{ 0x1000 = 'bootloader.bin'; 0x2000 = 'app.bin' } }
        @{ Id = 'BeyondFlash'; Image = @{ 0x3FF000 = 'app.bin' } }
        @{ Id = 'ImageForOtherChip'; Image = @{ 0x1000 = 'c3/bootloader.bin' } }
    ) {
        { Write-Esp32Flash $Image -Device $port } | Should -Throw -ErrorId "$Id,*"
        $chip.ReadFlash(0x1000, 16) | Should -Be (@(0xFF) * 16)
        $chip.IsOpen | Should -BeFalse
    }

    It 'does not even connect when a file is missing' {
        $dev = Connect-Esp32Device $port
        { Write-Esp32Flash @{ 0x1000 = 'missing.bin' } -Device nonsense } | Should -Throw -ErrorId 'FileNotFound,*'
        $dev | Disconnect-Esp32Device
    }

    It 'has the path in the error' {
        $failure = try { Write-Esp32Flash @{ 0x1000 = 'missing.bin' } -Device $port } catch { $_ }
        $failure.TargetObject | Should -BeLike '*missing.bin'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'refuses images without an address' {
        { Write-Esp32Flash 'app.bin' -Device $port } | Should -Throw -ExpectedMessage '*no address*'
    }

    It 'patches the header of the bootloader' {
        $null = Write-Esp32Flash @{ 0x1000 = 'bootloader.bin' } -Device $port -FlashSize 8MB -FlashMode DOUT -Force FlashSizeClaim
        $chip.ReadFlash(0x1002, 2) | Should -Be 3, 0x30
    }

    It 'detects the size of the flash' {
        $null = Write-Esp32Flash @{ 0x1000 = 'bootloader.bin' } -Device $port -FlashSize Detect
        $chip.ReadFlash(0x1003, 1)[0] -shr 4 | Should -Be 2
    }

    It 'refuses a setting that no image has' {
        { Write-Esp32Flash @{ 0x1000 = 'bootloader.bin' } -Device $port -FlashMode warp } | Should -Throw -ErrorId 'ValueInvalid,*'
    }

    It 'erases all first with -EraseAll' {
        $chip.LoadFlash(0x200000, [byte[]] (1..16))
        $null = Write-Esp32Flash @{ 0x10000 = 'app.bin' } -Device $port -EraseAll
        $chip.ReadFlash(0x200000, 16) | Should -Be (@(0xFF) * 16)
    }

    It 'writes the same under <_>' -ForEach 'de-DE', 'tr-TR' {
        Invoke-WithCulture $_ {
            $result = Write-Esp32Flash @{ '0x10000' = 'app.bin' } -Device $port -FlashSize 4mb
            $result.Verified | Should -BeTrue
        }
    }

    It 'shows progress at most five times a second, and completes it' {
        $shell = [powershell]::Create().AddScript("Import-Module '$(Get-ModuleManifest)'; Set-Location '$TestDrive'; Write-Esp32Flash @{ 0x10000 = 'app.bin' } -Device $port")
        $null = $shell.Invoke()
        $shell.Streams.Error | Should -BeNullOrEmpty
        $records = @($shell.Streams.Progress | Where-Object Activity -Like "*$port*")
        $records.Count | Should -BeGreaterThan 1
        $records[-1].RecordType | Should -Be 'Completed'
        @($records | Select-Object -ExpandProperty ActivityId -Unique).Count | Should -Be 1
        $shell.Dispose()
    }

    It 'frees the port when it is stopped in the middle' {
        $slow = New-TestChip esp32 @{ Timing = $true }
        try {
            $big = Join-Path $TestDrive 'big.bin'
            $noise = [byte[]]::new(1MB)
            [System.Random]::new(1).NextBytes($noise)
            [System.IO.File]::WriteAllBytes($big, $noise)
            $board = Get-Esp32Simulator $slow
            $null = Stop-Script "Write-Esp32Flash @{ 0x10000 = '$big' } -Device $slow" { $board.ReadFlash(0x10000, 1)[0] -ne 0xFF }
            $board.IsOpen | Should -BeFalse
            $board.State | Should -Not -BeIn 'RomLoader', 'Stub'
        }
        finally {
            Remove-Esp32Simulator $slow
        }
    }
}
