# One device or file is treated as several are, and a name that is nobody's is an error: over all cmdlets.
BeforeDiscovery {
    . "$PSScriptRoot/Shared.ps1"
    $commands = Get-Command -Module Esp32Tools

    # What the call of each device cmdlet needs besides the devices.
    $toDevices = @{
        'Clear-Esp32Flash' = { @{ All = $true } }
        'Clear-Esp32Partition' = { @{ Name = 'nvs' } }
        'Enable-Esp32FlashEncryption' = { @{ Mode = 'Development'; KeyDestination = $work; Image = @{ 0x1000 = 'bootloader.bin' } } }
        'Enable-Esp32SecureBoot' = { @{ Digest = 'key.pem' } }
        'Export-Esp32Efuse' = { @{ Path = 'out.efuse' } }
        'Export-Esp32Partition' = { @{ Destination = 'out' } }
        'Get-Esp32FlashHash' = { @{ Address = 0; Length = 16 } }
        'Get-Esp32Image' = { @{ Address = 0x1000 } }
        'Import-Esp32Partition' = { @{ Name = 'nvs'; Data = [byte[]] (1, 2) } }
        'Invoke-Esp32EfusePlan' = { $plan = New-Esp32EfusePlan; Set-Esp32CustomMac 02:00:00:00:00:01 -Plan $plan; @{ Plan = $plan } }
        'Invoke-Esp32RamImage' = { @{ Path = 'ram.bin' } }
        'Lock-Esp32Efuse' = { @{ Name = 'BLOCK3' } }
        'Read-Esp32Flash' = { @{ Address = 0; Length = 16 } }
        'Read-Esp32Memory' = { @{ Address = 0x3FF40000 } }
        'Set-Esp32CustomMac' = { @{ MacAddress = '02:00:00:00:00:01' } }
        'Set-Esp32Efuse' = { @{ Name = 'JTAG_DISABLE' } }
        'Set-Esp32FlashStatus' = { @{ Value = 0 } }
        'Set-Esp32FlashVoltage' = { @{ Voltage = '3.3V' } }
        'Set-Esp32OtaSlot' = { @{ Slot = 'ota_0' } }
        'Test-Esp32Flash' = { @{ Image = @{ 0x1000 = 'bootloader.bin' } } }
        'Watch-Esp32Output' = { @{ Timeout = 1 } }
        'Write-Esp32EfuseBlock' = { @{ Block = 'BLOCK3'; Path = 'key.bin' } }
        'Write-Esp32EfuseKey' = { @{ Purpose = 'FlashEncryption'; Path = 'key.bin' } }
        'Write-Esp32Flash' = { @{ Image = @{ 0x1000 = 'bootloader.bin' } } }
        'Write-Esp32Memory' = { @{ Address = 0x3FFB0000; Value = 1 } }
    }
    $devices = foreach ($command in $commands | Where-Object { $_.Parameters.ContainsKey('Device') -and $_.Verb -ne 'Disconnect' }) {
        @{ Name = $command.Name; With = if ($toDevices.ContainsKey($command.Name)) { $toDevices[$command.Name] } else { { @{} } } }
    }

    # The same for those that work on files, each on its own.
    $toFiles = @{
        'Add-Esp32ImageSignature' = { @{ Destination = 'out'; Key = 'key.pem' } }
        'ConvertTo-Esp32Image' = { @{ Chip = 'esp32'; Destination = $work } }
        'Export-Esp32PublicKey' = { @{ Destination = $work } }
        'Get-Esp32Efuse' = { @{ Chip = 'esp32' } }
        'Get-Esp32SecurityState' = { @{ Chip = 'esp32' } }
        'New-Esp32BootloaderDigest' = { @{ Destination = $work; Key = 'key.bin' } }
        'Protect-Esp32Image' = { @{ Destination = $work; Key = 'key.bin'; Address = 0; Chip = 'esp32' } }
        'Protect-Esp32Nvs' = { @{ Key = [byte[]] (1..64) } }
        'Set-Esp32Nvs' = { @{ Namespace = 'a'; Name = 'b'; Value = 'c' } }
        'Test-Esp32Efuse' = { @{ Chip = 'esp32' } }
        'Test-Esp32ImageSignature' = { @{ Key = 'key.pem' } }
        'Unprotect-Esp32Image' = { @{ Destination = $work; Key = 'key.bin'; Address = 0; Chip = 'esp32' } }
        'Unprotect-Esp32Nvs' = { @{ Key = [byte[]] (1..64) } }
    }

    # All files of a call together are one thing there: a burn, a table, an image.
    $together = 'ConvertFrom-Esp32PartitionTable', 'ConvertTo-Esp32PartitionTable', 'New-Esp32Nvs', 'Write-Esp32EfuseBlock', 'Write-Esp32EfuseKey'
    $files = foreach ($command in $commands | Where-Object { $_.Parameters.ContainsKey('LiteralPath') -and $_.Name -notin $together }) {
        @{ Name = $command.Name; With = if ($toFiles.ContainsKey($command.Name)) { $toFiles[$command.Name] } else { { @{} } } }
    }

    $keyFiles = foreach ($command in $commands | Where-Object { $_.ImplementingType.BaseType.Name -eq 'KeyFileCmdlet' }) { @{ Name = $command.Name } }

    # A name names one thing. What describes things, a type or a description, may fit none.
    $isNamed = 'Name', 'Namespace', 'PortName'
    $describes = 'Type', 'SubType', 'SerialNumber', 'Description', 'LocationPath', 'Path'
    $wild = foreach ($command in $commands) {
        foreach ($parameter in $command.Parameters.Values) {
            if ($parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }) {
                @{ Command = $command.Name; Parameter = $parameter.Name; IsKnown = $parameter.Name -in $isNamed + $describes }
            }
        }
    }

    $toNames = @{
        'Get-Esp32Port Name' = { @{ Id = 'PortNotFound'; With = @{} } }
        'Get-Esp32Session PortName' = { @{ Id = 'SessionClosed'; With = @{} } }
        'Get-Esp32Simulator Name' = { @{ Id = 'SimulatorNotFound'; With = @{} } }
        'Remove-Esp32Simulator Name' = { @{ Id = 'SimulatorNotFound'; With = @{} } }
        'Stop-Esp32SimulatorServer Name' = { @{ Id = 'SimulatorNotFound'; With = @{} } }
        'Get-Esp32Efuse Name' = { @{ Id = 'EfuseNotFound'; With = @{ Device = $port } } }
        'Get-Esp32Partition Name' = { @{ Id = 'PartitionNotFound'; With = @{ Device = $port } } }
        'Export-Esp32Partition Name' = { @{ Id = 'PartitionNotFound'; With = @{ Device = $port; Destination = 'out' } } }
        'Import-Esp32Partition Name' = { @{ Id = 'PartitionNotFound'; With = @{ Device = $port; Manifest = 'kept' }; IsPort = $true } }
        'Get-Esp32Nvs Name' = { @{ Id = 'NvsNotFound'; With = @{ Path = 'nvs.bin' } } }
        'Get-Esp32Nvs Namespace' = { @{ Id = 'NvsNotFound'; With = @{ Path = 'nvs.bin' } } }
    }
    $names = foreach ($one in $wild | Where-Object Parameter -In $isNamed) { @{ Pair = "$($one.Command) $($one.Parameter)"; Command = $one.Command; Parameter = $one.Parameter; With = $toNames["$($one.Command) $($one.Parameter)"] } }
}

BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $ConfirmPreference = 'None'
    $WarningPreference = 'SilentlyContinue'
    $work = Join-Path $TestDrive 'work'
    $null = New-TestFirmware -Folder $work
    Push-Location $work
    [System.IO.File]::WriteAllBytes("$work/ram.bin", (New-TestRamImage))
    $null = New-Esp32SigningKey key.pem Rsa3072
    $null = New-Esp32Nvs @{ wifi = @{ ssid = 'factory' } } -Size 0x3000 -Destination nvs.bin
    $port = New-TestChip esp32
    $null = Write-Esp32Flash -Device $port @{ 0x1000 = 'bootloader.bin'; 0x8000 = 'partition-table.bin'; 0x10000 = 'app.bin' }
    $null = Export-Esp32Partition -Device $port kept -Manifest
}

AfterAll {
    Remove-Esp32Simulator $port
    Pop-Location
}

Describe 'A device of <Name> that is not there' -ForEach $devices {
    It 'is an error with its port, be there one or two, and the caller chooses what follows' {
        $more = & $With
        $gone = 'virtual:none-1', 'virtual:none-2'
        foreach ($count in 1, 2) {
            $failures = $null
            $null = & $Name -Device $gone[0..($count - 1)] @more -ErrorAction SilentlyContinue -ErrorVariable failures
            $failures.TargetObject | Should -Be $gone[0..($count - 1)] -Because "$failures"
            foreach ($failure in $failures) { $failure.FullyQualifiedErrorId | Should -BeLike 'PortNotFound,*' }
        }

        { & $Name -Device $gone @more -ErrorAction Stop } | Should -Throw -ErrorId 'PortNotFound,*'
    }
}

