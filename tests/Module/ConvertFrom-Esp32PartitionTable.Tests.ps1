BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'ConvertFrom-Esp32PartitionTable' {
    BeforeAll {
        $bytes = New-TestPartitionTable
    }

    It 'makes objects of <Name>' -ForEach @(
        @{ Name = 'bytes in one piece'; Table = { , $bytes } }
        @{ Name = 'bytes one by one'; Table = { $bytes } }
        @{ Name = 'CSV'; Table = { 'nvs,data,nvs,,24K', 'phy_init,data,phy,,4K', '# more', 'factory,app,factory,,1M', 'storage,data,spiffs,,64K' } }
    ) {
        $partitions = & $Table | ConvertFrom-Esp32PartitionTable
        $partitions | Should -BeOfType [Esp32Tools.Storage.Partitions.Esp32Partition]
        $partitions.Name | Should -Be 'nvs', 'phy_init', 'factory', 'storage'
        $partitions.Offset | Should -Be 0x9000, 0xF000, 0x10000, 0x110000
    }

    It 'takes what was read from a device' {
        $port = New-TestChip esp32c3
        (Get-Esp32Simulator $port).LoadFlash(0x8000, $bytes)
        $partitions = Read-Esp32Flash -Device $port 0x8000 0xC00 | ConvertFrom-Esp32PartitionTable
        Remove-Esp32Simulator $port
        $partitions.Name | Should -Be 'nvs', 'phy_init', 'factory', 'storage'
        $partitions[0].PortName | Should -BeNullOrEmpty
    }

    It 'refuses a table that is damaged, and one that breaks a rule' {
        $bad = $bytes.Clone()
        $bad[0x20] = 0
        { , $bad | ConvertFrom-Esp32PartitionTable } | Should -Throw -ErrorId 'PartitionTableInvalid,*'
        $bad = $bytes.Clone()
        $bad[0x25] = 0xA0
        { , $bad | ConvertFrom-Esp32PartitionTable } | Should -Throw "*entry 1, column 'Offset'*" -ErrorId 'PartitionTableInvalid,*'
        (, $bad | ConvertFrom-Esp32PartitionTable -NoVerify).Count | Should -Be 4
        { , [byte[]]::new(3072) | ConvertFrom-Esp32PartitionTable } | Should -Throw -ErrorId 'PartitionTableMissing,*'
    }

    It 'warns of flags without a name' {
        $odd = $bytes.Clone()
        $odd[28] = 0x84
        $null = , $odd | ConvertFrom-Esp32PartitionTable -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike "*'nvs'*0x00000084*"
        (, $odd | ConvertFrom-Esp32PartitionTable -WarningAction SilentlyContinue | ConvertTo-Esp32PartitionTable)[28] | Should -Be 0x84
    }

    It 'reads lines that end with a carriage return alone, and warns of a table without a partition' {
        $file = Join-Path $TestDrive 'returns.csv'
        [System.IO.File]::WriteAllText($file, "# Name, Type`rnvs, data, nvs, 0x9000, 24K`rapp, app, factory, 0x10000, 1M`r")
        (ConvertFrom-Esp32PartitionTable $file).Name | Should -Be 'nvs', 'app'
        [System.IO.File]::WriteAllText($file, "# Name, Type`r# nothing")
        ConvertFrom-Esp32PartitionTable $file -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings.Message | Should -BeLike '*no partition*'
    }

    It 'calls other marks than commas by their name: <_>' -ForEach 'semicolons', 'tabs' {
        $file = Join-Path $TestDrive 'marks.csv'
        Set-Content $file ('nvs,data,nvs,0x9000,24K' -replace ',', $(if ($_ -eq 'tabs') { "`t" } else { ';' }))
        { ConvertFrom-Esp32PartitionTable $file } | Should -Throw -ErrorId 'PartitionTableInvalid,*' -ExpectedMessage "*$_*"
    }

    It 'gives a subtype of the project its name, and the table has the number' {
        $bytes = 'own,data,0x40,0x9000,0x6000' | ConvertTo-Esp32PartitionTable
        $own = ConvertFrom-Esp32PartitionTable -InputObject $bytes -ExtraSubType 'data, settings, 0x40'
        $own.SubType, $own.SubTypeNumber | Should -Be 'settings', 0x40
        (ConvertFrom-Esp32PartitionTable -InputObject $bytes).SubType | Should -Be '0x40'
        ($own | ConvertTo-Esp32PartitionTable) | Should -Be $bytes
    }
}
