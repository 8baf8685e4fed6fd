BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Get-Esp32ImageSignature' {
    BeforeAll {
        Push-Location $TestDrive
        New-TestFirmware -Folder $TestDrive
        $null = New-Esp32SigningKey key.pem EcdsaP384
        $null = Add-Esp32ImageSignature app.bin signed.bin -Key key.pem
    }

    AfterAll {
        Pop-Location
    }

    It 'gives the signature with its key' {
        $found = Get-Esp32ImageSignature signed.bin
        $found.Index, $found.KeyType, $found.IsIntact, $found.MatchesImage, $found.IsValid | Should -Be 0, 'EcdsaP384', $true, $true, $true
        $found.KeyDigest | Should -Be (Get-Esp32KeyDigest key.pem).Digest
        $found | Out-String -Width 200 | Should -Match '0 +V2 +EcdsaP384 True +True +True +[0-9a-f]{64}'
    }

    It 'agrees with the test about an image that is not padded' {
        $null = Add-Esp32ImageSignature app.bin odd.bin -Key key.pem -NoPadding
        $found = Get-Esp32ImageSignature odd.bin
        $found.IsIntact, $found.MatchesImage, $found.IsPadded, $found.IsValid | Should -Be $true, $true, $false, $false
        (Test-Esp32ImageSignature odd.bin key.pem).IsValid | Should -BeFalse
        (Test-Esp32ImageSignature odd.bin key.pem -NoPadding).IsValid | Should -BeTrue
        (Get-Esp32ImageSignature signed.bin).IsPadded | Should -BeTrue
    }

    It 'says that an image has none, and goes on' {
        $found = @('app.bin', 'signed.bin' | Get-Esp32ImageSignature -ErrorAction SilentlyContinue -ErrorVariable failures)
        $found.Count | Should -Be 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'SignatureNotFound,*'
    }
}
