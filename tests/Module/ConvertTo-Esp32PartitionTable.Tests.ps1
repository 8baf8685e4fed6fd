BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'ConvertTo-Esp32PartitionTable' {
    BeforeAll {
        $csv = 'nvs,data,nvs,,24K', 'phy_init,data,phy,,4K', 'factory,app,factory,,1M', 'storage,data,spiffs,,64K,encrypted'
        $expected = $csv | ConvertTo-Esp32PartitionTable

        # Bytes come in one piece, and are compared as one.
        function Show([byte[]] $Bytes) { [System.BitConverter]::ToString($Bytes) }
    }

    BeforeEach {
        $file = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
    }

    It 'makes the bytes for the flash, in one piece' {
        , $expected | Should -BeOfType [byte[]]
        $expected.Length | Should -Be 3072
        $expected[0..11] | Should -Be 0xAA, 0x50, 1, 2, 0, 0x90, 0, 0, 0, 0x60, 0, 0
        $expected[128..129] | Should -Be 0xEB, 0xEB
    }

    It 'takes <Name>' -ForEach @(
        @{ Name = 'hashtables'; Rows = {
                @{ Name = 'nvs'; Type = 'data'; SubType = 'nvs'; Size = '24K' }, @{ Name = 'phy_init'; Type = 1; SubType = 1; Size = 4KB },
                @{ Name = 'factory'; Type = 'app'; SubType = 'factory'; Offset = 0x10000; Size = 1MB },
                @{ Name = 'storage'; Type = 'data'; SubType = 'spiffs'; Size = -0x120000; Encrypted = $true } }
        }
        @{ Name = 'objects'; Rows = {
                [pscustomobject] @{ Name = 'nvs'; Type = 'data'; SubType = 'nvs'; Size = '24KB' }
                [pscustomobject] @{ Name = 'phy_init'; Type = 'data'; SubType = 'phy'; Offset = '0xf000'; Size = '0x1000' }
                [pscustomobject] @{ Name = 'factory'; Type = 'app'; SubType = 'factory'; Offset = $null; Size = '1MB'; Encrypted = 'false' }
                [pscustomobject] @{ Name = 'storage'; Type = 'data'; SubType = 'spiffs'; Size = 65536; Flags = 'encrypted' } }
        }
        @{ Name = 'rows of Import-Csv'; Rows = { 'Name,Type,SubType,Offset,Size,Flags', $csv | ForEach-Object { $_ } | ConvertFrom-Csv } }
        @{ Name = 'its own objects'; Rows = { $csv | ConvertFrom-Esp32PartitionTable } }
        @{ Name = 'its own bytes'; Rows = { $expected } }
        @{ Name = 'CSV in one text'; Rows = { $csv -join "`r`n" } }
    ) {
        Show (& $Rows | ConvertTo-Esp32PartitionTable) | Should -Be (Show $expected)
    }

    It 'writes files of both forms, and reads them' {
        Set-Content "$file.csv" $csv
        (ConvertTo-Esp32PartitionTable "$file.csv" "$file.bin").FullName | Should -Be "$file.bin"
        [System.IO.File]::ReadAllBytes("$file.bin") | Should -Be $expected
        $null = ConvertTo-Esp32PartitionTable -LiteralPath "$file.bin" -Destination "$file.2.csv" -AsCsv
        Get-Content "$file.2.csv" -Raw | Should -Be "# ESP-IDF Partition Table`n# Name, Type, SubType, Offset, Size, Flags`nnvs,data,nvs,0x9000,24K,`nphy_init,data,phy,0xf000,4K,`nfactory,app,factory,0x10000,1M,`nstorage,data,spiffs,0x110000,64K,encrypted`n"
        Show (Get-Item "$file.2.csv" | ConvertTo-Esp32PartitionTable) | Should -Be (Show $expected)
        { ConvertTo-Esp32PartitionTable "$file.csv" "$file.bin" } | Should -Throw -ErrorId 'FileExists,*'
        (ConvertTo-Esp32PartitionTable "$file.csv" "$file.bin" -NoMd5 -Force).Length | Should -Be 3072
        (ConvertFrom-Esp32PartitionTable "$file.bin").Count | Should -Be 4
    }

    It 'writes nothing with -WhatIf' {
        $csv | ConvertTo-Esp32PartitionTable -Destination $file -WhatIf | Should -BeNullOrEmpty
        Test-Path $file | Should -BeFalse
    }

    It 'names <What>' -ForEach @(
        @{ What = 'line and column of CSV'; Rows = { 'nvs,data,nvs,,24K', 'x,data,fat,zz,4K' }; Place = "*line 2, column 'Offset'*zz*" }
        @{ What = 'row and column of objects'; Rows = { @{ Name = 'x'; Type = 'data'; SubType = 'fat'; Size = 'much' } }; Place = "*row 1, column 'Size'*much*" }
        @{ What = 'the rule of a whole table'; Rows = { 'a,app,factory,0x11000,1M' }; Place = "*line 1, column 'Offset'*0x10000*" }
        @{ What = 'a name that is too long'; Rows = { 'a_name_of_17_byte,data,fat,,4K' }; Place = "*line 1, column 'Name'*17 bytes*" }
    ) {
        { & $Rows | ConvertTo-Esp32PartitionTable } | Should -Throw $Place -ErrorId 'PartitionTableInvalid,*'
    }

    It 'refuses what is no table' {
        { @{ Size = 1 } | ConvertTo-Esp32PartitionTable } | Should -Throw -ErrorId 'ValueInvalid,*'
        { 'x,data,fat,,4K', @{ Name = 'y'; Type = 'data'; Size = 4096 } | ConvertTo-Esp32PartitionTable } | Should -Throw -ErrorId 'ValueInvalid,*'
        { @() | ConvertTo-Esp32PartitionTable } | Should -Throw -ErrorId 'PartitionTableMissing,*'
        { ConvertTo-Esp32PartitionTable (Join-Path $TestDrive 'no.csv') } | Should -Throw -ErrorId 'FileNotFound,*'
    }

    It 'knows the size of the flash, secure boot, the bootloader and subtypes of one''s own' {
        { 'a,app,factory,,4M' | ConvertTo-Esp32PartitionTable -FlashSize 4MB } | Should -Throw -ErrorId 'PartitionTableInvalid,*'
        { 'a,app,factory,,68K' | ConvertTo-Esp32PartitionTable -SecureBoot V1 } | Should -Throw -ErrorId 'PartitionTableInvalid,*'
        ('a,app,factory,,68K' | ConvertTo-Esp32PartitionTable -SecureBoot V2 -FlashSize 4MB).Length | Should -Be 3072
        'b,bootloader,primary,,' | ConvertTo-Esp32PartitionTable -Chip esp32 -AsCsv | Should -BeLike '*b,bootloader,primary,0x1000,28K,*'
        { 'b,bootloader,primary,,' | ConvertTo-Esp32PartitionTable } | Should -Throw -ErrorId 'PartitionTableInvalid,*'
        'a,data,mine,,4K' | ConvertTo-Esp32PartitionTable -ExtraSubType 'data, mine, 0x40' -AsCsv | Should -BeLike '*a,data,mine,0x9000,4K,*'
        { 'a,data,mine,,4K' | ConvertTo-Esp32PartitionTable -ExtraSubType 'mine' } | Should -Throw -ErrorId 'ValueInvalid,*'
        ('a,data,fat,0x9100,4K' | ConvertTo-Esp32PartitionTable -NoVerify).Length | Should -Be 3072
    }

    It 'does the same under another culture' {
        Show (Invoke-WithCulture de-DE { $csv | ConvertTo-Esp32PartitionTable }) | Should -Be (Show $expected)
        Invoke-WithCulture tr-TR { 'a,DATA,SPIFFS,,64K' | ConvertFrom-Esp32PartitionTable | ForEach-Object SubType } | Should -Be 'spiffs'
    }
}
