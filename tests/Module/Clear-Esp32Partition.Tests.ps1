BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Clear-Esp32Partition' {
    BeforeAll {
        $port = New-TestChip esp32
        $chip = Get-Esp32Simulator $port
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    BeforeEach {
        $chip.LoadFlash(0x8000, ('nvs,data,nvs,,16K', 'fixed,data,fat,,4K,readonly', 'storage,data,spiffs,,64K' | ConvertTo-Esp32PartitionTable))
        $chip.LoadFlash(0x9000, [byte[]]::new(0x16000))
    }

    It 'erases one by its name and nothing beside it' {
        $result = Clear-Esp32Partition nvs -Device $port
        $result.Address | Should -Be 0x9000
        $result.Length | Should -Be 0x4000
        $chip.ReadFlash(0x9000, 0x4000) | Should -Be (, 0xFF * 0x4000)
        $chip.ReadFlash(0xD000, 16) | Should -Be (, 0 * 16)
    }

    It 'takes partitions from the pipeline' {
        Get-Esp32Partition $port -Name nvs, storage | Clear-Esp32Partition | ForEach-Object { $_.Address } | Should -Be 0x9000, 0xE000
    }

    It 'looks at all names before it erases the first' {
        { Clear-Esp32Partition nvs, nothing -Device $port } | Should -Throw -ErrorId 'PartitionNotFound,*'
        { Clear-Esp32Partition nvs, fixed -Device $port } | Should -Throw -ErrorId 'PartitionReadOnly,*'
        $chip.ReadFlash(0x9000, 16) | Should -Be (, 0 * 16)
        (Clear-Esp32Partition nvs, fixed -Device $port -Force PartitionReadOnly).Count | Should -Be 2
    }

    It 'erases nothing with -WhatIf' {
        Clear-Esp32Partition nvs -Device $port -WhatIf | Should -BeNullOrEmpty
        $chip.ReadFlash(0x9000, 16) | Should -Be (, 0 * 16)
    }
}
