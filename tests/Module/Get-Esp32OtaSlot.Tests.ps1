BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Get-Esp32OtaSlot' {
    BeforeAll {
        $csv = 'otadata,data,ota,,8K', 'factory,app,factory,0x10000,512K', 'app0,app,ota_0,,512K', 'app1,app,ota_1,,512K'
        $table = $csv | ConvertTo-Esp32PartitionTable

        # Sequence 2 with its CRC, state undefined: slot 1.
        $otadata = [byte[]] (, 0xFF * 0x2000)
        [byte[]] (2, 0, 0, 0) | ForEach-Object { $i = 0 } { $otadata[$i++] = $_ }
        [byte[]] (0x74, 0x37, 0xF6, 0x55) | ForEach-Object { $i = 28 } { $otadata[$i++] = $_ }
        $port = New-TestChip esp32
        $chip = Get-Esp32Simulator $port
        $chip.LoadFlash(0x8000, $table)
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    It 'says what boots on a device where nothing was chosen, and why' {
        $slots = Get-Esp32OtaSlot $port
        $slots.Partition | Should -Be 'factory', 'app0', 'app1'
        $slots.Slot | Should -Be $null, 0, 1
        $slots.Boots | Should -Be $true, $false, $false
        $slots[0].Reason | Should -BeLike '*otadata is empty*factory*'
        $slots[0].PortName | Should -Be $port
        $chip.IsOpen | Should -BeFalse
    }

    It 'reads otadata of <Name>' -ForEach @(
        @{ Name = 'a device'; With = { @{ Device = $port } } }
        @{ Name = 'a file'; With = { @{ Path = Join-Path $TestDrive 'otadata.bin'; PartitionTable = Join-Path $TestDrive 'table.bin' } } }
        @{ Name = 'bytes'; With = { @{ Data = $otadata; PartitionTable = $table } } }
        @{ Name = 'bytes with a table of objects'; With = { @{ Data = $otadata; PartitionTable = $csv | ConvertFrom-Esp32PartitionTable } } }
    ) {
        $chip.LoadFlash(0x9000, $otadata)
        [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'otadata.bin'), $otadata)
        [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'table.bin'), $table)
        $splat = & $With
        $slots = Get-Esp32OtaSlot @splat
        $slots.Boots | Should -Be $false, $false, $true
        $slots[2].Sequence | Should -Be 2
        $slots[2].Copy | Should -Be 0
        $slots[2].State | Should -Be 'Undefined'
        $slots[2].Reason | Should -BeLike '*slot 1 of 2*'
    }

    It 'reports a table that leaves slots out, and otadata that is too short' {
        { Get-Esp32OtaSlot -Data $otadata -PartitionTable @(@{ Name = 'o'; Type = 'data'; SubType = 'ota'; Size = '8K' }, @{ Name = 'a'; Type = 'app'; SubType = 'ota_1'; Size = '64K' }) } |
            Should -Throw -ErrorId 'OtaUnavailable,*'
        { Get-Esp32OtaSlot -Data ([byte[]]::new(100)) -PartitionTable $table } | Should -Throw -ErrorId 'ImageTruncated,*'
    }
}
