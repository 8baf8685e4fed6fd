BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Lock-Esp32Efuse' {
    Context 'on <Chip>' -ForEach @(
        @{ Chip = 'esp32'; Field = 'JTAG_DISABLE'; Key = 'BLOCK1'; Purpose = 'FlashEncryption' }
        @{ Chip = 'esp32c3'; Field = 'DIS_ICACHE'; Key = 'BLOCK_KEY0'; Purpose = 'XTS_AES_128_KEY' }
        @{ Chip = 'esp32s3'; Field = 'DIS_ICACHE'; Key = 'BLOCK_KEY0'; Purpose = 'XTS_AES_128_KEY' }
        @{ Chip = 'esp32c6'; Field = 'WDT_DELAY_SEL'; Key = 'BLOCK_KEY0'; Purpose = 'XTS_AES_128_KEY' }
        @{ Chip = 'esp32p4'; Field = 'WDT_DELAY_SEL'; Key = 'BLOCK_KEY0'; Purpose = 'XTS_AES_128_KEY' }
    ) {
        BeforeEach { $port = New-TestChip $Chip }
        AfterEach { Remove-Esp32Simulator $port }

        It 'locks a field against writing, once' {
            Lock-Esp32Efuse -Device $port $Field -WhatIf | Should -BeNullOrEmpty
            (Get-Esp32Efuse -Device $port $Field).Writable | Should -BeTrue
            (Lock-Esp32Efuse -Device $port $Field -Confirm:$false).Verified | Should -BeTrue
            (Get-Esp32Efuse -Device $port $Field).Writable | Should -BeFalse
            (Lock-Esp32Efuse -Device $port $Field -Confirm:$false).Changed | Should -BeFalse
            { Set-Esp32Efuse -Device $port -Name $Field -Value 1 -Confirm:$false } | Should -Throw -ErrorId 'EfuseWriteProtected,*'
        }

        It 'hides a key that was left readable, and locks it' {
            $null = Write-Esp32EfuseKey -Device $port $Purpose -Key ([byte[]] (1..32)) -NoReadProtect -NoWriteProtect -Force KeyReadable -Confirm:$false -WarningAction SilentlyContinue
            (Get-Esp32Efuse -Device $port $Key).Readable | Should -BeTrue
            $result = Lock-Esp32Efuse -Device $port $Key Read, Write -Confirm:$false
            $result.Steps.Count | Should -Be 2
            $field = Get-Esp32Efuse -Device $port $Key
            $field.Readable | Should -BeFalse
            $field.Writable | Should -BeFalse
        }

        It 'refuses to hide what cannot be hidden' {
            { Lock-Esp32Efuse -Device $port $Field Read -Confirm:$false } | Should -Throw -ErrorId 'EfuseValueInvalid,*'
            { Lock-Esp32Efuse -Device $port NO_SUCH_FIELD -Confirm:$false } | Should -Throw -ErrorId 'EfuseNotFound,*'
        }
    }

    It 'never hides the digest of a secure boot key, and has no error id that would' {
        $port = New-TestChip esp32c3
        $null = Write-Esp32EfuseKey -Device $port SECURE_BOOT_DIGEST0 -Key ([byte[]] (1..32)) -Confirm:$false
        { Lock-Esp32Efuse -Device $port BLOCK_KEY0 Read -Force DataReadProtected -Confirm:$false } | Should -Throw -ErrorId 'DigestReadProtected,*'
        { Lock-Esp32Efuse -Device $port BLOCK_KEY0 Read -Force DigestReadProtected -Confirm:$false } | Should -Throw -ErrorId 'ValueInvalid,*'
        (Get-Esp32Efuse -Device $port BLOCK_KEY0).Readable | Should -BeTrue
        Remove-Esp32Simulator $port
    }

    It 'hides data of the user only when its refusal is lifted' {
        $port = New-TestChip esp32c3
        { Lock-Esp32Efuse -Device $port BLOCK_KEY1 Read -Confirm:$false } | Should -Throw -ErrorId 'DataReadProtected,*'
        { Lock-Esp32Efuse -Device $port BLOCK_KEY1 Read -Force KeyReadable -Confirm:$false } | Should -Throw -ErrorId 'DataReadProtected,*'
        $null = Lock-Esp32Efuse -Device $port BLOCK_KEY1 Read -Force datareadprotected -Confirm:$false -WarningVariable warning -WarningAction SilentlyContinue
        "$warning" | Should -Match 'software reads what is in it'
        (Get-Esp32Efuse -Device $port BLOCK_KEY1).Readable | Should -BeFalse
        Remove-Esp32Simulator $port
    }

    It 'protects nothing more once the protection bits are locked' {
        $port = New-TestChip esp32
        $null = Lock-Esp32Efuse -Device $port RD_DIS -Force ReadProtectionLost -Confirm:$false -WarningAction SilentlyContinue
        { Lock-Esp32Efuse -Device $port BLOCK1 Read -Confirm:$false } | Should -Throw -ErrorId 'EfuseWriteProtected,*'
        Remove-Esp32Simulator $port
    }
}
