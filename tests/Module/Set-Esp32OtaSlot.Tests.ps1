BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Set-Esp32OtaSlot' {
    BeforeEach {
        New-TestFirmware -Folder $TestDrive
        $table = 'otadata,data,ota,,8K', 'factory,app,factory,0x10000,512K', 'app0,app,ota_0,,512K', 'app1,app,ota_1,,512K' | ConvertTo-Esp32PartitionTable
        $port = New-TestChip esp32
        $chip = Get-Esp32Simulator $port
        $app = [System.IO.File]::ReadAllBytes((Join-Path $TestDrive 'app.bin'))
        $chip.LoadFlash(0x8000, $table)
        $chip.LoadFlash(0x90000, $app)
        $chip.LoadFlash(0x110000, $app)
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'chooses a slot by <Name>' -ForEach @(@{ Name = 'its number'; Slot = 1 }, @{ Name = 'its partition'; Slot = 'app1' }, @{ Name = 'its subtype'; Slot = 'ota_1' }) {
        $result = Set-Esp32OtaSlot $Slot -Device $port
        $result.Slot | Should -Be 1
        $result.Partition | Should -Be 'app1'
        $result.Previous | Should -Be 'factory'
        $result.Changed | Should -BeTrue
        $result.Verified | Should -BeTrue
        (Get-Esp32OtaSlot $port | Where-Object Boots).Partition | Should -Be 'app1'
    }

    It 'writes the other copy and leaves alone what boots already' {
        $dev = Connect-Esp32Device $port
        $null = $dev | Set-Esp32OtaSlot 0
        $first = $chip.ReadFlash(0x9000, 0x1000)
        ($dev | Set-Esp32OtaSlot 1).Sequence | Should -Be 2
        $chip.ReadFlash(0x9000, 0x1000) | Should -Be $first
        ($dev | Set-Esp32OtaSlot 1).Changed | Should -BeFalse
        $dev | Disconnect-Esp32Device
    }

    It 'goes back, and says when there is nothing to go back to' {
        $null = Set-Esp32OtaSlot 0 -Device $port
        $null = Set-Esp32OtaSlot 1 -Device $port -OnTrial
        (Get-Esp32OtaSlot $port)[2].State | Should -Be 'New'
        (Set-Esp32OtaSlot -Rollback -Device $port).Partition | Should -Be 'app0'
        (Get-Esp32OtaSlot $port)[2].State | Should -Be 'Invalid'
        $chip.LoadFlash(0x8000, ('otadata,data,ota,,8K', 'app0,app,ota_0,0x90000,512K', 'app1,app,ota_1,,512K' | ConvertTo-Esp32PartitionTable))
        $null = Clear-Esp32OtaSlot $port
        $null = Set-Esp32OtaSlot 0 -Device $port -OnTrial
        { Set-Esp32OtaSlot -Rollback -Device $port } | Should -Throw -ErrorId 'OtaRollbackImpossible,*'
    }

    It 'refuses a slot without an application unless that is lifted' {
        $chip.LoadFlash(0x90000, [byte[]] (, 0xFF * 4096))
        { Set-Esp32OtaSlot 0 -Device $port } | Should -Throw -ErrorId 'ImageInvalid,*'
        (Get-Esp32OtaSlot $port)[0].Boots | Should -BeTrue
        (Set-Esp32OtaSlot 0 -Device $port -Force ImageInvalid).Slot | Should -Be 0
    }

    It 'refuses an application of another chip' {
        $chip.LoadFlash(0x90000, (New-TestImage -ChipId 5 -IsApplication))
        { Set-Esp32OtaSlot 0 -Device $port } | Should -Throw -ErrorId 'ImageForOtherChip,*'
    }

    It 'reports <Id>' -ForEach @(
        @{ Id = 'PartitionNotFound'; With = @{ Slot = 'factory' } }
        @{ Id = 'ValueInvalid'; With = @{ Slot = '1'; Force = 'BeyondFlash' } }
        @{ Id = 'PartitionTableMissing'; With = @{ Slot = '1'; TableOffset = 0x30000 } }
    ) {
        { Set-Esp32OtaSlot -Device $port @With } | Should -Throw -ErrorId "$Id,*"
    }

    It 'writes nothing with -WhatIf' {
        Set-Esp32OtaSlot 1 -Device $port -WhatIf | Should -BeNullOrEmpty
        $chip.ReadFlash(0x9000, 0x2000) | Should -Be (, 0xFF * 0x2000)
    }
}
