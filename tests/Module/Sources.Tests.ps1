# Text by position: a port or a file, by one rule for all cmdlets that read either.
BeforeDiscovery {
    . "$PSScriptRoot/Shared.ps1"

    # What stands first: the thing to read from, a name among things of this computer, or, for two cmdlets that read a part of a
    # device, that part.
    $sources = 'Device', 'Path'
    $ownThings = 'Get-Esp32Port', 'Get-Esp32Session', 'Get-Esp32Simulator'
    $parts = 'Get-Esp32Efuse', 'Get-Esp32FlashHash'
    $getters = foreach ($command in Get-Command -Module Esp32Tools -Verb Get) {
        $first = @($command.ParameterSets | ForEach-Object { $_.Parameters | Where-Object Position -GE 0 | Sort-Object Position | Select-Object -First 1 } | ForEach-Object Name | Sort-Object -Unique)
        @{ Name = $command.Name; First = $first; Kind = if ($command.Name -in $ownThings) { 'thing' } elseif ($command.Name -in $parts) { 'part' } else { 'source' } }
    }
}

BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $work = Join-Path $TestDrive 'work'
    $null = New-TestFirmware -Folder $work
    Push-Location $work
    $null = New-Esp32Nvs @{ wifi = @{ ssid = 'factory' } } -Size 0x6000 -Destination nvs.bin
    $null = Export-Esp32Efuse -Device virtual:esp32c3 c3.efuse
    $port = New-TestChip esp32
    $null = Write-Esp32Flash -Device $port @{ 0x1000 = 'bootloader.bin'; 0x8000 = 'partition-table.bin'; 0x9000 = 'nvs.bin'; 0x10000 = 'app.bin' }
}

AfterAll {
    Remove-Esp32Simulator $port
    Pop-Location
}

Describe 'Position 0 of <Name>' -ForEach $getters {
    It 'is the device or file to read from, or a name of that kind of thing, or its part' {
        switch ($Kind) {
            'source' { $First | Where-Object { $_ -notin 'Device', 'Path' } | Should -BeNullOrEmpty }
            'thing' { $First | Should -BeIn 'Name', 'PortName' }
            'part' {
                $first.Count | Should -Be 1
                $more = if ($Name -eq 'Get-Esp32FlashHash') { @{ Length = 16 } } else { @{} }
                foreach ($text in 'virtual:u1', 'COM5', '/dev/ttyUSB0', 'rfc2217://station:4000') {
                    $failure = { & $Name $text -Device $port @more } | Should -Throw -PassThru
                    "$failure" | Should -BeLike "*$text*use -Device*"
                }
            }
        }
    }
}

Describe 'A file by position' {
    It 'is read: <Name>' -ForEach @(
        @{ Name = 'Get-Esp32Image'; File = 'app.bin'; With = @{} }
        @{ Name = 'Get-Esp32Image'; File = '*.bin'; With = @{}; May = 'NotAnImage', 'ImageInvalid', 'ImageTruncated' }
        @{ Name = 'Get-Esp32Partition'; File = './partition-table.bin'; With = @{} }
        @{ Name = 'Get-Esp32Nvs'; File = 'nvs.bin'; With = @{} }
        @{ Name = 'Test-Esp32Efuse'; File = 'c3.efuse'; With = @{ Chip = 'esp32c3' } }
        @{ Name = 'Get-Esp32SecurityState'; File = 'c3.efuse'; With = @{ Chip = 'esp32c3' } }
    ) {
        $failures = $null
        & $Name $File @With -ErrorAction SilentlyContinue -ErrorVariable failures | Should -Not -BeNullOrEmpty
        if (-not $PSItem.ContainsKey('May')) { $failures | Should -BeNullOrEmpty }
        if ($With.Count -eq 0) { $File | & $Name -ErrorAction SilentlyContinue | Should -Not -BeNullOrEmpty }
    }

    It 'that is not there is no port that is not there' {
        { Get-Esp32Image none.bin } | Should -Throw -ErrorId 'FileNotFound,*'
    }

    It 'that needs more says so: <_>' -ForEach 'Test-Esp32Efuse', 'Get-Esp32SecurityState' {
        $failure = { & $_ c3.efuse } | Should -Throw -ErrorId 'SettingsConflict,*' -PassThru
        "$failure" | Should -BeLike '*c3.efuse*-Chip*'
    }
}

