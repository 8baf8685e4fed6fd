# A file that may hold secrets in plain is its owner's alone, whichever cmdlet writes it.
Describe 'The rights of files with secrets' {
    BeforeAll {
        . "$PSScriptRoot/Shared.ps1"
        New-TestFirmware -Folder $TestDrive
        $key = [byte[]] (1..32)
        $hasModes = -not ($IsWindows -or $PSEdition -eq 'Desktop')
    }

    It 'are those of the owner alone: <Name>' -ForEach @(
        @{ Name = 'New-Esp32Nvs'; File = 'a.nvs'; Script = 'New-Esp32Nvs @{ n = @{ a = 1 } } -Size 12KB -Destination a.nvs' }
        @{ Name = 'Unprotect-Esp32Nvs'; File = 'b.nvs'; Script = 'New-Esp32Nvs @{ n = @{ a = 1 } } -Size 12KB -Destination a.nvs -HmacKey $key; Unprotect-Esp32Nvs a.nvs -HmacKey $key -Destination b.nvs' }
        @{ Name = 'Set-Esp32Nvs'; File = 'a.nvs'; Script = 'New-Esp32Nvs @{ n = @{ a = 1 } } -Size 12KB -Destination a.nvs; Set-Esp32Nvs a.nvs -Namespace n -Name a -Value 2' }
        @{ Name = 'Unprotect-Esp32Image'; File = 'b.bin'; Script = 'Protect-Esp32Image ../app.bin a.bin -Key $key -Address 0x10000 -Chip esp32c3; Unprotect-Esp32Image a.bin b.bin -Key $key -Address 0x10000 -Chip esp32c3' }
        @{ Name = 'New-Esp32FactoryData'; File = 'out/bin/*.bin'; Script = '@{ a = 1 } | New-Esp32FactoryData -Destination out -Size 12KB -Schema @{ Namespace = ''n''; Key = ''a''; Encoding = ''u8'' }' }
        @{ Name = 'Export-Esp32Partition of nvs'; File = 'nvs.bin'; Script = 'Export-Esp32Partition -Device $port -Name nvs -Destination .' }
        @{ Name = 'Export-Esp32Partition of nvs_keys'; File = 'nvs_keys.bin'; Script = 'Export-Esp32Partition -Device $port -Name nvs_keys -Destination .' }
        @{ Name = 'New-Esp32Simulator -StatePath'; File = 'state/*'; Script = '$own = New-Esp32Simulator esp32c3 -Name "test-$([guid]::NewGuid().ToString(''n'').Substring(0, 12))" -StatePath state; Write-Esp32EfuseKey HMAC_UP -Key $key -Device $own.PortName -Confirm:$false; Remove-Esp32Simulator $own.Name' }
    ) {
        if (-not $hasModes) {
            Set-ItResult -Skipped -Because 'there are no file modes here to look at'
            return
        }

        $port = New-TestChip esp32c3
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('n')))).FullName
        Push-Location $folder
        try {
            'nvs,data,nvs,0x9000,24K', 'nvs_keys,data,nvs_keys,,4K' | Set-Content table.csv
            $null = ConvertTo-Esp32PartitionTable table.csv table.bin
            (Get-Esp32Simulator $port).LoadFlash(0x8000, [System.IO.File]::ReadAllBytes((Join-Path $folder table.bin)))
            $null = . ([scriptblock]::Create($Script))
            $files = @(Get-ChildItem $File)
            $files.Count | Should -BeGreaterThan 0
            foreach ($made in $files) {
                [int] [System.IO.File]::GetUnixFileMode($made.FullName) | Should -Be 0x180 -Because $made.Name
            }
        }
        finally {
            Pop-Location
            Remove-Esp32Simulator $port
        }
    }
}
