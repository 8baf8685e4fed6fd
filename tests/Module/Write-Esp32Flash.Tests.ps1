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

    Context 'Files that say where they go' {
        It 'takes flasher_args.json with its files, flash settings and chip' {
            $json = @{
                flash_files = @{ '0x1000' = 'bootloader.bin'; '0x10000' = 'app.bin' }
                flash_settings = @{ flash_mode = 'dout'; flash_freq = '40m'; flash_size = '2MB' }
                extra_esptool_args = @{ chip = 'esp32' }
            } | ConvertTo-Json
            Set-Content -Path flasher_args.json -Value $json
            Push-Location c3
            try {
                $results = Write-Esp32Flash ../flasher_args.json -Device $port
            }
            finally {
                Pop-Location
            }

            $results | ForEach-Object Address | Should -Be 0x1000, 0x10000
            $results.Verified | Should -Not -Contain $false
            $chip.ReadFlash(0x1002, 2) | Should -Be 3, 0x10
        }

        It 'lets the command line say otherwise' {
            $null = Write-Esp32Flash flasher_args.json -Device $port -FlashMode QIO -FlashSize Keep
            $chip.ReadFlash(0x1002, 2) | Should -Be 0, 0x20
        }

        It 'refuses a list for another chip' {
            Set-Content -Path flash_args -Value '--chip esp32c3', '0x20000 data.bin'
            [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'data.bin'), [byte[]] (1..100))
            { Write-Esp32Flash flash_args -Device $port } | Should -Throw -ErrorId 'ImageForOtherChip,*'
            (Write-Esp32Flash flash_args -Device $port -Force ImageForOtherChip).Verified | Should -BeTrue
        }

        It 'takes Intel HEX, as a path or as a file object' {
            # 16 bytes at 0x30000 and the end.
            Set-Content -Path data.hex -Value ':020000040003F7', ':10000000000102030405060708090A0B0C0D0E0F78', ':00000001FF'
            (Write-Esp32Flash data.hex -Device $port).Address | Should -Be 0x30000
            $chip.ReadFlash(0x30000, 16) | Should -Be (0..15)
            (Write-Esp32Flash (Get-Item data.hex) -Device $port).Skipped | Should -BeTrue
        }

        It 'takes a file object with an address added to it' {
            $file = Get-Item app.bin | Add-Member -NotePropertyName Address -NotePropertyValue 0x10000 -PassThru
            ($file | Write-Esp32Flash -Device $port).Verified | Should -BeTrue
        }
    }

    Context 'Only what changed' {
        BeforeEach {
            $old = [byte[]]::new(256KB)
            [System.Random]::new(1).NextBytes($old)
            $new = [byte[]] $old.Clone()
            $new[0x5000] = $new[0x5000] -bxor 1
            $chip.LoadFlash(0x40000, $old)
        }

        It 'finds it by digests with -Differential' {
            $result = Write-Esp32Flash @{ 0x40000 = $new } -Device $port -Differential
            $result.Verified | Should -BeTrue
            $result.Method | Should -Be 'ChangedByDigest'
            $result.SectorsWritten | Should -Be 1
            $result.BytesWritten | Should -Be 4096
        }

        It 'finds it in the image before with -PreviousImage' {
            $result = Write-Esp32Flash @{ 0x40000 = $new } -Device $port -PreviousImage @{ 0x40000 = $old }
            $result.Method | Should -Be 'ChangedSincePrevious'
            $result.SectorsWritten | Should -Be 1
        }

        It 'reports that the previous image is missing before it connects' {
            { Write-Esp32Flash @{ 0x40000 = $new } -Device nonsense -PreviousImage @{ 0x40000 = 'missing.bin' } } |
                Should -Throw -ErrorId 'FileNotFound,*'
        }
    }

    It 'leaves out what is blank on a chip just erased' {
        $image = [byte[]]::new(1MB)
        [array]::Fill($image, [byte] 0xFF)
        $image[0] = 1
        $result = Write-Esp32Flash @{ 0x40000 = $image } -Device $port -EraseAll
        $result.Verified | Should -BeTrue
        $result.Method | Should -Be 'WithoutBlanks'
        $result.BytesWritten | Should -Be 4096
    }

    It 'lifts a refusal by its id, and names it in the recommended action' {
        $failure = try { Write-Esp32Flash @{ 0x10000 = 'c3/app.bin' } -Device $port -Force ImageRevision } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ImageForOtherChip,*'
        $failure.Exception.IsLiftable | Should -BeTrue
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Force ImageForOtherChip*'
        (Write-Esp32Flash @{ 0x10000 = 'c3/app.bin' } -Device $port -Force $failure.Exception.Code).Verified | Should -BeTrue
    }

    It 'completes the refusals that can be lifted and no other id' {
        $words = (TabExpansion2 'Write-Esp32Flash -Force Im').CompletionMatches.CompletionText
        $words | Should -Be 'ImageForOtherChip', 'ImageRevision', 'ImageTruncated', 'ImageInvalid', 'ImagesOverlap', 'ImageMisplaced'
        { Write-Esp32Flash @{ 0x10000 = 'app.bin' } -Device $port -Force PortLost } | Should -Throw -ErrorId 'ValueInvalid,*'
    }

    It 'refuses to encrypt without a key, for all images and for one' {
        { Write-Esp32Flash @{ 0x10000 = 'app.bin' } -Device $port -Encrypt } | Should -Throw -ErrorId 'FlashKeyMissing,*'
        $rows = "Address,Path,Encrypt`n0x1000,bootloader.bin,false`n0x10000,app.bin,true" | ConvertFrom-Csv
        { $rows | Write-Esp32Flash -Device $port -ErrorAction Stop } | Should -Throw -ErrorId 'FlashKeyMissing,*'
        "Address,Path,Encrypt`n0x1000,bootloader.bin,false" | ConvertFrom-Csv | Write-Esp32Flash -Device $port |
            ForEach-Object Verified | Should -BeTrue
    }

    It 'connects again when the cable is pulled, and the session goes on' {
        $dev = Connect-Esp32Device $port
        $noise = [byte[]]::new(200KB)
        [System.Random]::new(2).NextBytes($noise)
        $chip.Arm([Esp32Tools.Simulator.Faults.FaultPlan]::Parse('unplug@tochip:100000=replug'))
        $result = Write-Esp32Flash @{ 0x40000 = $noise } -Device $dev
        $result.Verified | Should -BeTrue
        $result.Reconnects | Should -Be 1
        (Test-Esp32Flash @{ 0x40000 = $noise } -Device $dev).IsEqual | Should -BeTrue
        $chip.Arm([Esp32Tools.Simulator.Faults.FaultPlan]::Parse('unplug@tochip:100000=replug'))
        { Write-Esp32Flash @{ 0x80000 = $noise } -Device $dev -MaxReconnect 0 } | Should -Throw -ErrorId 'PortLost,*'
        $dev | Disconnect-Esp32Device -After NoReset
    }

    It 'looks at what is written as the chip will: <Id>' -ForEach @(
        @{ Id = 'NotAnImage'; Image = { @{ 0x1000 = [System.Text.Encoding]::UTF8.GetBytes('<html>Not found</html>') } } }
        @{ Id = 'NotAnImage'; Image = { @{ 0x200000 = [System.Text.Encoding]::UTF8.GetBytes('{"flash_files": {}}') } } }
        @{ Id = 'ImageMisplaced'; Image = { @{ 0x10004 = 'app.bin' } } }
        @{ Id = 'PartitionContent'; Image = { @{ 0x8000 = 'partition-table.bin'; 0x10000 = [byte[]]::new(3000) } } }
        @{ Id = 'PartitionContent'; Image = { @{ 0x8000 = 'partition-table.bin'; 0x9000 = 'app.bin' } } }
    ) {
        $set = & $Image
        $failure = try { Write-Esp32Flash $set -Device $port } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.ErrorDetails.RecommendedAction | Should -BeLike "*-Force $Id.*"
        (Write-Esp32Flash $set -Device $port -Force $Id).Verified | Should -Not -Contain $false
    }

    It 'says that nothing takes the flash settings that were asked for' {
        $null = Write-Esp32Flash @{ 0x10000 = 'app.bin' } -Device $port -FlashSize 4MB -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Message | Should -BeLike '*0x1000*stay as they are*'
    }

    It 'puts flash settings into the bootloader inside of a combined image' {
        $null = Merge-Esp32Image @{ 0x1000 = 'bootloader.bin'; 0x8000 = 'partition-table.bin'; 0x10000 = 'app.bin' } factory.bin -Chip esp32 -Force
        $result = Write-Esp32Flash @{ 0 = 'factory.bin' } -Device $port -FlashMode QOUT
        $result.HeaderNote | Should -BeNullOrEmpty
        (Get-Esp32Image $port 0x1000).FlashMode | Should -Be 'qout'
    }

    It 'takes no other address than the one in a file that has its own' {
        Set-Content -Path own.hex -Value ':020000040003F7', ':10000000000102030405060708090A0B0C0D0E0F78', ':00000001FF'
        { Write-Esp32Flash @{ 0x200000 = 'own.hex' } -Device $port } | Should -Throw -ErrorId 'SettingsConflict,*'
        $chip.ReadFlash(0x30000, 1) | Should -Be 0xFF
        (Write-Esp32Flash @{ 0x30000 = 'own.hex' } -Device $port).Address | Should -Be 0x30000
        (Write-Esp32Flash @{ 0 = 'own.hex' } -Device $port -WarningVariable warnings -WarningAction SilentlyContinue).Address | Should -Be 0x30000
        $warnings.Message | Should -BeLike '*those in the file count*'
        (Write-Esp32Flash @{ 0x200000 = [System.IO.File]::ReadAllBytes("$TestDrive/own.hex") } -Device $port).Address | Should -Be 0x200000
    }

    It 'tells an unknown chip from none' {
        Set-Content flasher_args.json '{ "flash_files": { "0x40000": "key.bin" }, "extra_esptool_args": { "chip": "esp8266" } }'
        try {
            { Write-Esp32Flash flasher_args.json -Device $port } | Should -Throw -ErrorId 'ImageForOtherChip,*' -ExpectedMessage '*esp8266*'
            (Write-Esp32Flash flasher_args.json -Device $port -Force ImageForOtherChip).Verified | Should -BeTrue
            { Merge-Esp32Image flasher_args.json unknown.bin } | Should -Throw -ErrorId 'ImageForOtherChip,*' -ExpectedMessage '*esp8266*'
        }
        finally {
            Remove-Item flasher_args.json
        }
    }

    It 'writes the same under <_>' -ForEach 'de-DE', 'tr-TR' {
        Invoke-WithCulture $_ {
            $result = Write-Esp32Flash @{ '0x10000' = 'app.bin' } -Device $port -FlashSize 4mb
            $result.Verified | Should -BeTrue
        }
    }

    It 'gives one result for each board with -Summary, in the order asked for, faulty ones too' {
        $boards = 1..4 | ForEach-Object { New-TestChip esp32 $(if ($_ -eq 1) { @{ Timing = $true } } else { @{} }) }
        $asked = $boards[0], 'virtual:nobody', $boards[1], $boards[2], $boards[3]
        try {
            foreach ($limit in 1, 8) {
                $sums = Write-Esp32Flash @{ 0x1000 = "$TestDrive/bootloader.bin"; 0x8000 = "$TestDrive/partition-table.bin" } -Device $asked -Summary -ThrottleLimit $limit -BaudRate 2000000 -ErrorAction SilentlyContinue -ErrorVariable failures
                $sums.PortName | Should -Be $asked
                $sums.ErrorId | Should -Be $null, 'PortNotFound', $null, $null, $null
                $sums.Verified | Should -Be $true, $false, $true, $true, $true
                $sums.Images | Should -Be 2, 0, 2, 2, 2
                $sums[0].Mac | Should -Be (Get-Esp32Device $boards[0]).Mac
                $sums[0].Seconds | Should -BeGreaterThan 0
                @($failures).Count | Should -Be 1
            }

            Write-Esp32Flash @{ 0x8000 = "$TestDrive/partition-table.bin" } -Device $boards -Summary -WhatIf | Should -BeNullOrEmpty
        }
        finally {
            $boards | Remove-Esp32Simulator
        }
    }

    It 'shows how long an erase has lasted' {
        $slow = New-TestChip esp32 @{ Timing = $true }
        $shell = [powershell]::Create().AddScript("Import-Module '$(Get-ModuleManifest)'; Clear-Esp32Flash -Device $slow -All")
        try {
            $null = $shell.Invoke()
            $texts = @($shell.Streams.Progress | Where-Object StatusDescription -Like 'Erasing flash*' | ForEach-Object StatusDescription)
            @($texts -match ', for \d+ s$').Count | Should -BeGreaterThan 1
        }
        finally {
            $shell.Dispose()
            Remove-Esp32Simulator $slow
        }
    }

    It 'shows the forms of images when it is called wrongly: <_>' -ForEach '-Image 0x1000', "-Image @{ 'x' = 'app.bin' }", '-Image @{ 0x1000 = 5 }', '-Image ""' {
        $failure = { & ([scriptblock]::Create("Write-Esp32Flash -Device virtual:esp32 $_")) } | Should -Throw -PassThru
        "$failure" | Should -Match '@\{ 0x1000 ='
        "$failure" | Should -Match 'flasher_args\.json'
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
