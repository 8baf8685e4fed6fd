BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $key = [byte[]] (0x51..0x70)
}

Describe 'Export-Esp32Efuse' {
    Context 'of <Chip>' -ForEach @(
        @{ Chip = 'esp32'; Purpose = 'FlashEncryption'; Key0 = 'BLOCK1' }
        @{ Chip = 'esp32c3'; Purpose = 'XTS_AES_128_KEY'; Key0 = 'BLOCK_KEY0' }
        @{ Chip = 'esp32s3'; Purpose = 'XTS_AES_128_KEY'; Key0 = 'BLOCK_KEY0' }
        @{ Chip = 'esp32c6'; Purpose = 'XTS_AES_128_KEY'; Key0 = 'BLOCK_KEY0' }
        @{ Chip = 'esp32p4'; Purpose = 'XTS_AES_128_KEY'; Key0 = 'BLOCK_KEY0' }
    ) {
        BeforeEach {
            $port = New-TestChip $Chip
            $file = Join-Path $TestDrive "$([guid]::NewGuid()).efuse"
        }

        AfterEach { Remove-Esp32Simulator $port }

        It 'writes what reads back the same, from the file and as a virtual chip' {
            $null = Set-Esp32CustomMac -Device $port 02:12:34:56:78:9a -Confirm:$false
            $dump = Export-Esp32Efuse -Device $port $file
            $dump.PortName | Should -Be $port
            $dump.ReadableKeys | Should -BeNullOrEmpty
            $expected = Get-Esp32Efuse -Device $port | Where-Object { $null -ne $_.Word } | ForEach-Object { "$($_.Name)=$($_.RawValue)" }
            Get-Esp32Efuse -LiteralPath $file -Chip $Chip | Where-Object { $null -ne $_.Word } | ForEach-Object { "$($_.Name)=$($_.RawValue)" } | Should -Be $expected
            $copy = New-TestChip $Chip @{ EfusePath = $file }
            $again = Get-Esp32Efuse -Device $copy | Where-Object { $null -ne $_.Word } | ForEach-Object { "$($_.Name)=$($_.RawValue)" }
            Remove-Esp32Simulator $copy
            $again | Should -Be $expected
        }

        It 'warns of a key that is readable, and shows none of it' {
            $null = Write-Esp32EfuseKey -Device $port $Purpose -Key $key -NoReadProtect -Force KeyReadable -WarningAction SilentlyContinue -Confirm:$false
            $text = Get-Shown "Export-Esp32Efuse -Device $port '$file'"
            $text | Should -Match "holds what $Key0 of"
            Assert-NoKeyIn $text $key
            $null = Lock-Esp32Efuse -Device $port $Key0 Read -Confirm:$false
            (Export-Esp32Efuse -Device $port $file -Force).ReadableKeys | Should -BeNullOrEmpty
        }
    }

    It 'says nothing of the digest of a secure boot key' {
        $port = New-TestChip esp32c3
        $null = Write-Esp32EfuseKey -Device $port SECURE_BOOT_DIGEST0 -Key $key -Confirm:$false
        (Export-Esp32Efuse -Device $port (Join-Path $TestDrive 'digest.efuse')).ReadableKeys | Should -BeNullOrEmpty
        Remove-Esp32Simulator $port
    }

    It 'writes for its owner alone' {
        if ($PSVersionTable.PSVersion.Major -lt 7 -or $IsWindows) {
            Set-ItResult -Skipped -Because 'there are no file modes here to look at'
            return
        }

        $file = Join-Path $TestDrive 'mine.efuse'
        $null = Export-Esp32Efuse -Device virtual:esp32c3 $file
        [int] [System.IO.File]::GetUnixFileMode($file) | Should -Be (6 * 64)
    }

    It 'writes nothing with -WhatIf, nor over a file unless forced' {
        $file = Join-Path $TestDrive 'there.efuse'
        Export-Esp32Efuse -Device virtual:esp32c3 $file -WhatIf | Should -BeNullOrEmpty
        $file | Should -Not -Exist
        Set-Content $file 'mine' -NoNewline
        { Export-Esp32Efuse -Device virtual:esp32c3 $file } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content $file -Raw | Should -Be 'mine'
        $null = Export-Esp32Efuse -Device virtual:esp32c3 $file -Force
        (Get-Item $file).Length | Should -Be 0x200
    }

    It 'reports a folder that is not there' {
        { Export-Esp32Efuse -Device virtual:esp32c3 (Join-Path $TestDrive 'no/such/folder.efuse') } | Should -Throw -ErrorId 'FolderNotFound,*'
    }
}