Describe 'A file of <Name> that is not there' -ForEach $files {
    It 'is an error with its path, be there one or two, and the caller chooses what follows' {
        $more = & $With
        $gone = 'none-1.bin', 'none-2.bin'
        foreach ($count in 1, 2) {
            foreach ($parameter in 'Path', 'LiteralPath') {
                $given = @{ $parameter = $gone[0..($count - 1)] }
                $failures = $null
                $null = & $Name @given @more -ErrorAction SilentlyContinue -ErrorVariable failures
                $failures.TargetObject | ForEach-Object { Split-Path -Leaf $_ } | Should -Be $gone[0..($count - 1)] -Because "$failures"
                foreach ($failure in $failures) { $failure.FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*' }
            }
        }

        { & $Name -Path $gone @more -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
    }
}

Describe 'A file of <Name> that a program holds' -ForEach $files {
    It 'is an error with the reason of the system' {
        $more = & $With
        $path = (New-Item "held-$Name.bin" -Value 'held').FullName
        $holder = [System.IO.File]::Open($path, 'Open', 'ReadWrite', 'None')
        try {
            $failures = $null
            $null = & $Name -Path $path @more -ErrorAction SilentlyContinue -ErrorVariable failures
            @($failures).Count | Should -Be 1 -Because "$failures"
            $failures[0].FullyQualifiedErrorId | Should -BeLike 'FileAccess,*'
            $failures[0].Exception.InnerException | Should -BeOfType System.IO.IOException
            "$($failures[0])" | Should -BeLike "*$($failures[0].Exception.InnerException.Message)"
        }
        finally {
            $holder.Dispose()
        }
    }
}

Describe 'A file that <Name> may not replace' -ForEach $keyFiles {
    It 'is an error with its path, and the next one is made' {
        $failures = $null
        $made = & $Name -Path key.bin, "$Name.key" -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        $failures.TargetObject | Should -Be 'key.bin'
        $made | Should -Not -BeNullOrEmpty
        & $Name -Path key.bin -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }
}

Describe 'A bad file among ten' {
    It 'of <Name> gives nine results and one error' -ForEach @(
        @{ Name = 'Get-Esp32Image'; Good = 'app.bin'; With = @{} }
        @{ Name = 'Get-Esp32KeyDigest'; Good = 'key.pem'; With = @{} }
        @{ Name = 'Protect-Esp32Nvs'; Good = 'nvs.bin'; With = @{ Key = [byte[]] (1..64) } }
    ) {
        $null = New-Item -ItemType Directory ten
        try {
            1..9 | ForEach-Object { Copy-Item $Good "ten/$_.x" }
            Set-Content ten/0.x 'no such thing'
            $failures = $null
            @(& $Name -Path ten/*.x @With -ErrorAction SilentlyContinue -ErrorVariable failures).Count | Should -Be 9
            @($failures).Count | Should -Be 1
            Split-Path -Leaf $failures[0].TargetObject | Should -Be '0.x'
        }
        finally {
            Remove-Item ten -Recurse
        }
    }
}

Describe 'What is wrong with the call itself' {
    It 'ends <Name>, with -ErrorAction SilentlyContinue too' -ForEach @(
        @{ Name = 'Write-Esp32Flash'; With = @{ Device = 'virtual:none-1'; Image = @{ 0x1000 = 'none.bin' } }; Id = 'FileNotFound' }
        @{ Name = 'Connect-Esp32Device'; With = @{ Device = 'virtual:esp32'; Chip = 'esp99' }; Id = 'ChipUnknown' }
        @{ Name = 'Protect-Esp32Image'; With = @{ Path = 'app.bin', 'bootloader.bin'; Destination = 'out'; Key = 'none.bin'; Address = 0; Chip = 'esp32' }; Id = 'FileNotFound' }
        @{ Name = 'Test-Esp32ImageSignature'; With = @{ Path = 'app.bin', 'bootloader.bin'; Key = 'none.pem' }; Id = 'FileNotFound' }
        @{ Name = 'Get-Esp32Efuse'; With = @{ Device = 'virtual:esp32'; FieldTable = 'none.csv' }; Id = 'FileNotFound' }
    ) {
        { & $Name @With -ErrorAction SilentlyContinue } | Should -Throw -ErrorId "$Id,*"
    }
}

Describe 'A wildcard parameter' {
    It '<Command> -<Parameter> is a path, a name or a description' -ForEach $wild {
        $IsKnown | Should -BeTrue
    }
}

Describe 'A name that is nobody''s' {
    It 'is an error of <Pair>, a pattern is not, and the names that are there are found' -ForEach $names {
        $row = & $With
        $given = $row.With
        $failures = $null
        $nobody = @{ $Parameter = 'zzz' }
        & $Command @nobody @given -ErrorAction SilentlyContinue -ErrorVariable failures | Should -BeNullOrEmpty
        @($failures).Count | Should -Be 1 -Because "$failures"
        $failures[0].FullyQualifiedErrorId | Should -BeLike "$($row.Id),*"
        if (-not $row.ContainsKey('IsPort')) {
            $failures[0].TargetObject | Should -Be 'zzz'
            $pattern = @{ $Parameter = 'zzz*' }
            & $Command @pattern @given | Should -BeNullOrEmpty
        }
    }

    It 'stops no other: <Command>' -ForEach @(
        @{ Command = 'Get-Esp32Partition'; With = { @{ Device = $port; Name = 'nvs', 'zzz', 'storage' } }; Count = 2 }
        @{ Command = 'Export-Esp32Partition'; With = { @{ Device = $port; Name = 'nvs', 'zzz'; Destination = 'some'; Manifest = $true } }; Count = 1 }
        @{ Command = 'Get-Esp32Port'; With = { @{ Name = $port, 'zzz' } }; Count = 1 }
        @{ Command = 'Get-Esp32Simulator'; With = { @{ Name = $port, 'zzz' } }; Count = 1 }
        @{ Command = 'Get-Esp32Session'; With = { $script:held = Connect-Esp32Device $port; @{ PortName = $port, 'zzz' } }; Count = 1 }
    ) {
        $failures = $null
        $given = & $With
        @(& $Command @given -ErrorAction SilentlyContinue -ErrorVariable failures).Count | Should -Be $Count
        @($failures).Count | Should -Be 1
        $failures[0].TargetObject | Should -Be 'zzz'
        Test-Path some/manifest.json | Should -BeFalse -Because 'a manifest lists all that was asked for'
    }

    It 'is found under a filter that it does not fit, and nothing is said' {
        Get-Esp32Partition -Device $port -Name nvs -Type app | Should -BeNullOrEmpty
        Get-Esp32Port -Name $port -VendorId 0x1234 | Should -BeNullOrEmpty
    }

    It 'ends no server, where the chip has none' {
        Stop-Esp32SimulatorServer $port
        Stop-Esp32SimulatorServer ($port -replace '^virtual:')
    }
}
