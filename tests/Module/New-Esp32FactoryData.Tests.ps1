BeforeDiscovery {
    . "$PSScriptRoot/Vectors.ps1"
    $cases = @(Get-VectorCase mass-mfg/cases.json | Where-Object exit_code -EQ 0 | ForEach-Object {
            @{ Id = $_.id; Case = $_; Folder = Split-Path (Get-VectorPath "mass-mfg/$($_.config)") }
        })
}

BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    Push-Location $TestDrive
    @'
factory,namespace,
serial,data,string
n,data,u8
'@ | Set-Content s.csv
    "serial,n,port`nSN1,1,COM5`nSN2,2,COM6`nSN3,3,COM7" | Set-Content units.csv
    $size = @{ Schema = 's.csv'; Size = 0x3000 }

    function Get-Failure([scriptblock] $Script) {
        try { & $Script | Out-Null } catch { return $_ }
        throw 'It did not fail.'
    }

    function New-Rows([int] $Count) {
        1..$Count | ForEach-Object { [pscustomobject]@{ serial = "SN$_"; n = $_ % 256 } }
    }
}

AfterAll {
    Pop-Location
}

Describe 'New-Esp32FactoryData' {
    BeforeEach {
        $out = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
    }

    It 'makes the files of the vendor''s utility: <Id>' -ForEach $cases {
        Push-Location $Folder
        try {
            $with = @{ Prefix = $Case.args[3]; Size = $Case.args[4] }
            for ($i = 7; $i -lt $Case.args.Count; $i++) {
                switch ($Case.args[$i]) {
                    '--fileid' { $with.FileId = $Case.args[$i + 1] }
                    '--version' { $with.Version = $Case.args[$i + 1] }
                    '--inputkey' { $with.Key = $Case.args[$i + 1] }
                    '--prefix_num' { $with.FirstNumber = $Case.args[$i + 1]; $with.NumberLength = $Case.args[$i + 2] }
                }
            }

            $items = @(New-Esp32FactoryData values.csv $out -Schema config.csv -IntermediateCsv @with)
            $made = Get-ChildItem $out -Recurse -File | ForEach-Object { $_.FullName.Substring($out.Length + 1) -replace '\\', '/' }
            $made | Sort-Object | Should -Be (@($Case.outputs.name) + "$($with.Prefix)-manifest.csv" | Sort-Object)
            foreach ($output in $Case.outputs) {
                (Get-FileHash (Join-Path $out $output.name)).Hash | Should -Be (Get-FileHash (Split-Path $output.file -Leaf)).Hash
            }

            $items.Sha256 | Should -Be ($Case.outputs | Where-Object { $_.PSObject.Properties['sha256'] -and $_.name -in ($items.Path | ForEach-Object { $_.Substring($out.Length + 1) -replace '\\', '/' }) } |
                    Sort-Object { $items.Path.IndexOf((Join-Path $out $_.name)) } | ForEach-Object sha256)
        }
        finally {
            Pop-Location
        }
    }

    It 'gives an object for each row, in order, and lists them beside the files' {
        $items = @(New-Esp32FactoryData units.csv $out @size -FileId serial)
        $items.Row | Should -Be 1, 2, 3
        $items.Unit | Should -Be 'unit-SN1', 'unit-SN2', 'unit-SN3'
        $items.port | Should -Be 'COM5', 'COM6', 'COM7'
        $items.State | Should -Be 'Written', 'Written', 'Written'
        $items[1].Path | Should -Be (Join-Path $out 'bin/unit-SN2.bin')
        $items[1].Size | Should -Be 0x3000
        $items[1].Sha256 | Should -BeExactly (Get-FileHash $items[1].Path).Hash.ToLowerInvariant()
        $listed = Import-Csv (Join-Path $out 'unit-manifest.csv')
        $listed.Unit | Should -Be $items.Unit
        $listed.Sha256 | Should -Be $items.Sha256
        $listed.Path | Should -Be 'bin/unit-SN1.bin', 'bin/unit-SN2.bin', 'bin/unit-SN3.bin'
    }

    It 'makes the same of objects, hashtables and rows of a database as of the file' {
        $expected = @(New-Esp32FactoryData units.csv @size -InMemory).Sha256
        (Import-Csv units.csv | New-Esp32FactoryData @size -InMemory).Sha256 | Should -Be $expected
        (1..3 | ForEach-Object { @{ N = $_; Serial = "SN$_" } } | New-Esp32FactoryData @size -InMemory).Sha256 | Should -Be $expected
        (New-Esp32FactoryData -InputObject (Import-Csv units.csv) @size -InMemory).Sha256 | Should -Be $expected
        $data = [System.Data.DataTable]::new()
        $null = $data.Columns.Add('n', [int])
        $null = $data.Columns.Add('serial', [string])
        1..3 | ForEach-Object { $null = $data.Rows.Add($_, "SN$_") }
        ($data.Rows | New-Esp32FactoryData @size -InMemory).Sha256 | Should -Be $expected
        ($data.DefaultView | New-Esp32FactoryData @size -InMemory).Sha256 | Should -Be $expected
    }

    It 'takes a schema of objects' {
        $schema = @{ Namespace = 'factory'; Key = 'serial'; Encoding = 'string' }, [pscustomobject]@{ Key = 'n'; Type = 'u8'; Max = 2 }
        (New-Rows 2 | New-Esp32FactoryData -Schema $schema -Size 12KB -InMemory).Sha256 | Should -Be @(New-Rows 2 | New-Esp32FactoryData @size -InMemory).Sha256
        $failure = Get-Failure { New-Rows 3 | New-Esp32FactoryData -Schema $schema -Size 12KB -InMemory }
        $failure.TargetObject.Rule | Should -Be 'Range'
        { New-Rows 1 | New-Esp32FactoryData -Schema @{ Namespace = 'a'; Kye = 'n' } -Size 12KB -InMemory } | Should -Throw -ErrorId 'ValueInvalid,*'
    }

    It 'leaves what is there as it is, and goes on where it was interrupted' {
        $first = @(New-Esp32FactoryData units.csv $out @size -FileId serial -IntermediateCsv)
        $times = @(Get-ChildItem $out -Recurse -File).LastWriteTimeUtc
        $second = @(New-Esp32FactoryData units.csv $out @size -FileId serial -IntermediateCsv)
        $second.State | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
        $second.Sha256 | Should -Be $first.Sha256
        @(Get-ChildItem $out -Recurse -File).LastWriteTimeUtc | Should -Be $times

        Remove-Item $first[1].Path, $first[2].CsvPath
        @(New-Esp32FactoryData units.csv $out @size -FileId serial -IntermediateCsv).State | Should -Be 'Unchanged', 'Written', 'Written'
    }

    It 'leaves whole files when it is stopped, and the next run does the rest' {
        1..5000 | ForEach-Object { [pscustomobject]@{ serial = "SN$_"; n = $_ % 256 } } | Export-Csv many.csv -NoTypeInformation
        $bin = Join-Path $out 'bin'
        $null = Stop-Script -Script "Set-Location '$TestDrive'; New-Esp32FactoryData many.csv '$out' -Schema s.csv -Size 0x3000 -KeyPerUnit Hmac" -When {
            (Test-Path $bin) -and [System.IO.Directory]::GetFiles($bin).Count -gt 100
        }
        $done = @(Get-ChildItem $bin)
        $done.Count | Should -BeLessThan 5000
        $done | Where-Object { $_.Length -ne 0x3000 -or $_.Name -notlike '*.bin' } | Should -BeNullOrEmpty
        Get-ChildItem (Join-Path $out 'keys') | Where-Object Name -NotLike '*.bin' | Should -BeNullOrEmpty
        Test-Path (Join-Path $out 'unit-manifest.csv') | Should -BeFalse

        $items = @(New-Esp32FactoryData many.csv $out @size -KeyPerUnit Hmac)
        @($items | Where-Object State -EQ Unchanged).Count | Should -Be $done.Count
        @(Import-Csv (Join-Path $out 'unit-manifest.csv')).Count | Should -Be 5000
    }

    It 'takes rows that were added, and refuses to forget those that are gone' {
        $null = New-Rows 2 | New-Esp32FactoryData -Destination $out @size
        (New-Rows 3 | New-Esp32FactoryData -Destination $out @size).State | Should -Be 'Unchanged', 'Unchanged', 'Written'
        $manifest = Join-Path $out 'unit-manifest.csv'
        @(Import-Csv $manifest).Count | Should -Be 3
        $failure = Get-Failure { New-Rows 2 | New-Esp32FactoryData -Destination $out @size }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        @(Import-Csv $manifest).Count | Should -Be 3
        $null = New-Rows 2 | New-Esp32FactoryData -Destination $out @size -Force
        @(Import-Csv $manifest).Count | Should -Be 2
    }

    It 'refuses to replace other content without -Force, all files named, before it writes' {
        $null = New-Rows 2 | New-Esp32FactoryData -Destination $out @size
        Remove-Item (Join-Path $out 'unit-manifest.csv')
        $before = @(Get-ChildItem $out -Recurse -File | Get-FileHash).Hash
        $failure = Get-Failure { 3, 2, 1 | ForEach-Object { @{ serial = "SN$_"; n = $_ } } | New-Esp32FactoryData -Destination $out @size }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
        $failure.TargetObject.Row | Should -Be 1
        @(Get-ChildItem $out -Recurse -File | Get-FileHash).Hash | Should -Be $before
        (3, 2, 1 | ForEach-Object { @{ serial = "SN$_"; n = $_ } } | New-Esp32FactoryData -Destination $out @size -Force).State | Should -Be 'Written', 'Unchanged', 'Written'
    }

    It 'does not take something else for its manifest' {
        $null = New-Item -ItemType Directory $out
        'my,own,list' | Set-Content (Join-Path $out 'unit-manifest.csv')
        { New-Rows 1 | New-Esp32FactoryData -Destination $out @size } | Should -Throw -ErrorId 'FileExists,*'
        Get-ChildItem $out | ForEach-Object Name | Should -Be 'unit-manifest.csv'
    }

    It 'tells all that is wrong in one error with objects, and writes nothing' {
        "serial,n`nSN1,300`nSN2,`nSN1,4`nSN4,1,2" | Set-Content bad.csv
        $failure = Get-Failure { New-Esp32FactoryData bad.csv $out @size -FileId serial }
        $failure.FullyQualifiedErrorId | Should -BeLike 'FactoryDataInvalid,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidData'
        $failure.TargetObject.Rule | Should -Be 'Value', 'Missing', 'Duplicate', 'Form'
        $failure.TargetObject.Row | Should -Be 1, 2, 3, 4
        $failure.TargetObject.Line | Should -Be 2, 3, 4, 5
        $failure.TargetObject[1].Column | Should -Be 'n'
        $failure.Exception.Count | Should -Be 4
        ($failure.TargetObject | Format-Table | Out-String) | Should -Match '2 +3 n +Missing +There is no value'
        Test-Path $out | Should -BeFalse
    }

    It 'says what is wrong with <Name>' -ForEach @(
        @{ Name = 'an empty file'; Text = ''; Id = 'CsvInvalid'; Message = '*table is empty*' }
        @{ Name = 'a header alone'; Text = "serial,n`n"; Id = 'FactoryDataInvalid'; Message = '*no rows*' }
        @{ Name = 'a missing column'; Text = "serial,m`nA,1"; Id = 'FactoryDataInvalid'; Message = "*no column 'n'*" }
        @{ Name = 'a column that is there twice'; Text = "serial,n,n`nA,1,2"; Id = 'FactoryDataInvalid'; Message = "*2 columns 'n'*" }
        @{ Name = 'semicolons'; Text = "serial;n`nA;1"; Id = 'FactoryDataInvalid'; Advice = '*semicolons*' }
        @{ Name = 'an open quote'; Text = "serial,n`nA,1`n`"B,2`n"; Id = 'FactoryDataInvalid'; Message = '*line 3: a quote is opened*' }
        @{ Name = 'another encoding'; Text = "serial,n`nÄ,1"; Encoding = 28591; Id = 'CsvInvalid'; Message = '*UTF-8*' }
        @{ Name = 'UTF-16 without a mark'; Text = "serial,n`nA,1"; Encoding = 1200; Id = 'FactoryDataInvalid'; Advice = '*UTF-16*' }
    ) {
        $encoding = if ($_['Encoding']) { [System.Text.Encoding]::GetEncoding($Encoding) } else { [System.Text.UTF8Encoding]::new($false) }
        [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'broken.csv'), $encoding.GetBytes($Text))
        $failure = Get-Failure { New-Esp32FactoryData broken.csv $out @size }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        if ($_['Message']) { $failure.Exception.Message | Should -BeLike $Message }
        if ($_['Advice']) { $failure.Exception.Advice | Should -BeLike $Advice }
        Test-Path $out | Should -BeFalse
    }

    It 'reads <Name>' -ForEach @(
        @{ Name = 'UTF-8 with a mark'; Encoding = [System.Text.UTF8Encoding]::new($true); Separator = ',' }
        @{ Name = 'UTF-16 with a mark'; Encoding = [System.Text.Encoding]::Unicode; Separator = ',' }
        @{ Name = 'semicolons, when told so'; Encoding = [System.Text.UTF8Encoding]::new($false); Separator = ';' }
        @{ Name = 'tabulators, when told so'; Encoding = [System.Text.UTF8Encoding]::new($false); Separator = "`t" }
    ) {
        [System.IO.File]::WriteAllText((Join-Path $TestDrive 'read.csv'), "serial,n`r`n`"Ä,`"`"1`"`"`",7`r`n".Replace('l,n', "l${Separator}n").Replace('",7', "`"${Separator}7"), $Encoding)
        $expected = @{ serial = 'Ä,"1"'; n = 7 } | New-Esp32FactoryData @size -InMemory
        (New-Esp32FactoryData read.csv @size -InMemory -Delimiter $Separator).Sha256 | Should -Be $expected.Sha256
    }

    It 'gives each unit a key of its own, and finds it again: <Scheme>' -ForEach @(
        @{ Scheme = 'Xts'; File = 'keys-unit-1.bin'; Length = 4096 }
        @{ Scheme = 'Hmac'; File = 'hmac-keys-unit-1.bin'; Length = 32 }
    ) {
        $items = @(New-Rows 3 | New-Esp32FactoryData -Destination $out @size -KeyPerUnit $Scheme)
        $items[0].KeyPath | Should -Be (Join-Path $out "keys/$File")
        (Get-Item $items[0].KeyPath).Length | Should -Be $Length
        @($items.KeyFingerprint | Sort-Object -Unique).Count | Should -Be 3
        if ($PSVersionTable.PSVersion.Major -ge 7 -and -not $IsWindows) {
            Get-ChildItem (Join-Path $out 'keys') | ForEach-Object { [int] [System.IO.File]::GetUnixFileMode($_.FullName) | Should -Be 0x180 }
        }

        $again = @(New-Rows 3 | New-Esp32FactoryData -Destination $out @size -KeyPerUnit $Scheme)
        $again.State | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
        $again.KeyFingerprint | Should -Be $items.KeyFingerprint
        @(Import-Csv (Join-Path $out 'unit-manifest.csv')).KeyFingerprint | Should -Be $items.KeyFingerprint

        # The key of a file makes the image of its unit.
        $given = if ($Scheme -eq 'Xts') { @{ Key = $items[0].KeyPath } } else { @{ HmacKey = $items[0].KeyPath } }
        @(New-Rows 1 | New-Esp32FactoryData @size -InMemory @given)[0].Sha256 | Should -Be $items[0].Sha256

        # New values under -Force are encrypted with the key that is there.
        $forced = @(New-Rows 3 | ForEach-Object { $_.n = 9; $_ } | New-Esp32FactoryData -Destination $out @size -KeyPerUnit $Scheme -Force)
        $forced.State | Should -Be 'Written', 'Written', 'Written'
        $forced.KeyFingerprint | Should -Be $items.KeyFingerprint
    }

    It 'replaces no image whose key is gone, and uses no key file that is damaged' {
        $items = @(New-Rows 2 | New-Esp32FactoryData -Destination $out @size -KeyPerUnit Xts)
        Remove-Item $items[0].KeyPath
        [System.IO.File]::WriteAllBytes($items[1].KeyPath, [byte[]]::new(4096))
        $failure = Get-Failure { New-Rows 2 | New-Esp32FactoryData -Destination $out @size -KeyPerUnit Xts }
        $failure.TargetObject.Rule | Should -Be 'Exists', 'Key'
        Test-Path $items[0].KeyPath | Should -BeFalse
    }

    It 'gives keys in memory that show themselves as stars and are taken by cmdlets' {
        $image = @(New-Rows 1 | New-Esp32FactoryData @size -InMemory -KeyPerUnit Xts)[0]
        "$($image.GetKey())" | Should -Be '***'
        $image.GetKey().Fingerprint | Should -Be $image.KeyFingerprint
        (New-Rows 1 | New-Esp32FactoryData @size -InMemory -Key $image.GetKey()).Sha256 | Should -Be $image.Sha256

        $image = @(New-Rows 1 | New-Esp32FactoryData @size -InMemory -KeyPerUnit Hmac)[0]
        "$($image.GetHmacKey())" | Should -Be '***'
        $image.GetHmacKey().ToBytes().Length | Should -Be 32
        (New-Rows 1 | New-Esp32FactoryData @size -InMemory -HmacKey $image.GetHmacKey()).Sha256 | Should -Be $image.Sha256
    }

    It 'makes images that Get-Esp32Nvs reads, from memory and from files, with the key of each' {
        foreach ($image in New-Rows 3 | New-Esp32FactoryData @size -InMemory -KeyPerUnit Hmac) {
            ($image | Get-Esp32Nvs -HmacKey $image.GetHmacKey() | Where-Object Key -eq serial).Value | Should -Be "SN$($image.Row)"
        }

        foreach ($item in Import-Csv units.csv | New-Esp32FactoryData -Destination $out @size -KeyPerUnit Xts) {
            ($item.Path | Get-Esp32Nvs -Key $item.KeyPath | Where-Object Key -eq n).Value | Should -Be $item.Row
        }
    }

    It 'encrypts in one way only' {
        { New-Rows 1 | New-Esp32FactoryData @size -InMemory -KeyPerUnit Hmac -HmacKey ([byte[]]::new(32)) } | Should -Throw -ErrorId 'SettingsConflict,*'
        { New-Rows 1 | New-Esp32FactoryData @size -InMemory -Key ([byte[]]::new(32)) } | Should -Throw -ErrorId 'KeyLength,*'
    }

    It 'touches no file in memory' {
        $before = @(Get-ChildItem $TestDrive -Recurse).FullName
        $images = @(New-Rows 100 | New-Esp32FactoryData @size -InMemory -KeyPerUnit Hmac)
        $images.Count | Should -Be 100
        $images[99].GetBytes().Length | Should -Be 0x3000
        $images[0].PSObject.Properties['Path'] | Should -BeNullOrEmpty
        @(Get-ChildItem $TestDrive -Recurse).FullName | Should -Be $before
        @(New-Rows 100 | New-Esp32FactoryData @size -InMemory | Select-Object -First 2).Unit | Should -Be 'unit-1', 'unit-2'
    }

    It 'says what it would write with -WhatIf, and writes nothing' {
        New-Rows 2 | New-Esp32FactoryData -Destination $out @size -KeyPerUnit Xts -WhatIf | Should -BeNullOrEmpty
        Test-Path $out | Should -BeFalse
        $shown = Get-Shown "Set-Location '$TestDrive'; New-Esp32FactoryData units.csv '$out' -Schema s.csv -Size 0x3000 -KeyPerUnit Xts -WhatIf"
        $shown | Should -Match 'encrypted with a new key that goes to .*keys-unit-3\.bin.*unit-3\.bin'
        $shown | Should -Match 'unit-manifest\.csv'
        Test-Path $out | Should -BeFalse
    }

    It 'shows no value in any stream' {
        "serial,n`nHunter2Hunter2,x`nHunter2Hunter3,1" | Set-Content secret.csv
        $shown = Get-Shown "Set-Location '$TestDrive'; New-Esp32FactoryData secret.csv '$out' -Schema s.csv -Size 0x3000 -Verbose -Debug"
        $shown += Get-Shown "Set-Location '$TestDrive'; New-Esp32FactoryData secret.csv '$out' -Schema @{ Namespace = 'a'; Key = 'serial'; Encoding = 'string' } -Size 0x3000 -Verbose -Debug"
        $shown | Should -Match 'no decimal number'
        $shown | Should -Match 'unit-2'
        $shown | Should -Not -Match 'Hunter2'
    }

    It 'reads files that rows name from the current folder, or from that of the table' {
        'certificate' | Set-Content cert.txt -NoNewline
        "dev,namespace,`ncert,file,binary" | Set-Content files.csv
        $expected = @{ cert = 'certificate' } | New-Esp32FactoryData -Schema @{ Namespace = 'dev'; Key = 'cert'; Encoding = 'binary' } -Size 0x3000 -InMemory
        (@{ cert = 'cert.txt' } | New-Esp32FactoryData -Schema files.csv -Size 0x3000 -InMemory).Sha256 | Should -Be $expected.Sha256
        $null = New-Item -ItemType Directory elsewhere -Force
        'certificate' | Set-Content elsewhere/other.txt -NoNewline
        "cert`nother.txt" | Set-Content elsewhere/t.csv
        (New-Esp32FactoryData elsewhere/t.csv -Schema files.csv -Size 0x3000 -InMemory).Sha256 | Should -Be $expected.Sha256
        (Get-Failure { @{ cert = "a`0b" } | New-Esp32FactoryData -Schema files.csv -Size 0x3000 -InMemory }).TargetObject.Rule | Should -Be 'File'
        (Get-Failure { @{ cert = 'none.txt' } | New-Esp32FactoryData -Schema files.csv -Size 0x3000 -InMemory }).TargetObject.Rule | Should -Be 'File'
    }

    It 'does not take text for a row' {
        { 'units.csv' | New-Esp32FactoryData @size -InMemory } | Should -Throw -ErrorId 'ValueInvalid,*'
    }

    It 'means the same under every culture' {
        $expected = @{ serial = '1'; n = 7.0 } | New-Esp32FactoryData @size -InMemory
        (Invoke-WithCulture 'tr-TR' { @{ SERIAL = '1'; N = '7' } | New-Esp32FactoryData @size -InMemory }).Sha256 | Should -Be $expected.Sha256
        (Invoke-WithCulture 'de-DE' { @{ serial = 1; n = 7.0 } | New-Esp32FactoryData @size -InMemory }).Sha256 | Should -Be $expected.Sha256
    }
}
