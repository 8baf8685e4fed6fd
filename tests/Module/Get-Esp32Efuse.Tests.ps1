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
}
