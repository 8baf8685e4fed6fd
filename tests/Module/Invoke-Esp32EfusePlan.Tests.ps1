BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Invoke-Esp32EfusePlan' {
    BeforeAll {
        $key = [byte[]] (0x51..0x70)
        $back = $key[31..0]
    }

    Context 'on <Chip>' -ForEach @(
        @{ Chip = 'esp32'; Purpose = 'FlashEncryption'; Block = 1; Counter = 'FLASH_CRYPT_CNT' }
        @{ Chip = 'esp32c3'; Purpose = 'XTS_AES_128_KEY'; Block = 4; Counter = 'SPI_BOOT_CRYPT_CNT' }
        @{ Chip = 'esp32s3'; Purpose = 'XTS_AES_128_KEY'; Block = 4; Counter = 'SPI_BOOT_CRYPT_CNT' }
        @{ Chip = 'esp32c6'; Purpose = 'XTS_AES_128_KEY'; Block = 4; Counter = 'SPI_BOOT_CRYPT_CNT' }
        @{ Chip = 'esp32p4'; Purpose = 'XTS_AES_128_KEY'; Block = 4; Counter = 'SPI_BOOT_CRYPT_CNT' }
    ) {
        BeforeEach {
            $port = New-TestChip $Chip
            $simulator = Get-Esp32Simulator $port
            $plan = New-Esp32EfusePlan
            # The lock of what hides the key comes first in the plan, and has to come last in the burn.
            Lock-Esp32Efuse -Plan $plan RD_DIS
            Set-Esp32Efuse -Plan $plan @{ $Counter = 1 }
            if ($Chip -eq 'esp32') { Set-Esp32Efuse -Plan $plan @{ FLASH_CRYPT_CONFIG = 0xF } }
            Write-Esp32EfuseKey -Plan $plan $Purpose -Key $key
            Set-Esp32CustomMac -Plan $plan 02:12:34:56:78:9a
        }

        AfterEach {
            $plan.Dispose()
            Remove-Esp32Simulator $port
        }

        It 'burns all of it in one pass, whatever the order it was put together in' {
            $result = Invoke-Esp32EfusePlan -Device $port $plan -Confirm:$false
            $result.Verified | Should -BeTrue
            $result.Steps.Burned | Should -Not -Contain $false
            $simulator.ReadEfuseBlock($Block)[0..31] | Should -Be $back
            $fields = Get-Esp32Efuse -Device $port
            ($fields | Where-Object Name -EQ $Counter).Number | Should -Be 1
            ($fields | Where-Object Name -EQ RD_DIS).Writable | Should -BeFalse
            ($fields | Where-Object { $_.Block -eq $Block -and $_.BitLength -eq 256 }).Readable | Should -BeFalse
            ($fields | Where-Object Name -EQ CUSTOM_MAC).Value | Should -Be '02:12:34:56:78:9a'
        }

        It 'burns nothing with -WhatIf, and shows the blocks from the highest down' {
            # The plan lives in this process, so that the shell of the test sees it.
            $file = Join-Path $TestDrive 'whatif.log'
            $null = Start-Transcript $file
            try { Invoke-Esp32EfusePlan -Device $port $plan -WhatIf } finally { $null = Stop-Transcript }
            $blocks = Get-Content $file | Select-String '^ +(BLOCK\w+) +\S+ +(bit|\d+ bits?)' | ForEach-Object { $_.Matches[0].Groups[1].Value }
            $blocks | Should -Contain 'BLOCK0'
            $blocks[-1] | Should -Be 'BLOCK0'
            $simulator.ReadEfuseBlock($Block)[0..31] | Should -Be (@(0) * 32)
            Assert-NoKeyIn (Get-Content $file -Raw) $key
        }

        It 'burns nothing when one part is refused' {
            Set-Esp32Efuse -Plan $plan @{ NO_SUCH_FIELD = 1 }
            { Invoke-Esp32EfusePlan -Device $port $plan -Confirm:$false } | Should -Throw -ErrorId 'EfuseNotFound,*'
            $simulator.ReadEfuseBlock($Block)[0..31] | Should -Be (@(0) * 32)
            (Get-Esp32Efuse -Device $port $Counter).Number | Should -Be 0
        }

        It 'is a no-op the second time, as far as it can be seen' {
            $lifted = @('KeyReadable') + @(if ($Chip -eq 'esp32') { 'FlashCryptConfig' })
            $open = New-Esp32EfusePlan
            Write-Esp32EfuseKey -Plan $open $Purpose -Key $key -NoReadProtect
            Set-Esp32Efuse -Plan $open @{ $Counter = 1 }
            Set-Esp32CustomMac -Plan $open 02:12:34:56:78:9a
            (Invoke-Esp32EfusePlan -Device $port $open -Force $lifted -WarningAction SilentlyContinue -Confirm:$false).Changed | Should -BeTrue
            (Invoke-Esp32EfusePlan -Device $port $open -Force $lifted -WarningAction SilentlyContinue -Confirm:$false).Changed | Should -BeFalse
            $open.Dispose()
        }
    }

    It 'burns the same plan into many chips side by side' {
        $ports = foreach ($i in 1..3) { New-TestChip esp32c3 }
        $plan = New-Esp32EfusePlan
        Write-Esp32EfuseKey -Plan $plan XTS_AES_128_KEY -Key $key
        $results = $ports | Invoke-Esp32EfusePlan -Plan $plan -ThrottleLimit 3 -Confirm:$false
        $results.Count | Should -Be 3
        foreach ($port in $ports) {
            (Get-Esp32Simulator $port).ReadEfuseBlock(4)[0..31] | Should -Be $back
            Remove-Esp32Simulator $port
        }
    }

    It 'shows no byte of a key in any stream, nor in a trace' {
        $port = New-TestChip esp32c3
        $trace = Join-Path $TestDrive 'trace.log'
        $text = Get-Shown "`$dev = Connect-Esp32Device $port -TraceFile '$trace'
            `$plan = New-Esp32EfusePlan
            Write-Esp32EfuseKey -Plan `$plan XTS_AES_128_KEY -Key ([byte[]] (0x51..0x70)); `$plan
            `$dev | Invoke-Esp32EfusePlan -Plan `$plan -WhatIf
            `$dev | Invoke-Esp32EfusePlan -Plan `$plan -Confirm:`$false
            `$dev | Invoke-Esp32EfusePlan -Plan `$plan -Confirm:`$false
            `$dev | Disconnect-Esp32Device"
        (Get-Esp32Simulator $port).ReadEfuseBlock(4)[0..31] | Should -Be $back
        Remove-Esp32Simulator $port
        $text | Should -Match 'KeyBlockInUse'
        Assert-NoKeyIn ($text + (Get-Content $trace -Raw)) $key
    }
}
