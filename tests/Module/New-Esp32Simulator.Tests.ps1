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
        $info.Revision | Should -Be ([version] '0.4')
        $info.FlashSize | Should -Be 8MB
    }

    It 'makes a chip on its own USB-OTG port' {
        $chip = New-Esp32Simulator esp32s3 test-new -UsbOtg
        (Get-Esp32Port virtual:test-new).ProductId | Should -Be 9
        ($chip | Get-Esp32Device).Chip | Should -Be 'ESP32-S3'
    }

    It 'takes the revision as <_>' -ForEach 3, '3.1', 'v3.1', 3.1, ([version] '3.1') {
        (New-Esp32Simulator esp32 test-new -Revision $_ | Get-Esp32Device).Revision.Major | Should -Be 3
    }

    It 'takes the revision the same under de-DE, where 3.1 is written 3,1' {
        Invoke-WithCulture 'de-DE' { (New-Esp32Simulator esp32 test-new -Revision 3.1 | Get-Esp32Device).Revision | Should -Be ([version] '3.1') }
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
    ) {
        { New-Esp32Simulator @With -Name test-new } | Should -Throw -ErrorId "$Id,*"
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
        $again.FlashPart.Size | Should -Be 8MB
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
