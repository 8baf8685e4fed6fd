BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $lines = 'key,type,encoding,value', 'wifi,namespace,,', 'ssid,data,string,factory', 'channel,data,u8,6', 'cert,file,binary,cert.der'
}

Describe 'New-Esp32Nvs' {
    BeforeEach {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $csv = Join-Path $folder 'nvs.csv'
        Set-Content $csv $lines
        [System.IO.File]::WriteAllBytes((Join-Path $folder 'cert.der'), [byte[]] (1..100))
    }

    It 'makes an image of a CSV, with files beside it, and leaves nothing on disk' {
        $nvs = New-Esp32Nvs $csv -Size 24KB
        $nvs.Length | Should -Be 0x6000
        $nvs.Path | Should -BeNullOrEmpty
        $nvs.Encrypted | Should -BeFalse
        $values = $nvs | Get-Esp32Nvs
        $values.Key | Should -Be 'ssid', 'channel', 'cert'
        $values[1].Value | Should -BeOfType ([byte])
        $values[2].GetBytes() | Should -Be (1..100)
        @(Get-ChildItem $folder).Count | Should -Be 2
    }

    It 'takes files from the current folder first, as the vendor''s tool does' {
        $current = New-Item -ItemType Directory (Join-Path $folder 'current')
        [System.IO.File]::WriteAllBytes((Join-Path $current 'cert.der'), [byte[]] (7, 8))
        Push-Location $current
        try { (New-Esp32Nvs $csv -Size 24KB | Get-Esp32Nvs -Name cert).GetBytes() | Should -Be 7, 8 } finally { Pop-Location }
    }

    It 'makes one image of several CSV files' {
        Set-Content (Join-Path $folder 'more.csv') 'key,type,encoding,value', 'unit,namespace,,', 'serial,data,string,A-1'
        (New-Esp32Nvs (Join-Path $folder '*.csv') -Size 0x3000 | Get-Esp32Nvs).Key | Should -Be 'serial', 'ssid', 'channel', 'cert'
    }

    It 'makes the same of a CSV, of objects and of a hashtable' {
        Set-Content $csv 'key,type,encoding,value', 'a,namespace,,', 'i,data,i32,-5', 's,data,string,x', 'b,namespace,,', 'raw,data,hex2bin,0102'
        $ofCsv = New-Esp32Nvs $csv -Size 0x3000
        $ofObjects = @(
            [pscustomobject] @{ Namespace = 'a'; Key = 'i'; Value = -5 }
            [pscustomobject] @{ Namespace = 'a'; Key = 's'; Type = 'string'; Value = 'x' }
            [pscustomobject] @{ Namespace = 'b'; Key = 'raw'; Encoding = 'hex2bin'; Value = '0102' }
        ) | New-Esp32Nvs -Size 0x3000
        $ofTable = New-Esp32Nvs -Value @{ b = @{ raw = [byte[]] (1, 2) }; a = [ordered] @{ i = -5; s = 'x' } } -Size 0x3000
        $again = $ofCsv | Get-Esp32Nvs | New-Esp32Nvs -Size 0x3000
        foreach ($other in $ofObjects, $ofTable, $again) {
            [System.Convert]::ToBase64String($other.GetBytes()) | Should -Be ([System.Convert]::ToBase64String($ofCsv.GetBytes()))
        }
    }

    It 'takes each .NET type for what it is: <Type>' -ForEach @(
        @{ Value = [byte] 1; Type = 'U8' }, @{ Value = [sbyte] -1; Type = 'I8' }, @{ Value = [uint16] 1; Type = 'U16' }, @{ Value = [int16] -1; Type = 'I16' }
        @{ Value = [uint32] 1; Type = 'U32' }, @{ Value = 1; Type = 'I32' }, @{ Value = [uint64] 1; Type = 'U64' }, @{ Value = [long] -1; Type = 'I64' }
        @{ Value = 'x'; Type = 'String' }, @{ Value = [byte[]] (1, 2); Type = 'Blob' }, @{ Value = [byte[]] @(); Type = 'Blob' }
    ) {
        $entry = New-Esp32Nvs -Value @{ n = @{ v = $Value } } -Size 0x3000 | Get-Esp32Nvs
        $entry.Type | Should -Be $Type
        if ($Type -eq 'Blob') { $entry.GetBytes() | Should -Be $Value } else { $entry.Value | Should -Be $Value }
    }

    It 'encrypts with a key, or with the one that an HMAC key gives' {
        $key = New-Esp32NvsKey (Join-Path $folder 'nvs.key')
        $nvs = New-Esp32Nvs $csv -Size 24KB -Key $key -Destination (Join-Path $folder 'nvs.bin')
        $nvs.Encrypted | Should -BeTrue
        $nvs.KeyFingerprint | Should -Be $key.Fingerprint
        ($nvs.Path | Get-Esp32Nvs -Key $key -Name ssid).Value | Should -Be 'factory'
        $hmac = [byte[]] (1..32)
        (New-Esp32Nvs $csv -Size 24KB -HmacKey $hmac | Get-Esp32Nvs -HmacKey $hmac -Name ssid).Value | Should -Be 'factory'
        { New-Esp32Nvs $csv -Size 24KB -HmacKey $hmac -Key $key } | Should -Throw -ErrorId 'SettingsConflict,*'
    }

    It 'writes a file whole, and replaces one only if told to' {
        $target = Join-Path $folder 'nvs.bin'
        (New-Esp32Nvs $csv -Size 24KB -Destination $target -WhatIf) | Should -BeNullOrEmpty
        Test-Path $target | Should -BeFalse
        $nvs = New-Esp32Nvs $csv -Size 24KB -Destination $target
        [System.IO.File]::ReadAllBytes($target) | Should -Be $nvs.GetBytes()
        { New-Esp32Nvs $csv -Size 24KB -Destination $target } | Should -Throw -ErrorId 'FileExists,*'
        (New-Esp32Nvs $csv -Size 0x3000 -Destination $target -Force).Length | Should -Be 0x3000
    }

    It 'refuses <Row> with <Id>, names the line and never shows the value' -ForEach @(
        @{ Row = 'a,data,u8,300300'; Id = 'NvsItemInvalid'; Shown = $true }
        @{ Row = 'a,data,u8,hunter2'; Id = 'NvsItemInvalid'; Shown = $false }
        @{ Row = 'a,dta,string,hunter2'; Id = 'CsvInvalid'; Shown = $false }
        @{ Row = 'a,data,string,hunter2,x'; Id = 'CsvInvalid'; Shown = $false }
        @{ Row = 'a,data,string,"hunter2'; Id = 'CsvInvalid'; Shown = $false }
        @{ Row = 'sixteen_chars_ke,data,string,hunter2'; Id = 'NvsItemInvalid'; Shown = $false }
        @{ Row = 'a,file,string,hunter2.txt'; Id = 'FileNotFound'; Shown = $true }
    ) {
        Set-Content $csv ($lines[0..2] + $Row)
        $failure = { New-Esp32Nvs $csv -Size 24KB } | Should -Throw -ErrorId "$Id,*" -PassThru
        $failure.Exception.Message | Should -BeLike '*line 4*'
        if (-not $Shown) { "$failure $($failure.Exception)" | Should -Not -Match 'hunter2' }
    }

    It 'refuses what does not fit' {
        { New-Esp32Nvs $csv -Size 0x3001 } | Should -Throw -ErrorId 'ValueInvalid,*'
        { New-Esp32Nvs -Value @{ n = @{ b = [byte[]]::new(9000) } } -Size 0x3000 } | Should -Throw -ErrorId 'NvsFull,*'
        { New-Esp32Nvs -Value @{ n = @{ b = 1.5 } } -Size 0x3000 } | Should -Throw -ErrorId 'NvsItemInvalid,*'
        { New-Esp32Nvs -Value @{ n = 5 } -Size 0x3000 } | Should -Throw -ErrorId 'NvsItemInvalid,*'
        { New-Esp32Nvs -Value @{ n = @{ b = [byte[]]::new(2000) } } -Size 0x3000 -Version 1 } | Should -Throw -ErrorId 'NvsItemInvalid,*'
    }

    It 'warns of a key that is there twice' {
        Set-Content $csv ($lines[0..2] + 'ssid,data,string,again')
        $null = New-Esp32Nvs $csv -Size 24KB -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike '*ssid*'
    }

    It 'does what the vendor''s tool does beyond the rows only if asked' {
        Set-Content $csv 'key,type,encoding,value', 'n,namespace,,', 'sta.ssid,data,string,x'
        (New-Esp32Nvs $csv -Size 24KB | Get-Esp32Nvs).Key | Should -Be 'sta.ssid'
        (New-Esp32Nvs $csv -Size 24KB -LikeGenerator | Get-Esp32Nvs).Key | Should -Be 'sta.ssid', 'sta.apinfo', 'sta.pmk', 'sta.apsw'
    }

    It 'writes plain values for their owner alone, and Set-Esp32Nvs keeps the rights of a file' {
        if ($IsWindows -or $PSEdition -eq 'Desktop') {
            Set-ItResult -Skipped -Because 'there are no file modes here to look at'
            return
        }

        $file = Join-Path $TestDrive "$([guid]::NewGuid()).bin"
        $null = New-Esp32Nvs -Value @{ a = @{ b = 1 } } -Size 12KB -Destination $file
        [int] [System.IO.File]::GetUnixFileMode($file) | Should -Be 0x180
        foreach ($mode in 0x180, 0x1A4) {
            [System.IO.File]::SetUnixFileMode($file, $mode)
            $null = Set-Esp32Nvs $file -Namespace a -Name b -Value $mode
            [int] [System.IO.File]::GetUnixFileMode($file) | Should -Be $mode
        }
    }

    It 'warns of a table without a row' {
        Set-Content (Join-Path $TestDrive 'bare.csv') 'key,type,encoding,value'
        $null = New-Esp32Nvs (Join-Path $TestDrive 'bare.csv') -Size 0x3000 -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*no row*'
    }
}
