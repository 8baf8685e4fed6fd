# Files through the pipeline, into each cmdlet that reads them; Conventions looks at the parameters of all.
BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Files of Get-ChildItem' {
    BeforeAll {
        $work = Join-Path $TestDrive 'files'
        $null = New-TestFirmware -Folder $work
        Push-Location $work
        Set-Content nvs.csv 'key,type,encoding,value', 'wifi,namespace,,', 'ssid,data,string,factory', 'channel,data,u8,6'
        $null = New-Esp32Nvs nvs.csv -Size 0x3000 -Destination nvs.bin
        $null = New-Esp32SigningKey key.pem EcdsaP256
        $null = New-Esp32SigningKey rsa.pem Rsa3072
        $null = Add-Esp32ImageSignature bootloader.bin signed.bin -Key rsa.pem
        $null = Export-Esp32Efuse -Device virtual:esp32c3 c3.efuse
        [System.IO.File]::WriteAllBytes("$work/app.elf", (New-TestElf))
        Copy-Item partition-table.bin '[1].bin'
    }

    AfterAll { Pop-Location }

    It 'go into <Name>' -ForEach @(
        @{ Name = 'Get-Esp32Image'; File = 'app.bin'; With = @{} }
        @{ Name = 'Get-Esp32Efuse'; File = 'c3.efuse'; With = @{ Chip = 'esp32c3' } }
        @{ Name = 'Test-Esp32Efuse'; File = 'c3.efuse'; With = @{ Chip = 'esp32c3' } }
        @{ Name = 'Get-Esp32SecurityState'; File = 'c3.efuse'; With = @{ Chip = 'esp32c3' } }
        @{ Name = 'Get-Esp32Partition'; File = 'partition-table.bin'; With = @{} }
        @{ Name = 'Get-Esp32Partition'; File = '[1].bin'; With = @{} }
        @{ Name = 'ConvertFrom-Esp32PartitionTable'; File = 'partition-table.bin'; With = @{} }
        @{ Name = 'ConvertTo-Esp32PartitionTable'; File = '[1].bin'; With = @{} }
        @{ Name = 'Get-Esp32OtaSlot'; File = 'nvs.bin'; With = @{ PartitionTable = 'partition-table.bin' }; IsSilent = $true }
        @{ Name = 'New-Esp32Nvs'; File = 'nvs.csv'; With = @{ Size = 0x3000 } }
        @{ Name = 'Get-Esp32Nvs'; File = 'nvs.bin'; With = @{} }
        @{ Name = 'Test-Esp32Nvs'; File = 'nvs.bin'; With = @{} }
        @{ Name = 'Set-Esp32Nvs'; File = 'nvs.bin'; With = @{ Namespace = 'wifi'; Name = 'ssid'; Value = 'x' } }
        @{ Name = 'Protect-Esp32Nvs'; File = 'nvs.bin'; With = @{ Key = [byte[]] (1..64); Destination = 'closed.bin' } }
        @{ Name = 'Get-Esp32KeyDigest'; File = 'key.pem'; With = @{} }
        @{ Name = 'Get-Esp32ImageSignature'; File = 'signed.bin'; With = @{} }
        @{ Name = 'Write-Esp32EfuseBlock'; File = 'key.bin'; With = @{ Device = 'virtual:esp32c3'; Block = 'BLOCK3'; WhatIf = $true }; IsSilent = $true }
        @{ Name = 'Write-Esp32EfuseKey'; File = 'key.bin'; With = @{ Device = 'virtual:esp32c3'; Purpose = 'HMAC_UP'; WhatIf = $true }; IsSilent = $true }
    ) {
        $failures = $null
        $seen = Get-ChildItem -LiteralPath $File | & $Name @With -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures | Should -BeNullOrEmpty
        if (-not $PSItem.ContainsKey('IsSilent')) { $seen | Should -Not -BeNullOrEmpty }
    }

    It 'are what the rows of Import-Csv of the vendor''s table are, too' {
        $made = New-Esp32Nvs nvs.csv -Size 0x3000
        (Import-Csv nvs.csv | New-Esp32Nvs -Size 0x3000).Bytes | Should -Be $made.Bytes
        (Get-ChildItem nvs.csv | New-Esp32Nvs -Size 0x3000).Bytes | Should -Be $made.Bytes
    }

    It 'are told from rows of another table, by the row and its columns, and no value' {
        foreach ($case in @(
                @{ Rows = [pscustomobject]@{ name = 'ssid'; secret = 'hunter2' }; Said = 'Row 1 has the columns name, secret' }
                @{ Rows = [pscustomobject]@{ key = 'wifi'; type = 'namespace'; encoding = ''; value = '' }, [pscustomobject]@{ key = 'a'; type = 'dta'; encoding = 'string'; value = 'hunter2' }; Said = "Row 2 .*type 'dta'" }
                @{ Rows = [pscustomobject]@{ key = 'a'; type = 'data'; encoding = 'string'; value = 'hunter2' }; Said = 'Row 1 stands before the first namespace' })) {
            $failure = { $case.Rows | New-Esp32Nvs -Size 0x3000 } | Should -Throw -ErrorId 'NvsItemInvalid,*' -PassThru
            "$failure" | Should -Match $case.Said
            $failure.ErrorDetails.RecommendedAction | Should -Match 'Namespace, Key, Value.*key, type, encoding, value'
            "$failure $($failure.ErrorDetails.RecommendedAction)" | Should -Not -Match 'hunter2'
        }
    }
}
