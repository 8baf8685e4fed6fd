BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Set-Esp32FlashVoltage' {
    Context 'on <Chip>' -ForEach @(
        @{ Chip = 'esp32'; Fields = 'XPD_SDIO_FORCE', 'XPD_SDIO_REG', 'XPD_SDIO_TIEH' }
        @{ Chip = 'esp32s3'; Fields = 'VDD_SPI_FORCE', 'VDD_SPI_XPD', 'VDD_SPI_TIEH' }
    ) {
        BeforeAll {
            function Get-Bit { foreach ($field in $Fields) { (Get-Esp32Efuse -Device $port $field).Number } }
        }

        BeforeEach { $port = New-TestChip $Chip }
        AfterEach { Remove-Esp32Simulator $port }

        It 'burns <Voltage>, and nothing the second time' -ForEach @(
            @{ Voltage = '3.3V'; Expected = 1, 1, 1 }, @{ Voltage = 1.8; Expected = 1, 1, 0 }, @{ Voltage = 'off'; Expected = 1, 0, 0 }
        ) {
            (Set-Esp32FlashVoltage -Device $port $Voltage -WhatIf) | Should -BeNullOrEmpty
            Get-Bit | Should -Be 0, 0, 0
            (Set-Esp32FlashVoltage -Device $port $Voltage -Confirm:$false).Verified | Should -BeTrue
            Get-Bit | Should -Be $Expected
            (Set-Esp32FlashVoltage -Device $port $Voltage -Confirm:$false).Changed | Should -BeFalse
        }

        It 'goes up from 1.8 V, never down from 3.3 V' {
            $null = Set-Esp32FlashVoltage -Device $port 1.8V -Confirm:$false
            $null = Set-Esp32FlashVoltage -Device $port 3.3V -Confirm:$false
            { Set-Esp32FlashVoltage -Device $port 1.8V -Confirm:$false } | Should -Throw -ErrorId 'EfuseAlreadyBurned,*'
            { Set-Esp32FlashVoltage -Device $port Off -Confirm:$false } | Should -Throw -ErrorId 'EfuseAlreadyBurned,*'
        }
    }

    It 'says that <_> has no such eFuses' -ForEach 'esp32c3', 'esp32c6', 'esp32p4' {
        $port = New-TestChip $_
        { Set-Esp32FlashVoltage -Device $port 3.3V -Confirm:$false } | Should -Throw -ErrorId 'ChipUnsupported,*'
        Remove-Esp32Simulator $port
    }

    It 'reads a number as it is written, whatever the culture, and no other voltage' {
        $port = New-TestChip esp32
        (Invoke-WithCulture de-DE { Set-Esp32FlashVoltage -Device $port 3.3 -Confirm:$false }).Changed | Should -BeTrue
        { Set-Esp32FlashVoltage -Device $port 5V -Confirm:$false } | Should -Throw -ErrorId 'EfuseValueInvalid,*'
        Remove-Esp32Simulator $port
    }
}
