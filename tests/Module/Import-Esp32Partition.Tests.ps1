BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    New-TestFirmware -Folder $TestDrive
    $table = 'nvs,data,nvs,,16K', 'fixed,data,fat,,4K,readonly', 'factory,app,factory,,512K', 'storage,data,spiffs,,64K' | ConvertTo-Esp32PartitionTable
    $app = [System.IO.File]::ReadAllBytes((Join-Path $TestDrive 'app.bin'))
}

Describe 'Import-Esp32Partition' {
    BeforeAll {
        $port = New-TestChip esp32
        $chip = Get-Esp32Simulator $port
        [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'files.bin'), [byte[]] (1..200))
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    BeforeEach {
        $chip.LoadFlash(0x8000, $table)
        $chip.LoadFlash(0x9000, [byte[]]::new(0x100000))
    }

    It 'writes a file by the name of its partition, and erases what it does not fill' {
        $result = Import-Esp32Partition storage (Join-Path $TestDrive 'files.bin') -Device $port
        $result.Verified | Should -BeTrue
        $result.Address | Should -Be 0x90000
        $chip.ReadFlash(0x90000, 200) | Should -Be (1..200)
        $chip.ReadFlash(0x900C8, 0xFF38) | Should -Be (, 0xFF * 0xFF38)
        $chip.ReadFlash(0x8F000, 0x1000) | Should -Be (, 0 * 0x1000)
        $chip.ReadFlash(0xA0000, 0x1000) | Should -Be (, 0 * 0x1000)
    }

    It 'takes bytes, from the command line and from objects' {
        (Import-Esp32Partition storage -Data ([byte[]] (9, 8)) -Device $port).Verified | Should -BeTrue
        $chip.ReadFlash(0x90000, 2) | Should -Be 9, 8
        [pscustomobject] @{ Path = $null; Bytes = [byte[]] (7, 6) } | Import-Esp32Partition storage -Device $port | ForEach-Object Verified | Should -BeTrue
        [pscustomobject] @{ PortName = $port; Name = 'storage'; Bytes = [byte[]] (5, 4) } | Import-Esp32Partition | ForEach-Object Verified | Should -BeTrue
        $chip.ReadFlash(0x90000, 2) | Should -Be 5, 4
        New-Esp32Nvs -Value @{ unit = @{ serial = 'A-1' } } -Size 16KB | Import-Esp32Partition nvs -Device $port | ForEach-Object Verified | Should -BeTrue
        (Get-Esp32Nvs -Device $port).Value | Should -Be 'A-1'
    }

    It 'writes back what was exported' {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
        $chip.LoadFlash(0x90000, [byte[]] (1..50))
        $dump = Export-Esp32Partition -Device $port -Name storage -Destination $folder
        $dump.Sha256 | Should -Be (Get-FileHash $dump.Path).Hash.ToLowerInvariant()
        $chip.LoadFlash(0x90000, [byte[]]::new(50))
        ($dump | Import-Esp32Partition).Verified | Should -BeTrue
        $chip.ReadFlash(0x90000, 50) | Should -Be (1..50)
    }

    It 'refuses <Id> before anything changes' -ForEach @(
        @{ Id = 'PartitionNotFound'; With = { @{ Name = 'nothing'; Data = [byte[]] (1, 2) } } }
        @{ Id = 'PartitionTooSmall'; With = { @{ Name = 'storage'; Data = [byte[]]::new(0x10001) } } }
        @{ Id = 'PartitionReadOnly'; With = { @{ Name = 'fixed'; Data = [byte[]] (1, 2) } } }
        @{ Id = 'PartitionContent'; With = { @{ Name = 'nvs'; Data = [byte[]]::new(4096) } } }
        @{ Id = 'PartitionContent'; With = { @{ Name = 'factory'; Data = [byte[]]::new(4096) } } }
        @{ Id = 'NotAnImage'; With = { @{ Name = 'storage'; Data = [byte[]] (0x7F, 0x45, 0x4C, 0x46, 1, 1, 1, 0) } } }
        @{ Id = 'ImageForOtherChip'; With = { @{ Name = 'factory'; Data = New-TestImage -ChipId 5 -IsApplication } } }
        @{ Id = 'FlashEncrypted'; With = { @{ Name = 'storage'; Data = [byte[]] (1, 2); Encrypted = $true } } }
        @{ Id = 'ValueInvalid'; With = { @{ Name = 'nvs', 'storage'; Data = [byte[]] (1, 2) } } }
        @{ Id = 'ValueInvalid'; With = { @{ Name = 'nvs' } } }
        @{ Id = 'FileNotFound'; With = { @{ Name = 'storage'; Path = Join-Path $TestDrive 'no.bin' } } }
    ) {
        $splat = & $With
        $before = $chip.ReadFlash(0x8000, 0x100000)
        { Import-Esp32Partition -Device $port @splat } | Should -Throw -ErrorId "$Id,*"
        [System.Linq.Enumerable]::SequenceEqual($chip.ReadFlash(0x8000, 0x100000), $before) | Should -BeTrue
    }

    It 'lifts a refusal by its id' {
        (Import-Esp32Partition fixed -Data ([byte[]] (1, 2)) -Device $port -Force PartitionReadOnly).Verified | Should -BeTrue
    }

    It 'takes a table in place of the one of the device' {
        $chip.LoadFlash(0x8000, [byte[]] (, 0xFF * 4096))
        { Import-Esp32Partition storage -Data ([byte[]] (1, 2)) -Device $port } | Should -Throw -ErrorId 'PartitionTableMissing,*'
        (Import-Esp32Partition storage -Data ([byte[]] (1, 2)) -Device $port -PartitionTable $table).Address | Should -Be 0x90000
    }

    It 'writes nothing with -WhatIf' {
        Import-Esp32Partition storage -Data ([byte[]] (1, 2)) -Device $port -WhatIf | Should -BeNullOrEmpty
        $chip.ReadFlash(0x90000, 2) | Should -Be 0, 0
    }

    It 'repairs by a second run what a power cut left half done' {
        $chip.LoadFlash(0x90000, [byte[]] (, 0x55 * 0x10000))
        $data = [byte[]]::new(0x10000)
        [System.Random]::new(1).NextBytes($data)
        $chip.Arm([Esp32Tools.Simulator.Faults.FaultPlan]::Parse('unplug@tochip:50000'))
        { Import-Esp32Partition storage -Data $data -Device $port } | Should -Throw -ErrorId 'PortLost,*'
        $chip.Arm([Esp32Tools.Simulator.Faults.FaultPlan]::None)
        $chip.ReadFlash(0x8F000, 0x1000) | Should -Be (, 0 * 0x1000)
        $chip.ReadFlash(0xA0000, 0x1000) | Should -Be (, 0 * 0x1000)
        (Import-Esp32Partition storage -Data $data -Device $port).Verified | Should -BeTrue
        [System.Linq.Enumerable]::SequenceEqual($chip.ReadFlash(0x90000, 0x10000), $data) | Should -BeTrue
    }
}

