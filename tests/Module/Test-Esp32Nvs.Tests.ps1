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
        $bytes = [byte[]] $nvs.GetBytes().Clone()
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

    It 'has one finding for what is no NVS at all: <Name>' -ForEach @(
        @{ Name = 'zeros'; Length = 0x3000; Fill = { 0 } }
        @{ Name = 'an image of firmware'; Length = 0x30000; Fill = { $_ * 7 -band 0xFF } }
        @{ Name = 'a few bytes'; Length = 100; Fill = { 65 } }
    ) {
        $bytes = [byte[]]::new($Length)
        for ($i = 0; $i -lt $Length; $i += 64) { $_ = $i; $bytes[$i] = & $Fill }
        $result = Test-Esp32Nvs -InputObject $bytes
        $result.IsSound | Should -BeFalse
        @($result.Findings).Id | Should -Be 'NotNvs'
        $told = $null
        Get-Esp32Nvs -InputObject $bytes -WarningVariable told -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        @($told).Count | Should -Be 1
        "$told" | Should -Match 'is not an NVS partition'
    }

    It 'takes pages that are full and still active for sound, as images of older generators are' {
        # Page 0 is full; a generator of today says so, an older one leaves it active.
        $values = [ordered]@{}
        1..130 | ForEach-Object { $values["k$_"] = $_ }
        $bytes = [byte[]] (New-Esp32Nvs -Value @{ n = $values } -Size 0x4000).GetBytes().Clone()
        $bytes[0] | Should -Be 0xFC
        $bytes[0] = 0xFE
        $result = Test-Esp32Nvs -InputObject $bytes
        $result.Findings.Id, $result.Findings.Severity | Should -Be 'Active', 'Information'
        $result.IsSound, $result.Values | Should -Be $true, 130
        $told = $null
        @(Get-Esp32Nvs -InputObject $bytes -WarningVariable told).Count | Should -Be 130
        $told | Should -BeNullOrEmpty
    }

    It 'goes on with the next file of many' {
        $results = @($nvs.Path, (Join-Path $TestDrive 'absent.bin'), $nvs.Path | Test-Esp32Nvs -ErrorAction SilentlyContinue -ErrorVariable failures)
        $results.Count | Should -Be 2
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
    }
}
