BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Get-Esp32Partition' {
    BeforeAll {
        New-TestFirmware -Folder $TestDrive
        $port = New-TestChip esp32
        (Get-Esp32Simulator $port).LoadFlash(0x8000, (New-TestPartitionTable))
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    It 'reads the table of a device, by its port' {
        $partitions = Get-Esp32Partition $port
        $partitions.Name | Should -Be 'nvs', 'phy_init', 'factory', 'storage'
        $partitions[0].Offset | Should -BeOfType [uint32]
        $partitions[0].Type | Should -Be 'data'
        $partitions[0].SubType | Should -Be 'nvs'
        $partitions[0].PortName | Should -Be $port
    }

    It 'remembers the session that it was read through' {
        $dev = Connect-Esp32Device $port
        $partition = $dev | Get-Esp32Partition -Name nvs
        $dev | Disconnect-Esp32Device
        $partition.PortName | Should -Be $dev.PortName
    }

    It 'reads a table in a file, <Name>' -ForEach @(
        @{ Name = 'binary'; File = 'partition-table.bin' }
        @{ Name = 'CSV'; File = 'partitions.csv' }
    ) {
        Set-Content (Join-Path $TestDrive 'partitions.csv') "nvs,data,nvs,0x9000,0x6000`nphy_init,data,phy,0xf000,0x1000`nfactory,app,factory,0x10000,1M`nstorage,data,spiffs,,64K"
        (Get-Esp32Partition -Path (Join-Path $TestDrive $File)).Name | Should -Be 'nvs', 'phy_init', 'factory', 'storage'
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'type'; With = @{ Type = 'data' }; Expected = 'nvs', 'phy_init', 'storage' }
        @{ Name = 'type and subtype'; With = @{ Type = 'data'; SubType = 'NVS', 'spiffs' }; Expected = 'nvs', 'storage' }
        @{ Name = 'numbers'; With = @{ Type = 1; SubType = '0x82' }; Expected = 'storage' }
        @{ Name = 'wildcards'; With = @{ SubType = '*s*'; Name = '*s' }; Expected = 'nvs' }
        @{ Name = 'a subtype of which there is none'; With = @{ SubType = 'ota_0' }; Expected = @() }
    ) {
        Get-Esp32Partition $port @With | ForEach-Object Name | Should -Be $Expected
    }

    It 'says that there is no such type' {
        { Get-Esp32Partition $port -Type date } | Should -Throw -ErrorId 'ValueInvalid,*'
    }

    It 'reads a table in memory' {
        (Get-Esp32Partition -Data (New-TestPartitionTable) -Type app).Name | Should -Be 'factory'
    }

    It 'shows a table that breaks a rule, and warns' {
        $bad = New-TestPartitionTable
        $bad[0x25] = 0xA0
        (Get-Esp32Partition -Data $bad -WarningVariable warnings -WarningAction SilentlyContinue).Count | Should -Be 4
        $warnings | Should -BeLike "*entry 1, column 'Offset'*phy_init*nvs*"
    }

    It 'reports <Id>' -ForEach @(
        @{ Id = 'PartitionTableMissing'; With = @{ TableOffset = '0x20000' } }
        @{ Id = 'BeyondFlash'; With = @{ TableOffset = 0xFFFFF000 } }
    ) {
        { Get-Esp32Partition $port @With } | Should -Throw -ErrorId "$Id,*"
        (Get-Esp32Simulator $port).IsOpen | Should -BeFalse
    }

    It 'reports a file that is not there' {
        { Get-Esp32Partition -LiteralPath (Join-Path $TestDrive '[x].bin') } | Should -Throw -ErrorId 'FileNotFound,*'
    }

    It 'warns of a table that needs more flash than the device has' {
        $large = 'app0,app,factory,0x10000,6M' | ConvertTo-Esp32PartitionTable
        $dev = New-TestChip esp32 @{ FlashSize = '4MB' }
        try {
            $null = Write-Esp32Flash @{ 0x8000 = $large } -Device $dev -Force PartitionsBeyondFlash
            (Get-Esp32Partition $dev -WarningVariable warnings -WarningAction SilentlyContinue).Name | Should -Be 'app0'
            $warnings.Message | Should -BeLike "*'app0'*0x400000*"
        }
        finally {
            Remove-Esp32Simulator $dev
        }
    }
}