Describe 'A device by position' {
    It 'is read: <Name>' -ForEach @(
        @{ Name = 'Get-Esp32Nvs'; With = @{} }
        @{ Name = 'Get-Esp32Nvs'; With = @{ Partition = 'nvs' } }
        @{ Name = 'Test-Esp32Nvs'; With = @{}; IsSilent = $true }
        @{ Name = 'Get-Esp32Partition'; With = @{} }
        @{ Name = 'Get-Esp32SecurityState'; With = @{} }
        @{ Name = 'Get-Esp32Image'; With = @{ Address = 0x10000 } }
    ) {
        $seen = & $Name $port @With
        if (-not $PSItem.ContainsKey('IsSilent')) { $seen[0].PortName | Should -Be $port }
    }

    It 'through the pipeline is told from a file' {
        @($port, 'nvs.bin' | Get-Esp32Nvs -Name ssid).PortName | Should -Be $port, $null
    }

    It 'without the address of its image is an error of the call, and no question' {
        { Get-Esp32Image $port -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'ValueInvalid,*' -ExpectedMessage "*$port*"
    }

    It 'is no file for a cmdlet that reads files alone' {
        { Get-Esp32ImageSignature virtual:u1 } | Should -Throw -ErrorId 'ValueInvalid,*' -ExpectedMessage '*name of a port*'
    }
}

Describe 'The list of a build' {
    BeforeAll {
        @{ flash_files = @{ '0x1000' = 'bootloader.bin'; '0xC000' = 'partition-table.bin'; '0x10000' = 'app.bin' } } | ConvertTo-Json | Set-Content flasher_args.json
        @{ flash_files = @{ '0x1000' = 'bootloader.bin' } } | ConvertTo-Json | Set-Content other-flasher_args.json
    }

    It 'stands for the table in it: <Name>' -ForEach @(
        @{ Name = 'Get-Esp32Partition'; Read = { Get-Esp32Partition -Path flasher_args.json -WarningAction SilentlyContinue } }
        @{ Name = 'ConvertFrom-Esp32PartitionTable'; Read = { ConvertFrom-Esp32PartitionTable flasher_args.json } }
    ) {
        (& $Read).Name | Should -Be 'nvs', 'phy_init', 'factory', 'storage'
    }

    It 'without a table is an error' {
        { Get-Esp32Partition other-flasher_args.json } | Should -Throw -ErrorId 'PartitionTableMissing,*'
    }
}

Describe 'A name with letters that are not seen' {
    BeforeAll {
        $hidden = "a$([char] 0x200B)b"
        $shown = 'a\u200Bb'
        $table = ConvertTo-Esp32PartitionTable -InputObject @{ Name = $hidden; Type = 'data'; SubType = 'nvs'; Offset = 0x9000; Size = 0x6000 }
        $other = New-TestChip esp32
        $null = Write-Esp32Flash -Device $other @{ 0x8000 = $table; 0x9000 = 'nvs.bin' }
    }

    AfterAll { Remove-Esp32Simulator $other }

    It 'is shown as it is looked up, by one rule' {
        Get-Esp32Partition $other | Out-String | Should -BeLike "*$shown*"
        foreach ($name in $hidden, $shown) {
            (Get-Esp32Partition $other -Name $name).Name | Should -BeExactly $hidden
            (Get-Esp32Nvs -Device $other -Partition $name -Name ssid).Value | Should -Be 'factory'
            (Export-Esp32Partition -Device $other -Name $name -Destination dump -Force).Name | Should -BeExactly $hidden
            Clear-Esp32Partition -Device $other -Name $name -WhatIf
        }

        { Get-Esp32Partition $other -Name ab } | Should -Throw -ErrorId 'PartitionNotFound,*'
    }
}
