BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'New-Esp32Simulator' {
    AfterEach {
        Remove-Esp32Simulator test-new* -ErrorAction SilentlyContinue
    }

    It 'makes a chip that can be opened' {
        $chip = New-Esp32Simulator esp32c3 test-new -Revision 0.4 -FlashSize 8MB
        $chip.PortName | Should -Be 'virtual:test-new'
        $info = $chip | Get-Esp32Device
        $info.Revision | Should -Be '0.4'
        $info.FlashSize | Should -Be 8MB
    }

    It 'makes a chip on its own USB-OTG port' {
        $chip = New-Esp32Simulator esp32s3 test-new -UsbOtg
        (Get-Esp32Port virtual:test-new).ProductId | Should -Be 9
        ($chip | Get-Esp32Device).Chip | Should -Be 'ESP32-S3'
    }

    It 'takes the revision as <_>' -ForEach 3, '3.1', 'v3.1', 3.1, ([version] '3.1') {
        (New-Esp32Simulator esp32 test-new -Revision $_ | Get-Esp32Device).Revision | Should -BeLike "3.*"
    }

    It 'takes the revision the same under de-DE, where 3.1 is written 3,1' {
        Invoke-WithCulture 'de-DE' { (New-Esp32Simulator esp32 test-new -Revision 3.1 | Get-Esp32Device).Revision | Should -BeExactly '3.1' }
    }

    It 'starts with a flash from a file' {
        $file = Join-Path $TestDrive 'flash.bin'
        [System.IO.File]::WriteAllBytes($file, [byte[]] (1..16))
        (New-Esp32Simulator esp32 test-new -FlashPath $file).ReadFlash(0, 17) | Should -Be ((1..16) + 0xFF)
    }

    It 'reports <Id>' -ForEach @(
        @{ Id = 'ChipUnknown'; With = @{ Chip = 'esp99' } }
        @{ Id = 'ChipUnsupported'; With = @{ Chip = 'esp32'; UsbOtg = $true } }
        @{ Id = 'ChipUnsupported'; With = @{ Chip = 'esp32'; UsbSerialJtag = $true } }
        @{ Id = 'FileNotFound'; With = @{ Chip = 'esp32'; FlashPath = 'missing.bin' } }
        @{ Id = 'ValueInvalid'; With = @{ Chip = 'esp32'; FlashSize = '5MB' } }
        @{ Id = 'ValueInvalid'; With = @{ Chip = 'esp32'; Revision = '9.9' } }
        @{ Id = 'ValueInvalid'; With = @{ Chip = 'esp32'; CrystalMHz = 48 } }
        @{ Id = 'ValueInvalid'; With = @{ Chip = 'esp32c3'; CrystalMHz = 26 } }
        @{ Id = 'ValueInvalid'; With = @{ Chip = 'esp32s3'; Psram = '3MB' } }
        @{ Id = 'ChipUnsupported'; With = @{ Chip = 'esp32c3'; Psram = '2MB' } }
        @{ Id = 'ChipUnsupported'; With = @{ Chip = 'esp32p4'; Psram = '16MB' } }
        @{ Id = 'SettingsConflict'; With = @{ Chip = 'esp32s3'; UsbOtg = $true; ResetWiring = 'None' } }
        @{ Id = 'SettingsConflict'; With = @{ Chip = 'esp32'; BridgeLatency = 16 } }
        @{ Id = 'SettingsConflict'; With = @{ Chip = 'esp32c3'; UsbSerialJtag = $true; Timing = $true; BridgeLatency = 16 } }
        @{ Id = 'FaultPlanInvalid'; With = @{ Chip = 'esp32'; Fault = 'drop@tochip' } }
        @{ Id = 'ParameterArgumentValidationError'; With = @{ Chip = 'esp32'; FlashId = 0x1000000 } }
    ) {
        { New-Esp32Simulator @With -Name test-new } | Should -Throw -ErrorId "$Id,*"
    }

    It 'gives the flash an id that no part has, and the host takes it as it is' {
        $chip = New-Esp32Simulator esp32c3 test-new -FlashSize 8MB -FlashId 0x123456
        $chip.FlashId | Should -Be 0x123456
        (Get-Esp32FlashChip -Device $chip.PortName).ManufacturerId | Should -Be 0x12
        (New-Esp32Simulator esp32c3 test-new2).FlashId | Should -Be 0xEF4016
    }

    It 'puts PSRAM into the package, and shows it' {
        $chip = New-Esp32Simulator esp32s3 test-new -Psram 8MB
        $chip.Psram.Size | Should -Be 8MB
        ($chip | Get-Esp32Device).EmbeddedPsram.Size | Should -Be 8MB
        (Get-Esp32Simulator esp32).Psram | Should -BeNullOrEmpty
    }

    It 'puts another crystal on the board, and the host measures it' {
        $chip = New-Esp32Simulator esp32 test-new -CrystalMHz 26
        (Get-Esp32Simulator test-new).CrystalMHz | Should -Be 26
        ($chip | Get-Esp32Device).CrystalMHz | Should -Be 26
    }

    It 'leaves the reset lines unwired: <_>' -ForEach 'None', 'ResetOnly' {
        $chip = New-Esp32Simulator esp32 test-new -ResetWiring $_
        $chip.ResetWiring | Should -Be $_
        { Connect-Esp32Device $chip.PortName } | Should -Throw
        $chip.IsOpen | Should -BeFalse
        $chip.State | Should -Be Application
    }

    It 'makes a bridge with the latency of an FTDI chip' {
        $chip = New-Esp32Simulator esp32 test-new -Timing -BridgeLatency 16
        (Get-Esp32Simulator test-new).BridgeLatencySeconds | Should -Be 0.016
        ($chip | Get-Esp32Device).Chip | Should -Be 'ESP32'
    }

    It 'lets the cable be pulled and put back' {
        $chip = New-Esp32Simulator esp32 test-new
        $device = Connect-Esp32Device $chip.PortName
        $chip.Unplug()
        $chip.IsPluggedIn | Should -BeFalse
        (Get-Esp32Port).PortName | Should -Not -Contain $chip.PortName
        { $device | Read-Esp32Flash 0 16 } | Should -Throw -ErrorId 'PortLost,*'
        { Get-Esp32Device $chip.PortName } | Should -Throw -ErrorId 'PortNotFound,*'
        $device | Disconnect-Esp32Device
        $chip.Replug()
        $chip.IsPluggedIn | Should -BeTrue
        (Get-Esp32Port).PortName | Should -Contain $chip.PortName
        (Get-Esp32Device $chip.PortName).Chip | Should -Be 'ESP32'
    }

    It 'says nothing of an application that is not there, and of one that is' {
        New-TestFirmware -Folder "$TestDrive/boot"
        $chip = New-Esp32Simulator esp32 test-new -ApplicationOutput 'SELFTEST PASS'
        $null = Write-Esp32Flash @{ 0x1000 = "$TestDrive/boot/bootloader.bin" } -Device $chip.PortName
        { Watch-Esp32Output $chip.PortName -Reset -Until 'SELFTEST' -Timeout 1 } | Should -Throw -ErrorId 'OutputTimeout,*'
        (Watch-Esp32Output $chip.PortName -Reset -Timeout 1).Text | Should -Contain 'E (49) boot: load partition table error!'
        $null = Write-Esp32Flash @{ 0x8000 = "$TestDrive/boot/partition-table.bin"; 0x10000 = "$TestDrive/boot/app.bin" } -Device $chip.PortName
        (Watch-Esp32Output $chip.PortName -Reset -Until 'SELFTEST' -Timeout 1)[-1].Text | Should -Be 'SELFTEST PASS'
    }

    It 'saves burned eFuses with the burn' {
        $state = Join-Path $TestDrive 'burned'
        $chip = New-Esp32Simulator esp32c3 test-new -StatePath $state
        $device = Connect-Esp32Device $chip.PortName
        $null = $device | Set-Esp32Efuse -Name DIS_DIRECT_BOOT -Value 1 -Confirm:$false
        $twin = New-Esp32Simulator esp32c3 test-new2 -StatePath $state
        ($twin | Get-Esp32Efuse DIS_DIRECT_BOOT).Value | Should -BeTrue
        $device | Disconnect-Esp32Device
    }

    It 'refuses a folder that is damaged, and one of somebody else' {
        $state = Join-Path $TestDrive 'damaged'
        $null = New-Esp32Simulator esp32c3 test-new -StatePath $state
        $null = Get-Esp32Device virtual:test-new
        Set-Content "$state/board.json" '{ "version": 1 }'
        { New-Esp32Simulator esp32c3 test-new2 -StatePath $state } | Should -Throw -ErrorId 'SimulatorStateInvalid,*'
        $null = New-Item "$TestDrive/other/thesis.txt" -Force
        { New-Esp32Simulator esp32c3 test-new2 -StatePath "$TestDrive/other" } | Should -Throw -ErrorId 'SimulatorStateInvalid,*'
    }

    It 'makes a chip with which something goes wrong' {
        $chip = New-Esp32Simulator esp32 test-new -Fault 'lose@SPI_FLASH_MD5*'
        { Get-Esp32FlashHash -Device $chip.PortName 0 4KB } | Should -Throw -ErrorId 'ReplyTimeout,*'
        $chip.IsOpen | Should -BeFalse
        { New-Esp32Simulator esp32 test-new2 -Fault 'explode' } | Should -Throw -ErrorId 'FaultPlanInvalid,*'
    }

    It 'keeps its state in a folder, flash size and all' {
        $state = Join-Path $TestDrive 'state'
        $null = New-Esp32Simulator esp32c3 test-new -FlashSize 8MB -StatePath $state
        $null = Write-Esp32Flash -Device virtual:test-new -Image @{ 0x10000 = [byte[]] (1..64) }
        Remove-Esp32Simulator test-new
        $again = New-Esp32Simulator esp32c3 test-new -StatePath $state
        $again.FlashSize | Should -Be 8MB
        $again.ReadFlash(0x10000, 64) | Should -Be (1..64)
    }

    It 'refuses a name twice' {
        $null = New-Esp32Simulator esp32 test-new
        { New-Esp32Simulator esp32 test-new } | Should -Throw -ErrorId 'SimulatorExists,*'
    }

    It 'makes nothing with -WhatIf' {
        New-Esp32Simulator esp32 test-new -WhatIf | Should -BeNullOrEmpty
        Get-Esp32Simulator test-new* | Should -BeNullOrEmpty
    }
}
