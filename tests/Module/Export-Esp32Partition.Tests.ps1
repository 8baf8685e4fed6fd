BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Export-Esp32Partition' {
    BeforeAll {
        New-TestFirmware -Folder $TestDrive
        $port = New-TestChip esp32
        $chip = Get-Esp32Simulator $port
        $chip.LoadFlash(0x8000, (New-TestPartitionTable))
        $chip.LoadFlash(0x9000, [byte[]] (1..200))
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
    }

    It 'needs no second device after a port name' {
        $dumps = Get-Esp32Partition $port | Where-Object SubType -EQ nvs | Export-Esp32Partition -Destination $folder
        $dumps.Path | Should -Be (Join-Path $folder 'nvs.bin')
        $bytes = [System.IO.File]::ReadAllBytes($dumps.Path)
        $bytes.Length | Should -Be 0x6000
        $bytes[0..199] | Should -Be (1..200)
        $chip.IsOpen | Should -BeFalse
    }

    It 'uses the session that the partition remembers' {
        $dev = Connect-Esp32Device $port
        $dumps = $dev | Get-Esp32Partition | Where-Object Type -EQ data | Export-Esp32Partition -Destination $folder
        $dev.IsClosed | Should -BeFalse
        $dev | Disconnect-Esp32Device
        $dumps.Name | Should -Be 'nvs', 'phy_init', 'storage'
    }

    It 'takes a device and names' {
        $dumps = Export-Esp32Partition -Device $port -Name 'nv*', 'phy*' -Destination $folder
        $dumps.Name | Should -Be 'nvs', 'phy_init'
    }

    It 'gives each partition a file of its own, on any file system' {
        $other = New-TestChip esp32
        $table = 'nvs,data,nvs,0x9000,0x3000', 'NVS,data,nvs,0xC000,0x3000', 'a/b,data,0x80,0xF000,0x1000', 'a_b,data,0x80,0x10000,0x1000', 'nul,data,0x80,0x11000,0x1000' |
            ConvertTo-Esp32PartitionTable -NoVerify
        (Get-Esp32Simulator $other).LoadFlash(0x8000, $table)
        $dumps = Export-Esp32Partition -Device $other -Destination $folder -Manifest -WarningAction SilentlyContinue
        Remove-Esp32Simulator $other
        $dumps.Path | Split-Path -Leaf | Should -Be 'nvs.bin', 'NVS-0xC000.bin', 'a_b.bin', 'a_b-0x10000.bin', '_nul.bin'
        $listed = (Get-Content (Join-Path $folder 'manifest.json') -Raw | ConvertFrom-Json).partitions
        $listed.file | Should -Be ($dumps.Path | Split-Path -Leaf)
    }

    It 'never replaces a file without -Force, and goes on with the others' {
        $null = Export-Esp32Partition -Device $port -Name nvs -Destination $folder
        $dumps = Export-Esp32Partition -Device $port -Name nvs, phy_init -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failures
        $dumps.Name | Should -Be 'phy_init'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        (Export-Esp32Partition -Device $port -Name nvs -Destination $folder -Force).Name | Should -Be 'nvs'
    }

    It 'writes nothing with -WhatIf' {
        Export-Esp32Partition -Device $port -Destination $folder -WhatIf | Should -BeNullOrEmpty
        Test-Path $folder | Should -BeFalse
    }

    It 'gives each unit a folder of its own' {
        $other = New-TestChip esp32
        (Get-Esp32Simulator $other).LoadFlash(0x8000, (New-TestPartitionTable))
        $dumps = Export-Esp32Partition -Device $port, $other -Name nvs -Destination $folder -PerUnit
        Remove-Esp32Simulator $other
        $dumps.Count | Should -Be 2
        Split-Path (Split-Path $dumps[0].Path) -Leaf | Should -Match '^[0-9a-f]{12}$'
        ($dumps.Path | ForEach-Object { Split-Path $_ } | Sort-Object -Unique).Count | Should -Be 2
    }

    It 'writes no manifest where a partition is missing' {
        $null = Export-Esp32Partition -Device $port -Name nvs -Destination $folder
        $null = Export-Esp32Partition -Device $port -Destination $folder -Manifest -ErrorAction SilentlyContinue
        Test-Path (Join-Path $folder 'manifest.json') | Should -BeFalse
    }

    It 'reports a partition that belongs to no device' {
        $partition = Get-Esp32Partition -Path (Join-Path $TestDrive 'partition-table.bin') -Name nvs
        { $partition | Export-Esp32Partition -Destination $folder -ErrorAction Stop } | Should -Throw -ErrorId 'PartitionNotFound,*'
    }

    It 'keeps a name that leads elsewhere inside the folder' {
        $evil = New-TestChip esp32
        $table = New-TestPartitionTable
        [System.Text.Encoding]::UTF8.GetBytes("../evil`0").CopyTo($table, 12)
        (Get-Esp32Simulator $evil).LoadFlash(0x8000, $table)
        $dumps = Export-Esp32Partition -Device $evil -Destination $folder -Name '*evil*'
        Remove-Esp32Simulator $evil
        Split-Path $dumps.Path | Should -Be $folder
        Test-Path $dumps.Path | Should -BeTrue
    }
}

