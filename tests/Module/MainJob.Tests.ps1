# The pipeline that README leads with, as it is typed there.
BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'The main job' {
    BeforeAll {
        New-TestFirmware -Folder $TestDrive
        $null = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'dump')
        Push-Location $TestDrive
        Remove-Esp32Simulator esp32
    }

    AfterAll {
        Remove-Esp32Simulator esp32
        Pop-Location
    }

    It 'runs as typed' {
        $dev = Connect-Esp32Device virtual:esp32 -BaudRate 921600
        $written = $dev | Write-Esp32Flash @{ 0x1000 = 'bootloader.bin'; 0x8000 = 'partition-table.bin'; 0x10000 = 'app.bin' }
        $fuses = $dev | Get-Esp32Efuse | Where-Object Category -eq security
        $burned = $dev | Write-Esp32EfuseKey -Purpose FlashEncryption -Path key.bin -WhatIf
        $dumps = $dev | Get-Esp32Partition | Where-Object Type -eq data | Export-Esp32Partition -Destination dump/
        Get-Esp32Port -VendorId 0x10C4 | Get-Esp32Device | Export-Csv units.csv
        $dev | Disconnect-Esp32Device

        $dev.BaudRate | Should -Be 921600
        $written | ForEach-Object Address | Should -Be 0x1000, 0x8000, 0x10000
        $written.Verified | Should -Be $true, $true, $true
        $fuses.Name | Should -Contain 'ABS_DONE_0'
        $burned | Should -BeNullOrEmpty
        $dumps.Name | Should -Be 'nvs', 'phy_init', 'storage'
        (Get-Item dump/storage.bin).Length | Should -Be 0x10000
        (Get-Esp32Simulator esp32).IsOpen | Should -BeFalse
    }
}
