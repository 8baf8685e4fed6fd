BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Set-Esp32Efuse' {
    Context 'on <Chip>' -ForEach @(
        @{ Chip = 'esp32'; Flag = 'JTAG_DISABLE'; Number = 'SPI_PAD_CONFIG_CLK'; Counter = 'SECURE_VERSION' }
        @{ Chip = 'esp32c3'; Flag = 'DIS_DOWNLOAD_ICACHE'; Number = 'WDT_DELAY_SEL'; Counter = 'SPI_BOOT_CRYPT_CNT' }
        @{ Chip = 'esp32s3'; Flag = 'DIS_DOWNLOAD_ICACHE'; Number = 'WDT_DELAY_SEL'; Counter = 'SPI_BOOT_CRYPT_CNT' }
        @{ Chip = 'esp32c6'; Flag = 'DIS_DOWNLOAD_ICACHE'; Number = 'WDT_DELAY_SEL'; Counter = 'SPI_BOOT_CRYPT_CNT' }
        @{ Chip = 'esp32p4'; Flag = 'DIS_TWAI'; Number = 'FLASH_TPUW'; Counter = 'SPI_BOOT_CRYPT_CNT' }
    ) {
        BeforeEach { $port = New-TestChip $Chip }
        AfterEach { Remove-Esp32Simulator $port }

        It 'burns a table of fields, and nothing the second time' {
            $result = Set-Esp32Efuse -Device $port @{ $Flag = $true; $Number = 3 } -Confirm:$false
            $result.Changed | Should -BeTrue
            $result.Verified | Should -BeTrue
            $result.PortName | Should -Be $port
            $result.Steps[0].Name | Should -Be (@($Flag, $Number) | Sort-Object)[0]
            (Get-Esp32Efuse -Device $port $Flag).Number | Should -Be 1
            (Get-Esp32Efuse -Device $port $Number).Number | Should -Be 3
            (Set-Esp32Efuse -Device $port @{ $Flag = 1; $Number = '0x3' } -Confirm:$false).Changed | Should -BeFalse
        }

        It 'sets the next bit of a counter when it has no value' {
            foreach ($expected in 1, 3) {
                $null = Set-Esp32Efuse -Device $port -Name $Counter -Force EncryptionWithoutKey, EncryptionCountEven -Confirm:$false -WarningAction SilentlyContinue
                (Get-Esp32Efuse -Device $port $Counter).Number | Should -Be $expected
            }
        }

        It 'refuses a value that lacks a bit which is set' {
            $null = Set-Esp32Efuse -Device $port -Name $Number -Value 1 -Confirm:$false
            { Set-Esp32Efuse -Device $port -Name $Number -Value 2 -Confirm:$false } | Should -Throw -ErrorId 'EfuseValueLacksBits,*'
            (Get-Esp32Efuse -Device $port $Number).Number | Should -Be 1
            $null = Set-Esp32Efuse -Device $port -Name $Number -Value 2 -Force EfuseValueLacksBits -WarningAction SilentlyContinue -Confirm:$false
            (Get-Esp32Efuse -Device $port $Number).Number | Should -Be 3
        }
    }

    Context 'with a table of own fields, on <_>' -ForEach esp32, esp32c2, esp32c3, esp32p4 {
        BeforeEach {
            $port = New-TestChip $_
            $table = Join-Path $TestDrive 'own.csv'
            Set-Content $table 'MODULE_VERSION, EFUSE_BLK3, 56, 8, Version', 'ROLE, EFUSE_BLK3, , 3, [KIND] Role', 'CODE, EFUSE_BLK3, , 40, Five bytes'
        }

        AfterEach { Remove-Esp32Simulator $port }

        It 'burns them together, and nothing the second time' {
            $fields = @{ MODULE_VERSION = 0x15; KIND = 5; CODE = [byte[]] (1..5) }
            $result = Set-Esp32Efuse -Device $port $fields -FieldTable $table -Confirm:$false -WarningAction SilentlyContinue
            $result.Changed, $result.Verified | Should -Be $true, $true
            (Get-Esp32Efuse -Device $port -FieldTable $table MODULE_VERSION, ROLE).Value | Should -Be 0x15, 5
            (Get-Esp32Efuse -Device $port -FieldTable $table CODE).Text | Should -Be '01 02 03 04 05'
            (Set-Esp32Efuse -Device $port $fields -FieldTable $table -Confirm:$false -WarningAction SilentlyContinue).Changed | Should -BeFalse
        }

        It 'refuses a value that does not fit, and a name that is in no table' {
            { Set-Esp32Efuse -Device $port -Name ROLE 8 -FieldTable $table -Confirm:$false } | Should -Throw -ErrorId 'EfuseValueInvalid,*'
            { Set-Esp32Efuse -Device $port -Name ROLE 1 -Confirm:$false } | Should -Throw -ErrorId 'EfuseNotFound,*'
        }
    }

    It 'warns of own fields that have bits of the chip''s, if they are burned' {
        $port = New-TestChip esp32
        try {
            $table = Join-Path $TestDrive 'shared.csv'
            Set-Content $table 'OVER, EFUSE_BLK3, 120, 10, x', 'FREE, EFUSE_BLK3, 200, 8, x'
            $null = Set-Esp32Efuse -Device $port @{ FREE = 3 } -FieldTable $table -WhatIf -WarningVariable told -WarningAction SilentlyContinue
            $told | Should -BeNullOrEmpty
            $null = Set-Esp32Efuse -Device $port @{ OVER = 3 } -FieldTable $table -WhatIf -WarningVariable told -WarningAction SilentlyContinue
            "$told" | Should -Match 'OVER has bits of SECURE_VERSION'
        }
        finally {
            Remove-Esp32Simulator $port
        }
    }

    Context 'where the burn takes the loader''s view away' {
        BeforeDiscovery {
            . "$PSScriptRoot/Shared.ps1"
            $chips = [Esp32Tools.Chips.ChipCatalog]::All.Key
            $withMode = [Esp32Tools.Chips.ChipCatalog]::All | Where-Object { $_.Efuse.GetTable($_.Factory.Revision).Fields.Name -contains 'ENABLE_SECURITY_DOWNLOAD' } | ForEach-Object Key
        }

        It 'asks <_> for its security information after secure download mode was burned' -ForEach $withMode {
            $port = New-TestChip $_
            try {
                $dev = Connect-Esp32Device $port
                $result = $dev | Set-Esp32Efuse @{ ENABLE_SECURITY_DOWNLOAD = 1 } -Force SecureDownloadFault -Confirm:$false -WarningAction SilentlyContinue
                $result.Changed, $result.Verified, $result.UnverifiedReason | Should -Be $true, $true, $null
                $dev.IsSecureDownloadMode | Should -BeTrue
                $dev | Disconnect-Esp32Device
            }
            finally {
                Remove-Esp32Simulator $port
            }
        }

        It 'says of <_> why nothing can be known of a closed loader' -ForEach ($chips | Where-Object { $_ -ne 'esp32' }) {
            $port = New-TestChip $_
            try {
                $result = Set-Esp32Efuse -Device $port @{ DIS_DOWNLOAD_MODE = 1 } -Confirm:$false
                $result.Changed, $result.Verified | Should -Be $true, $false
                $result.UnverifiedReason | Should -Match 'closes the loader'
                $result | Out-String -Width 300 | Should -Match '(?s)Not verified: .*closes\s+the\s+loader'
                $result.Steps | Out-String -Width 300 | Should -Match '(?s)Not verified: .*closes\s+the\s+loader'
            }
            finally {
                Remove-Esp32Simulator $port
            }
        }

        It 'says of a lock on the mode that the security information tells nothing of it' {
            $port = New-TestChip esp32c3
            $plan = New-Esp32EfusePlan
            Set-Esp32Efuse -Plan $plan @{ ENABLE_SECURITY_DOWNLOAD = 1 }
            Lock-Esp32Efuse -Plan $plan ENABLE_SECURITY_DOWNLOAD
            $result = Invoke-Esp32EfusePlan -Device $port $plan -Confirm:$false
            Remove-Esp32Simulator $port
            $result.Steps.Verified | Should -Be $true, $false
            $result.UnverifiedReason | Should -Match 'says nothing of ENABLE_SECURITY_DOWNLOAD being protected'
        }
    }

    Context 'whatever the chip' {
        BeforeEach { $port = New-TestChip esp32 }
        AfterEach { Remove-Esp32Simulator $port }

        It 'shows with -WhatIf each bit, in the order of the burn, and burns none' {
            $text = Get-Shown "Set-Esp32Efuse -Device $port @{ FLASH_CRYPT_CNT = 7; FLASH_CRYPT_CONFIG = 0xF; JTAG_DISABLE = 1 } -Force EncryptionWithoutKey -WhatIf"
            $text | Should -Match 'BLOCK0 +FLASH_CRYPT_CONFIG +bit 188-191 +0x0 -> 0xf[\s\S]+BLOCK0 +JTAG_DISABLE +bit 198 [\s\S]+BLOCK0 +FLASH_CRYPT_CNT +bit 20-22 +0x0 -> 0x7'
            (Get-Esp32Efuse -Device $port FLASH_CRYPT_CNT, FLASH_CRYPT_CONFIG, JTAG_DISABLE).Number | Should -Be 0, 0, 0
        }

        It 'reports <Id> for <What>' -ForEach @(
            @{ What = 'an unknown field'; Id = 'EfuseNotFound'; With = @{ Value = @{ NO_SUCH_FIELD = 1 } } }
            @{ What = 'a value too wide'; Id = 'EfuseValueInvalid'; With = @{ Name = 'FLASH_CRYPT_CONFIG'; Value = 16 } }
            @{ What = 'zero'; Id = 'EfuseValueInvalid'; With = @{ Name = 'JTAG_DISABLE'; Value = 0 } }
            @{ What = 'no number'; Id = 'EfuseValueInvalid'; With = @{ Name = 'FLASH_CRYPT_CONFIG'; Value = 'much' } }
            @{ What = 'the address of the factory'; Id = 'EfuseValueInvalid'; With = @{ Name = 'MAC'; Value = '02:00:00:00:00:01' } }
            @{ What = 'a name for a table'; Id = 'EfuseValueInvalid'; With = @{ Value = 'JTAG_DISABLE' } }
            @{ What = 'a table and a name'; Id = 'EfuseValueInvalid'; With = @{ Name = 'JTAG_DISABLE'; Value = @{ JTAG_DISABLE = 1 } } }
            @{ What = 'an empty table'; Id = 'EfuseValueInvalid'; With = @{ Value = @{} } }
        ) {
            $before = Get-Esp32Efuse -Device $port | ForEach-Object RawValue
            { Set-Esp32Efuse -Device $port @With -Confirm:$false } | Should -Throw -ErrorId "$Id,*"
            Get-Esp32Efuse -Device $port | ForEach-Object RawValue | Should -Be $before
        }

        It 'burns nothing of a table of which one part is refused, and names every refusal' {
            $text = Get-Shown "Set-Esp32Efuse -Device $port ([ordered]@{ JTAG_DISABLE = 1; NO_SUCH = 1; NEITHER = 1 }) -Confirm:`$false"
            $text | Should -Match "EfuseNotFound,"
            $text | Should -Match "no eFuse field 'NO_SUCH'"
            $text | Should -Match "Refused as well: .*'NEITHER'"
            (Get-Esp32Efuse -Device $port JTAG_DISABLE).Number | Should -Be 0
        }

        It 'warns before encryption is switched on without a key' {
            $text = Get-Shown "Set-Esp32Efuse -Device $port -Name FLASH_CRYPT_CNT -Value 1 -Force EncryptionWithoutKey, FlashCryptConfig -WhatIf"
            $text | Should -Match 'no flash encryption key is in the chip'
        }

        It 'takes many ports' {
            $other = New-TestChip esp32
            $results = $port, $other | Set-Esp32Efuse -Name JTAG_DISABLE -Confirm:$false -ThrottleLimit 2
            Remove-Esp32Simulator $other
            $results.PortName | Sort-Object | Should -Be ($port, $other | Sort-Object)
            $results.Changed | Should -Be $true, $true
        }
    }
}
