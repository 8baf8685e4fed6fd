BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $nvs = New-Esp32Nvs -Value @{ wifi = @{ ssid = 'factory'; channel = [byte] 6 } } -Size 0x6000 -Destination (Join-Path $TestDrive 'nvs.bin')
}

Describe 'Test-Esp32Nvs' {
    It 'finds nothing in what is in order' {
        $result = Test-Esp32Nvs $nvs.Path
        $result.IsSound | Should -BeTrue
        $result.Values | Should -Be 2
        @($result.Findings).Count | Should -Be 0
        $result.Path | Should -Be $nvs.Path
    }

    It 'says what is wrong, and where' {
        $bytes = [byte[]] $nvs.Bytes.Clone()
        $bytes[0xA0] = [byte] [char] 'F'
        $result = Test-Esp32Nvs -InputObject $bytes
        $result.IsSound | Should -BeFalse
        $result.Findings[0].Id | Should -Be 'DataCrc'
        $result.Findings[0].Severity | Should -Be 'Error'
        $result.Findings[0].Namespace | Should -Be 'wifi'
        $result.Findings[0].Key | Should -Be 'ssid'
        $result.Findings[0].Offset | Should -Be 0x80
        $result.Findings[0].Advice | Should -Not -BeNullOrEmpty
        $result.Findings | Format-Table | Out-String -Width 200 | Should -Match 'wifi/ssid'
    }

    It 'takes a deleted value for no damage' {
        $result = $nvs | Set-Esp32Nvs -Namespace wifi -Name channel -Value 7 | Test-Esp32Nvs
        $result.IsSound | Should -BeTrue
    }

    It 'finds that something is encrypted, or no NVS at all' {
        $key = [byte[]] (1..64)
        $encrypted = $nvs | Protect-Esp32Nvs -Key $key
        ($encrypted | Test-Esp32Nvs).Findings[0].Id | Should -Be 'Encrypted'
        ($encrypted | Test-Esp32Nvs -Key $key).IsSound | Should -BeTrue
        (Test-Esp32Nvs -InputObject ([byte[]]::new(0x3000))).IsSound | Should -BeFalse
    }

    It 'goes on with the next file of many' {
        $results = @($nvs.Path, (Join-Path $TestDrive 'absent.bin'), $nvs.Path | Test-Esp32Nvs -ErrorAction SilentlyContinue -ErrorVariable failures)
        $results.Count | Should -Be 2
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
    }
}
