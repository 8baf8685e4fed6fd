BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Get-Esp32Image' {
    BeforeAll {
        New-TestFirmware -Folder $TestDrive
        $app = Join-Path $TestDrive 'app.bin'
        $port = New-TestChip esp32
        (Get-Esp32Simulator $port).LoadFlash(0x8000, (New-TestPartitionTable))
        (Get-Esp32Simulator $port).LoadFlash(0x10000, [System.IO.File]::ReadAllBytes($app))
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    It 'reads an image in a file' {
        $image = Get-Esp32Image -Path $app
        $image.Path | Should -Be $app
        $image.PortName | Should -BeNullOrEmpty
        $image.Chip | Should -Be 'ESP32'
        $image.IsIntact | Should -BeTrue
        $image.DamageCode | Should -BeNullOrEmpty
        $image.EntryPoint | Should -Be 0x40080000
        $image.FlashMode | Should -Be 'dio'
        $image.FlashSize | Should -Be '4MB'
        $image.MaxRevision | Should -BeNullOrEmpty
        $image.MinRevision | Should -Be '0.0'
        $image.WriteProtectPin | Should -BeNullOrEmpty
        $image.PinDrive | Should -Be 0, 0, 0, 0, 0, 0
        $image.Segments.Count | Should -Be 1
        $image.Segments[0].MemoryTypes | Should -Match '\bDRAM\b'
        $image.App | Should -Not -BeNullOrEmpty
        $image.IsHashValid | Should -BeTrue
    }

    It 'reads an image of a device, and no more of its flash' {
        $image = Get-Esp32Image $port 0x10000
        $file = Get-Esp32Image -Path $app
        $image.PortName | Should -Be $port
        $image.Address | Should -Be 0x10000
        foreach ($property in 'Length', 'Hash', 'Checksum', 'EntryPoint', 'IsIntact', 'Chip') {
            $image.$property | Should -Be $file.$property
        }
    }

    It 'takes partitions from the pipeline' {
        $images = @(Get-Esp32Partition $port | Where-Object Type -EQ app | Get-Esp32Image)
        $images.Count | Should -Be 1
        $images[0].Address | Should -Be 0x10000
        $images[0].IsIntact | Should -BeTrue
    }

    It 'tells damage as a property, <What>' -ForEach @(
        @{ What = 'wrong data'; Code = 'ImageInvalid'; Damage = { param($bytes) $bytes[500] = $bytes[500] -bxor 1; , $bytes } }
        @{ What = 'cut off'; Code = 'ImageTruncated'; Damage = { param($bytes) , [byte[]] $bytes[0..999] } }
        @{ What = 'no segments'; Code = 'ImageInvalid'; Damage = { param($bytes) $bytes[1] = 0; , $bytes } }
    ) {
        $path = Join-Path $TestDrive 'damaged.bin'
        [System.IO.File]::WriteAllBytes($path, (& $Damage ([System.IO.File]::ReadAllBytes($app))))
        $image = Get-Esp32Image -LiteralPath $path
        $image.IsIntact | Should -BeFalse
        $image.DamageCode | Should -Be $Code
        $image.Damage | Should -Match '^The image .+\.$'
    }

    It 'goes on behind a file that is none' {
        $folder = Join-Path $TestDrive 'mixed'
        $null = New-Item -ItemType Directory $folder
        Copy-Item $app (Join-Path $folder 'b.bin')
        $none = Join-Path $folder 'a.bin'
        [System.IO.File]::WriteAllBytes($none, [byte[]] (1, 2, 3))
        $images = @(Get-Esp32Image -LiteralPath $none, (Join-Path $folder 'b.bin') -ErrorAction SilentlyContinue -ErrorVariable failures)
        $images.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'ImageInvalid,*'
    }

    It 'reports <Id>' -ForEach @(
        @{ Id = 'ImageInvalid'; Address = 0x200000 }
        @{ Id = 'BeyondFlash'; Address = 0x3FFFFF8 }
    ) {
        { Get-Esp32Image $port $Address } | Should -Throw -ErrorId "$Id,*"
        (Get-Esp32Simulator $port).IsOpen | Should -BeFalse
    }

    It 'finds an image that ends with the flash truncated' {
        (Get-Esp32Simulator $port).LoadFlash(0x3FF000, [byte[]] [System.IO.File]::ReadAllBytes($app)[0..0xFFF])
        (Get-Esp32Image $port 0x3FF000).DamageCode | Should -Be 'ImageTruncated'
    }

    It 'advises -LiteralPath where a bracket is in the name' {
        [System.IO.File]::WriteAllBytes("$TestDrive/app[1].bin", (New-TestImage))
        $failure = { Get-Esp32Image -Path "$TestDrive/app[1].bin" } | Should -Throw -ErrorId 'FileNotFound,*' -PassThru
        $failure.ErrorDetails.RecommendedAction | Should -Match '-LiteralPath'
        (Get-Esp32Image -LiteralPath "$TestDrive/app[1].bin").Chip | Should -Be 'ESP32'
        $failure = { Get-Esp32Image -Path "$TestDrive/none*.bin" } | Should -Throw -ErrorId 'FileNotFound,*' -PassThru
        $failure.ErrorDetails.RecommendedAction | Should -Not -Match '-LiteralPath'
    }
}
