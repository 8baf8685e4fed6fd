BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $nvs = New-Esp32Nvs -Value ([ordered] @{ wifi = [ordered] @{ ssid = 'factory'; channel = [byte] 6 }; cal = @{ curve = [byte[]] (1..40) } }) -Size 0x6000 -Destination (Join-Path $TestDrive 'nvs.bin')
    $hmac = [byte[]] (1..32)
}

Describe 'Get-Esp32Nvs' {
    It 'gives the values of <Kind>' -ForEach @(
        @{ Kind = 'a path'; Get = { Get-Esp32Nvs $nvs.Path } }
        @{ Kind = 'a literal path'; Get = { Get-Esp32Nvs -LiteralPath $nvs.Path } }
        @{ Kind = 'a file of the pipeline'; Get = { Get-Item $nvs.Path | Get-Esp32Nvs } }
        @{ Kind = 'a new image'; Get = { $nvs | Get-Esp32Nvs } }
        @{ Kind = 'bytes'; Get = { Get-Esp32Nvs -InputObject $nvs.GetBytes() } }
        @{ Kind = 'bytes of the pipeline'; Get = { , $nvs.GetBytes() | Get-Esp32Nvs } }
        @{ Kind = 'an encrypted image'; Get = { $nvs | Protect-Esp32Nvs -HmacKey $hmac | Get-Esp32Nvs -HmacKey $hmac } }
    ) {
        $values = & $Get
        $values.Namespace | Should -Be 'wifi', 'wifi', 'cal'
        $values.Key | Should -Be 'ssid', 'channel', 'curve'
        $values.Value | Should -Be 'factory', 6, '0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728'
        $values[2].GetBytes() | Should -Be (1..40)
        $values.State | Should -Be 'Written', 'Written', 'Written'
        $values[0].Offset | Should -Be 0x60
    }

    It 'reads a partition that is piped, also where only its key opened the table' {
        $firmware = & (Join-Path $PSScriptRoot '../../examples/firmware/New-SampleFirmware.ps1') -Chip esp32c3 -Destination (Join-Path $TestDrive 'encrypted')
        $flashKey = [byte[]] (101..132)
        $port = New-TestChip esp32c3
        try {
            $null = Enable-Esp32FlashEncryption -Device $port Release -Image $firmware -Key $flashKey -Confirm:$false
            $nvs | Protect-Esp32Nvs -HmacKey $hmac | Import-Esp32Partition nvs -Device $port -Key $flashKey -Confirm:$false | Out-Null
            { Get-Esp32Nvs -Device $port -HmacKey $hmac -ErrorAction Stop } | Should -Throw -ErrorId 'FlashEncrypted,*'
            (Get-Esp32Partition $port -Name nvs -Key $flashKey | Get-Esp32Nvs -Name ssid -HmacKey $hmac).Value | Should -Be 'factory'
        }
        finally {
            Remove-Esp32Simulator $port
        }
    }

    It 'reads the partition of a device' {
        $firmware = & (Join-Path $PSScriptRoot '../../examples/firmware/New-SampleFirmware.ps1') -Chip esp32c3 -Destination (Join-Path $TestDrive 'firmware')
        $port = New-TestChip esp32c3
        try {
            $firmware | Write-Esp32Flash -Device $port | Out-Null
            $partition = Get-Esp32Partition $port -Name nvs
            New-Esp32Nvs -Value @{ wifi = @{ ssid = 'factory'; channel = [byte] 6 } } -Size $partition.Size | Import-Esp32Partition nvs -Device $port | Out-Null
            $entry = Get-Esp32Nvs -Device $port -Name ssid
            $entry.Value | Should -Be 'factory'
            $entry.PortName | Should -Be $port
            (Read-Esp32Flash -Device $port $partition.Offset $partition.Size | Get-Esp32Nvs -Name ssid).Value | Should -Be 'factory'
            ($partition | Get-Esp32Nvs -Name channel).Value | Should -Be 6
            { Get-Esp32Partition $port -SubType ota | Get-Esp32Nvs -ErrorAction Stop -WarningAction Stop } | Should -Not -Throw
            Get-Esp32Partition $port -SubType ota | Get-Esp32Nvs | Should -BeNullOrEmpty
            { Get-Esp32Nvs -Device $port -Partition absent } | Should -Throw -ErrorId 'PartitionNotFound,*'
        }
        finally {
            Remove-Esp32Simulator $port
        }
    }

    It 'filters by namespace and name' {
        ($nvs | Get-Esp32Nvs -Namespace W*).Count | Should -Be 2
        ($nvs | Get-Esp32Nvs -Name cur*).Namespace | Should -Be 'cal'
        $nvs | Get-Esp32Nvs -Namespace cal -Name s* | Should -BeNullOrEmpty
        { $nvs | Get-Esp32Nvs -Name absent -ErrorAction Stop } | Should -Throw -ErrorId 'NvsNotFound,*'
    }

    It 'gives what is erased only with -All' {
        $changed = $nvs.GetBytes() | ForEach-Object -Begin { $list = [System.Collections.Generic.List[byte]]::new() } -Process { $list.Add($_) } -End { , $list.ToArray() }
        $changed = Set-Esp32Nvs -InputObject $changed -Namespace wifi -Name ssid -Value 'field'
        ($changed | Get-Esp32Nvs -Name ssid).Value | Should -Be 'field'
        $all = $changed | Get-Esp32Nvs -Name ssid -All
        $all.State | Should -Be 'Erased', 'Written'
        $all.Value | Should -Be 'factory', 'field'
    }

    It 'gives the pages with -PageInfo' {
        $pages = $nvs | Get-Esp32Nvs -PageInfo
        $pages.Count | Should -Be 6
        $pages[0].State | Should -Be 'Active'
        $pages[0].Written + $pages[0].Empty | Should -Be 126
        $pages[5].IsBlank | Should -BeTrue
    }

    It 'asks for the key of an encrypted image, and says when it is another one' {
        $encrypted = $nvs | Protect-Esp32Nvs -HmacKey $hmac
        foreach ($try in { Get-Esp32Nvs -InputObject $encrypted }, { Get-Esp32Nvs -InputObject $encrypted -HmacKey ([byte[]] (2..33)) }) {
            $try | Should -Throw -ErrorId 'NvsInvalid,*'
        }
    }

    It 'warns when something is damaged, and gives the rest' {
        $bytes = [byte[]] $nvs.GetBytes().Clone()
        $bytes[0x60 + 9] = 0
        $values = Get-Esp32Nvs -InputObject $bytes -WarningVariable warnings -WarningAction SilentlyContinue
        $values.Key | Should -Be 'channel', 'curve'
        $warnings | Should -BeLike '*Test-Esp32Nvs*'
    }

    It 'shows a blob as hexadecimal' {
        $nvs | Get-Esp32Nvs | Format-Table | Out-String -Width 160 | Should -Match '01 02 03 04'
    }

    It 'reports files that are not there, and what is no NVS' {
        { Get-Esp32Nvs (Join-Path $TestDrive 'absent.bin') } | Should -Throw -ErrorId 'FileNotFound,*'
        Get-Esp32Nvs -InputObject ([byte[]]::new(100)) | Should -BeNullOrEmpty
        { Get-Esp32Nvs -InputObject ([byte[]]::new(100)) -HmacKey $hmac } | Should -Throw -ErrorId 'NvsInvalid,*'
    }
}