Describe 'Import-Esp32Partition -Manifest' {
    BeforeAll {
        $first, $second = 1..2 | ForEach-Object { New-TestChip esp32c3 }
        $apps = Join-Path $TestDrive 'c3'
        New-TestFirmware -Folder $apps -ChipId 5
        foreach ($port in $first, $second) {
            $chip = Get-Esp32Simulator $port
            $chip.LoadFlash(0x8000, $table)
            $chip.LoadFlash(0, [System.IO.File]::ReadAllBytes((Join-Path $apps 'bootloader.bin')))
            $chip.LoadFlash(0x10000, [System.IO.File]::ReadAllBytes((Join-Path $apps 'app.bin')))
            $chip.LoadFlash(0x90000, [System.Text.Encoding]::UTF8.GetBytes($port))
        }

        $all = Join-Path $TestDrive 'units'
        $null = Export-Esp32Partition -Device $first, $second -Destination $all -Manifest -PerUnit -ThrottleLimit 2
        $folder = Join-Path $all ((Get-Esp32Device $first).Mac -replace ':')
    }

    AfterAll {
        Remove-Esp32Simulator $first, $second
    }

    It 'is written by Export-Esp32Partition, the same each time' {
        $manifest = Get-Content (Join-Path $folder 'manifest.json') -Raw | ConvertFrom-Json
        $manifest.chip | Should -Be 'esp32c3'
        $manifest.mac | Should -Be (Get-Esp32Device $first).Mac
        $manifest.partitions.name | Should -Be 'nvs', 'fixed', 'factory', 'storage'
        $manifest.partitions[3].offset | Should -Be 0x90000
        $manifest.partitions[3].sha256 | Should -Be (Get-FileHash (Join-Path $folder 'storage.bin')).Hash.ToLowerInvariant()
        $again = Join-Path $TestDrive 'again'
        $null = Export-Esp32Partition -Device $first -Destination $again -Manifest
        Get-Content (Join-Path $again 'manifest.json') -Raw | Should -Be (Get-Content (Join-Path $folder 'manifest.json') -Raw)
        { Export-Esp32Partition -Device $first -Destination $again -Manifest } | Should -Throw -ErrorId 'FileExists,*'
        $null = Export-Esp32Partition -Device $first -Destination $again -Manifest -Force
    }

    It 'brings erased units back, each from its own folder' {
        $before = (Get-Esp32Simulator $second).ReadFlash(0, 0xA0000)
        $null = Clear-Esp32Flash -Device $first, $second -All
        $results = Import-Esp32Partition -Device $first, $second -Manifest $all -ThrottleLimit 2
        $results.Verified | Should -Not -Contain $false
        [System.Linq.Enumerable]::SequenceEqual((Get-Esp32Simulator $second).ReadFlash(0, 0xA0000), $before) | Should -BeTrue
        (Import-Esp32Partition -Device $first -Manifest (Join-Path $folder 'manifest.json')).Skipped | Should -Not -Contain $false
    }

    It 'gives one result for each board with -Summary, of several objects too' {
        $sums = Import-Esp32Partition -Device $first, 'virtual:nobody', $second -Manifest $all -Summary -ErrorAction SilentlyContinue
        $sums.PortName | Should -Be $first, 'virtual:nobody', $second
        $sums.Images | Should -Be 4, 0, 4
        $sums.Verified | Should -Be $true, $false, $true
        $sums.ErrorId | Should -Be $null, 'PortNotFound', $null
        $sum = Get-ChildItem $folder/nvs.bin, $folder/storage.bin | ForEach-Object { [pscustomobject] @{ Name = $_.BaseName; Path = $_.FullName } } | Import-Esp32Partition -Device $first -Summary
        @($sum).Count | Should -Be 1
        $sum.Images | Should -Be 2
        $sum.Verified | Should -BeTrue
    }

    It 'writes only what is named' {
        (Import-Esp32Partition -Device $first -Manifest $folder -Name 'st*').Name | Should -Be 'storage.bin'
        { Import-Esp32Partition -Device $first -Manifest $folder -Name 'x*' } | Should -Throw -ErrorId 'PartitionNotFound,*'
    }

    It 'refuses another unit until that is lifted' {
        { Import-Esp32Partition -Device $second -Manifest $folder } | Should -Throw -ErrorId 'ManifestForOtherUnit,*'
        (Import-Esp32Partition -Device $second -Manifest $folder -Force ManifestForOtherUnit).Verified | Should -Not -Contain $false
        [System.Text.Encoding]::UTF8.GetString((Get-Esp32Simulator $second).ReadFlash(0x90000, $first.Length)) | Should -Be $first
    }

    It 'refuses files that are not those that it lists' {
        $copy = Join-Path $TestDrive 'copy'
        Copy-Item $folder $copy -Recurse
        Add-Content (Join-Path $copy 'nvs.bin') 'x'
        { Import-Esp32Partition -Device $first -Manifest $copy } | Should -Throw -ErrorId 'ManifestInvalid,*'
        Remove-Item (Join-Path $copy 'nvs.bin')
        { Import-Esp32Partition -Device $first -Manifest $copy } | Should -Throw -ErrorId 'FileNotFound,*'
        { Import-Esp32Partition -Device $first -Manifest $TestDrive } | Should -Throw -ErrorId 'FileNotFound,*'
    }
}
