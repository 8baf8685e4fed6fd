BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Get-Esp32Efuse' {
    BeforeAll {
        $port = New-TestChip esp32
        $dev = Connect-Esp32Device $port
    }

    AfterAll {
        $dev | Disconnect-Esp32Device
        Remove-Esp32Simulator $port
    }

    It 'gives every field as an object, with its port' {
        $fields = $dev | Get-Esp32Efuse
        $fields.Count | Should -BeGreaterThan 40
        $fields[0].PortName | Should -Be $port
    }

    It 'gives values in their own types' {
        ($dev | Get-Esp32Efuse ABS_DONE_0).Value | Should -BeOfType [bool]
        ($dev | Get-Esp32Efuse SECURE_VERSION).Value | Should -BeOfType [int]
        ($dev | Get-Esp32Efuse MAC).Value | Should -Be (Get-Esp32Device $dev).Mac
    }

    It 'gives of every chip what goes with a value: CRC state, purpose and protection, version' {
        foreach ($chip in [Esp32Tools.Chips.ChipCatalog]::All) {
            $fields = Get-Esp32Efuse -Device "virtual:$($chip.Key)"
            ($fields | Where-Object Name -EQ MAC).IsIntact | Should -BeTrue
            ($fields | Where-Object Name -EQ WAFER_VERSION_MAJOR).Version | Should -Match '^\d+\.\d+$'
            $keys = @($fields | Where-Object { $_.Purpose })
            $keys.Count | Should -BeGreaterThan 0
            $keys.Readable | Should -Not -Contain $false
            $keys.Writable | Should -Not -Contain $false
        }
    }

    It 'shows unit and purpose beside the value' {
        $port2 = New-TestChip esp32c3
        try {
            $null = Write-Esp32EfuseKey -Device $port2 -Block BLOCK_KEY0 -Purpose HMAC_UP -Key ([byte[]] (1..32)) -Confirm:$false
            $key = Get-Esp32Efuse -Device $port2 BLOCK_KEY0
            $key.Purpose, $key.IsPurposeWritable, $key.Readable, $key.Writable | Should -Be HMAC_UP, $false, $false, $false
            $key | Out-String | Should -Match 'HMAC_UP: \?\? \?\?'
            $dev | Get-Esp32Efuse ADC_VREF | Out-String | Should -Match '11\d\d mV'
        }
        finally {
            Remove-Esp32Simulator $port2
        }
    }

    It 'selects by wildcards, whatever the case' {
        ($dev | Get-Esp32Efuse abs_*).Name | Should -Be 'ABS_DONE_0', 'ABS_DONE_1'
    }

    It 'finds fields under the Turkish culture, where I is no capital i' {
        Invoke-WithCulture 'tr-TR' { ($dev | Get-Esp32Efuse flash_crypt_config).Name | Should -Be 'FLASH_CRYPT_CONFIG' }
    }

    It 'reports a field that is none, and goes on' {
        $found = $dev | Get-Esp32Efuse NOPE, MAC -ErrorAction SilentlyContinue -ErrorVariable failures
        $found.Name | Should -Be 'MAC'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'EfuseNotFound,*'
        $failures[0].TargetObject | Should -Be 'NOPE'
    }

    It 'reads a dump' {
        $file = Join-Path $TestDrive 'blank.bin'
        [System.IO.File]::WriteAllBytes($file, [byte[]]::new(0x200))
        $fields = Get-Esp32Efuse -Path (Join-Path $TestDrive '*.bin') -Chip esp32c3
        $fields.Name | Should -Contain 'KEY_PURPOSE_0'
        { Get-Esp32Efuse -Path (Join-Path $TestDrive 'missing.bin') -Chip esp32 } | Should -Throw -ErrorId 'FileNotFound,*'
    }

    It 'takes the silicon revision that a dump of an ESP32 cannot carry' {
        $file = Join-Path $TestDrive 'esp32.bin'
        [System.IO.File]::WriteAllBytes($file, [byte[]]::new(0x120))
        (Get-Esp32Efuse -Path $file -Chip esp32 WAFER_VERSION_MAJOR).Version | Should -Be '0.0'
        $major = Get-Esp32Efuse -Path $file -Chip esp32 -Revision 3.1 WAFER_VERSION_MAJOR
        $major.Value, $major.Version | Should -Be 3, '3.1'
        (Get-Esp32Efuse -Path $file -Chip esp32 -Revision v3.1 BLOCK2).Purpose | Should -Be SecureBootV2
    }

    It 'finds a field by its other names' {
        ($dev | Get-Esp32Efuse mac_factory).Name | Should -Be 'MAC'
    }

    Context 'with a table of own fields' {
        BeforeAll {
            $table = Join-Path $TestDrive 'own.csv'
            Set-Content $table '# fields', 'MODULE_VERSION, EFUSE_BLK3, 200, 8, [MODULE] Version', 'SERIAL, EFUSE_BLK3, , 20, Serial number', 'SERIAL.YEAR, EFUSE_BLK3, 208, 8, Year of it'
            $c3 = New-TestChip esp32c3
            $data = [byte[]]::new(32)
            $data[25], $data[26], $data[27], $data[28] = 7, 0x19, 0x34, 0x02
            $null = Write-Esp32EfuseBlock -Device $c3 BLOCK_USR_DATA -Data $data -Confirm:$false
        }

        AfterAll { Remove-Esp32Simulator $c3 }

        It 'reads them from a device, by name, other name and wildcard' {
            (Get-Esp32Efuse -Device $c3 -FieldTable $table MODULE_VERSION, SERIAL).Value | Should -Be 7, 0x23419
            (Get-Esp32Efuse -Device $c3 -FieldTable $table MODULE).Name | Should -Be MODULE_VERSION
            (Get-Esp32Efuse -Device $c3 -FieldTable $table SERIAL*).Text | Should -Be '144409', '25'
            Get-Esp32Efuse -Device $c3 -FieldTable $table | Where-Object Category -EQ user | Should -HaveCount 3
        }

        It 'reads them from a dump' {
            $dump = Join-Path $TestDrive 'own.bin'
            $null = Export-Esp32Efuse -Device $c3 $dump
            (Get-Esp32Efuse -Path $dump -Chip esp32c3 -FieldTable $table SERIAL_YEAR).Value | Should -Be 0x19
        }

        It 'tells which bits the chip has a use of its own for' {
            $told = Get-Esp32Efuse -Device $c3 -FieldTable $table MAC -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
            "$told" | Should -Match 'MODULE_VERSION has bits of CUSTOM_MAC'
        }

        It 'completes their names, in front of those of the chip' {
            Push-Location $TestDrive
            try {
                $line = 'Get-Esp32Efuse -FieldTable own.csv -Name SERI'
                (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be SERIAL, SERIAL_YEAR
                $line = 'Get-Esp32Efuse -FieldTable missing.csv -Name ABS_DONE_'
                (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be ABS_DONE_0, ABS_DONE_1
            }
            finally {
                Pop-Location
            }
        }

        It 'refuses a table that is wrong by its line and column, before it asks a device' {
            $wrong = Join-Path $TestDrive 'wrong.csv'
            Set-Content $wrong 'A, EFUSE_BLK3, 0, 8', 'B, EFUSE_BLK3, zero, 8'
            { Get-Esp32Efuse -Device NOPORT -FieldTable $wrong } | Should -Throw '*wrong.csv, line 2, column bit_start*' -ErrorId 'EfuseFieldTableInvalid,*'
            { Get-Esp32Efuse -Device NOPORT -FieldTable (Join-Path $TestDrive missing.csv) } | Should -Throw -ErrorId 'FileNotFound,*'
        }

        It 'refuses a table that does not fit the chip' {
            Set-Content (Join-Path $TestDrive 'system.csv') 'A, EFUSE_BLK2, 0, 8'
            { Get-Esp32Efuse -Device $c3 -FieldTable (Join-Path $TestDrive 'system.csv') } | Should -Throw '*BLOCK_SYS_DATA*' -ErrorId 'EfuseFieldTableInvalid,*'
        }
    }

    It 'does not warn of other data in the block of a custom address' {
        $port = New-TestChip esp32
        try {
            $null = Write-Esp32EfuseBlock -Device $port BLOCK3 -Data ([byte[]] (1..32)) -Confirm:$false
            (Get-Esp32Efuse -Device $port CUSTOM_MAC -WarningVariable told).IsIntact | Should -BeFalse
            $told | Should -BeNullOrEmpty
        }
        finally {
            Remove-Esp32Simulator $port
        }
    }

    Context 'with an address that is not intact, on <_>' -ForEach esp32, esp32c3, esp32c6 {
        BeforeAll {
            $good = New-TestChip $_
            $file = Join-Path $TestDrive "$_.efuse"
            $null = Export-Esp32Efuse -Device $good $file
            $mac = (Get-Esp32Device $good).Mac
            Remove-Esp32Simulator $good

            # A chip of a file whose address has other octets.
            function New-ChipWithMac([byte[]] $Octets) {
                $bytes = [System.IO.File]::ReadAllBytes($file)

                # The file has the last byte of the eFuses first, and so the address as it is written, behind its check value.
                $found = [System.BitConverter]::ToString($bytes).ToLowerInvariant().IndexOf($mac.Replace(':', '-')) / 3
                $found | Should -BeGreaterThan 0
                [array]::Copy($Octets, 0, $bytes, $found, 6)
                if ($Chip -eq 'esp32' -and -not ($Octets -ne 0)) { $bytes[$found - 1] = 0 }
                $path = Join-Path $TestDrive "$([guid]::NewGuid()).efuse"
                [System.IO.File]::WriteAllBytes($path, $bytes)
                $path
            }

            $Chip = $_
        }

        It 'never calls zeros good, and warns of them' {
            $path = New-ChipWithMac ([byte[]]::new(6))
            $field = Get-Esp32Efuse -Path $path -Chip $Chip MAC -WarningVariable told -WarningAction SilentlyContinue
            $field.Value, $field.IsIntact | Should -Be '00:00:00:00:00:00', $false
            $field.Text | Should -Not -Match 'OK'
            "$told" | Should -Match 'not intact'
            $port = New-TestChip $Chip @{ EfusePath = $path }
            try {
                $info = Get-Esp32Device $port -WarningVariable told -WarningAction SilentlyContinue
                $info.Mac, $info.IsMacIntact | Should -Be '00:00:00:00:00:00', $false
                "$told" | Should -Match 'does not match its check value'
            }
            finally {
                Remove-Esp32Simulator $port
            }
        }

        It 'tells a wrong check value, where there is one' {
            if ($Chip -ne 'esp32') { Set-ItResult -Skipped -Because 'only the ESP32 stores a check value with its address'; return }

            $path = New-ChipWithMac ([byte[]] (0x24, 0x0a, 0xc4, 1, 2, 0xfd))
            $field = Get-Esp32Efuse -Path $path -Chip $Chip MAC -WarningVariable told -WarningAction SilentlyContinue
            $field.IsIntact | Should -BeFalse
            "$told" | Should -Match 'CRC 0x.. invalid'
            $port = New-TestChip $Chip @{ EfusePath = $path }
            try {
                (Get-Esp32Device $port -WarningVariable told -WarningAction SilentlyContinue).IsMacIntact | Should -BeFalse
                "$told" | Should -Match 'does not match its check value'
            }
            finally {
                Remove-Esp32Simulator $port
            }
        }

        It 'does not warn of a custom address that was never burned' {
            $field = Get-Esp32Efuse -Path $file -Chip $Chip CUSTOM_MAC -WarningVariable told
            $field.Value | Should -Be '00:00:00:00:00:00'
            $told | Should -BeNullOrEmpty
        }
    }
}
