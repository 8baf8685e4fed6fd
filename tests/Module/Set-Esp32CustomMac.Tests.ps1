BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Set-Esp32CustomMac' {
    Context 'on <Chip>' -ForEach @(
        @{ Chip = 'esp32' }, @{ Chip = 'esp32c2' }, @{ Chip = 'esp32c3' }, @{ Chip = 'esp32s3' }, @{ Chip = 'esp32c6' }, @{ Chip = 'esp32p4' }
    ) {
        BeforeEach { $port = New-TestChip $Chip }
        AfterEach { Remove-Esp32Simulator $port }

        It 'burns an address that reads back as one, and nothing the second time' {
            $factory = (Get-Esp32Efuse -Device $port MAC).Value
            (Set-Esp32CustomMac -Device $port 02:12:34:56:78:9a -Confirm:$false).Verified | Should -BeTrue
            $field = Get-Esp32Efuse -Device $port CUSTOM_MAC
            $field.Value | Should -Be '02:12:34:56:78:9a'
            $field.Meaning | Should -Match 'OK'
            (Get-Esp32Efuse -Device $port MAC).Value | Should -Be $factory
            (Set-Esp32CustomMac -Device $port 02-12-34-56-78-9A -Confirm:$false).Changed | Should -BeFalse
        }

        It 'refuses another address where one is' {
            $null = Set-Esp32CustomMac -Device $port 02:12:34:56:78:9a -Confirm:$false
            { Set-Esp32CustomMac -Device $port 02:00:00:00:00:01 -Confirm:$false -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'EfuseAlreadyBurned,*'
        }

        It 'refuses <_> and burns nothing' -ForEach '03:12:34:56:78:9a', '02:12:34:56:78', '02:12:34:56:78:9g', 'here' {
            { Set-Esp32CustomMac -Device $port $_ -Confirm:$false } | Should -Throw -ErrorId 'EfuseValueInvalid,*'
            (Set-Esp32CustomMac -Device $port 02:12:34:56:78:9a -WhatIf) | Should -BeNullOrEmpty
            (Get-Esp32Efuse -Device $port CUSTOM_MAC).Number | Should -Be 0
        }
    }

    It 'takes an address for each port from a table' {
        $rows = foreach ($i in 1, 2) { [pscustomobject]@{ PortName = New-TestChip esp32c3; MacAddress = "02:00:00:00:00:0$i" } }
        $null = $rows | Set-Esp32CustomMac -Confirm:$false
        foreach ($row in $rows) {
            (Get-Esp32Efuse -Device $row.PortName CUSTOM_MAC).Value | Should -Be $row.MacAddress
            Remove-Esp32Simulator $row.PortName
        }
    }
}