Describe 'Export-Esp32Partition -Key' {
    BeforeAll {
        # An ESP32 with flash encryption on: FLASH_CRYPT_CNT is bits 20 to 26 of the first word of eFuse, FLASH_CRYPT_CONFIG bits
        # 28 to 31 of the sixth.
        $world = Join-Path $TestDrive 'encrypted'
        $blank = New-TestChip esp32
        (Get-Esp32Simulator $blank).Save((Join-Path $world 'state'))
        Remove-Esp32Simulator $blank
        $efuses = (Get-ChildItem (Join-Path $world 'state') -Filter 'efuse*').FullName
        $bytes = [System.IO.File]::ReadAllBytes($efuses)
        $bytes[2] = $bytes[2] -bor 0x10
        $bytes[23] = $bytes[23] -bor 0xF0
        [System.IO.File]::WriteAllBytes($efuses, $bytes)
        $port = New-TestChip esp32 -With @{ StatePath = Join-Path $world 'state' }
        $chip = Get-Esp32Simulator $port

        $table = New-TestPartitionTable
        # The flag of storage: it is encrypted, too.
        $table[(3 * 32) + 28] = 1
        $key = [byte[]] (100..131)
        $app = New-TestImage -IsApplication
        foreach ($part in @{ Address = 0x8000; Data = $table }, @{ Address = 0x10000; Data = $app }, @{ Address = 0x110000; Data = [byte[]] (0..255) }) {
            $plain = Join-Path $world 'plain.bin'
            [System.IO.File]::WriteAllBytes($plain, $part.Data)
            $file = Protect-Esp32Image $plain (Join-Path $world 'encrypted.bin') -Key $key -Address $part.Address -Chip esp32 -Force
            $chip.LoadFlash($part.Address, [System.IO.File]::ReadAllBytes($file.FullName))
        }

        $chip.LoadFlash(0x9000, [byte[]] (1..200))
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
    }

    It 'reads the encrypted table and decrypts what is encrypted, and nothing else' {
        $dumps = Export-Esp32Partition -Device $port -Key $key -Destination $folder -WarningVariable warnings
        $dumps.Name | Should -Be 'nvs', 'phy_init', 'factory', 'storage'
        $dumps.Decrypted | Should -Be $false, $false, $true, $true
        [System.IO.File]::ReadAllBytes($dumps[0].Path)[0..199] | Should -Be (1..200)
        [System.IO.File]::ReadAllBytes($dumps[2].Path)[0..($app.Length - 1)] | Should -Be $app
        [System.IO.File]::ReadAllBytes($dumps[3].Path)[0..255] | Should -Be (0..255)
        $warnings | Should -BeNullOrEmpty
    }

    It 'is what Get-Esp32Partition takes as well' {
        (Get-Esp32Partition $port -Key $key).Name | Should -Be 'nvs', 'phy_init', 'factory', 'storage'
        { Get-Esp32Partition $port } | Should -Throw -ErrorId 'FlashEncrypted,*'
    }

    It 'brings an encrypted unit back through its manifest' {
        $null = Export-Esp32Partition -Device $port -Key $key -Destination $folder -Manifest
        (Get-Content (Join-Path $folder 'manifest.json') -Raw | ConvertFrom-Json).partitions.contents | Should -Be 'Plain', 'Plain', 'Decrypted', 'Decrypted'
        $before = $chip.ReadFlash(0, 0x120000)
        $null = Clear-Esp32Flash -Device $port -All -Force FlashEncrypted
        (Import-Esp32Partition -Device $port -Manifest $folder -Key $key).Verified | Should -Not -Contain $false
        [System.Linq.Enumerable]::SequenceEqual($chip.ReadFlash(0, 0x120000), $before) | Should -BeTrue
    }

    It 'says that the table cannot be read without the key, or with another' {
        { Export-Esp32Partition -Device $port -Destination $folder } | Should -Throw -ErrorId 'FlashEncrypted,*'
        { Export-Esp32Partition -Device $port -Key ([byte[]] (1..32)) -Destination $folder } | Should -Throw -ErrorId 'FlashEncrypted,*'
    }

    It 'warns when an application does not come out' {
        $chip.LoadFlash(0x10000, [byte[]] (1..64))
        $dump = Export-Esp32Partition -Device $port -Name factory -Key $key -Destination $folder -WarningVariable warnings -WarningAction SilentlyContinue
        $dump.Decrypted | Should -BeTrue
        $warnings | Should -BeLike '*no application*'
    }

    It 'leaves the flash of a chip without encryption as it is, and says so' {
        $plain = New-TestChip esp32c3
        (Get-Esp32Simulator $plain).LoadFlash(0x8000, (New-TestPartitionTable))
        (Get-Esp32Simulator $plain).LoadFlash(0x110000, [byte[]] (1..64))
        $dump = Export-Esp32Partition -Device $plain -Name storage -Key $key -Destination $folder -WarningVariable warnings -WarningAction SilentlyContinue
        Remove-Esp32Simulator $plain
        $dump.Decrypted | Should -BeFalse
        [System.IO.File]::ReadAllBytes($dump.Path)[0..63] | Should -Be (1..64)
        $warnings | Should -BeLike '*encryption is off*'
    }

    It 'refuses a key of a length that the chip does not have' {
        { Export-Esp32Partition -Device $port -Key ([byte[]] (1..64)) -Destination $folder } | Should -Throw -ErrorId 'KeyLength,*'
        { Export-Esp32Partition -Device $port -Key (Join-Path $TestDrive 'no.key') -Destination $folder } | Should -Throw -ErrorId 'FileNotFound,*'
    }
}
