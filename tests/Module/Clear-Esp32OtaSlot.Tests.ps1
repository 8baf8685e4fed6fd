BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Clear-Esp32OtaSlot' {
    BeforeAll {
        New-TestFirmware -Folder $TestDrive
        $port = New-TestChip esp32
        $chip = Get-Esp32Simulator $port
        $app = [System.IO.File]::ReadAllBytes((Join-Path $TestDrive 'app.bin'))
        $chip.LoadFlash(0x8000, ('otadata,data,ota,,8K', 'factory,app,factory,0x10000,512K', 'app0,app,ota_0,,512K' | ConvertTo-Esp32PartitionTable))
        $chip.LoadFlash(0x90000, $app)
        $null = Set-Esp32OtaSlot 0 -Device $port
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    It 'refuses to boot a factory partition without an application' {
        { Clear-Esp32OtaSlot -Device $port } | Should -Throw -ErrorId 'ImageInvalid,*'
        (Get-Esp32OtaSlot $port)[1].Boots | Should -BeTrue
    }

    It 'erases both copies, and not with -WhatIf' {
        $chip.LoadFlash(0x10000, $app)
        Clear-Esp32OtaSlot -Device $port -WhatIf | Should -BeNullOrEmpty
        (Get-Esp32OtaSlot $port)[1].Boots | Should -BeTrue
        $result = Clear-Esp32OtaSlot -Device $port
        $result.Partition | Should -Be 'factory'
        $result.Previous | Should -Be 'app0'
        $result.Slot | Should -BeNullOrEmpty
        $result.Verified | Should -BeTrue
        $chip.ReadFlash(0x9000, 0x2000) | Should -Be (, 0xFF * 0x2000)
    }
}
