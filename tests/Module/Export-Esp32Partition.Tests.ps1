BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Export-Esp32Partition' {
    BeforeAll {
        New-TestFirmware -Folder $TestDrive
        $port = New-TestChip esp32
        $chip = Get-Esp32Simulator $port
        $chip.LoadFlash(0x8000, (New-TestPartitionTable))
        $chip.LoadFlash(0x9000, [byte[]] (1..200))
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
    }

    It 'needs no second device after a port name' {
        $dumps = Get-Esp32Partition $port | Where-Object SubType -EQ nvs | Export-Esp32Partition -Destination $folder
        $dumps.Path | Should -Be (Join-Path $folder 'nvs.bin')
        $bytes = [System.IO.File]::ReadAllBytes($dumps.Path)
        $bytes.Length | Should -Be 0x6000
        $bytes[0..199] | Should -Be (1..200)
        $chip.IsOpen | Should -BeFalse
    }

    It 'uses the session that the partition remembers' {
        $dev = Connect-Esp32Device $port
        $dumps = $dev | Get-Esp32Partition | Where-Object Type -EQ data | Export-Esp32Partition -Destination $folder
        $dev.IsClosed | Should -BeFalse
        $dev | Disconnect-Esp32Device
        $dumps.Name | Should -Be 'nvs', 'phy_init', 'storage'
    }

    It 'takes a device and names' {
        $dumps = Export-Esp32Partition -Device $port -Name 'nv*', 'phy*' -Destination $folder
        $dumps.Name | Should -Be 'nvs', 'phy_init'
    }

    It 'never replaces a file without -Force, and goes on with the others' {
        $null = Export-Esp32Partition -Device $port -Name nvs -Destination $folder
        $dumps = Export-Esp32Partition -Device $port -Name nvs, phy_init -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failures
        $dumps.Name | Should -Be 'phy_init'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        (Export-Esp32Partition -Device $port -Name nvs -Destination $folder -Force).Name | Should -Be 'nvs'
    }

    It 'writes nothing with -WhatIf' {
        Export-Esp32Partition -Device $port -Destination $folder -WhatIf | Should -BeNullOrEmpty
        Test-Path $folder | Should -BeFalse
    }

    It 'reports a partition that belongs to no device' {
        $partition = Get-Esp32Partition -Path (Join-Path $TestDrive 'partition-table.bin') -Name nvs
        { $partition | Export-Esp32Partition -Destination $folder -ErrorAction Stop } | Should -Throw -ErrorId 'PartitionNotFound,*'
    }

    It 'keeps a name that leads elsewhere inside the folder' {
        $evil = New-TestChip esp32
        $table = New-TestPartitionTable
        [System.Text.Encoding]::UTF8.GetBytes("../evil`0").CopyTo($table, 12)
        (Get-Esp32Simulator $evil).LoadFlash(0x8000, $table)
        $dumps = Export-Esp32Partition -Device $evil -Destination $folder -Name '*evil*'
        Remove-Esp32Simulator $evil
        Split-Path $dumps.Path | Should -Be $folder
        Test-Path $dumps.Path | Should -BeTrue
    }
}
