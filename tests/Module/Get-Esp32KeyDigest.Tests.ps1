BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Get-Esp32KeyDigest' {
    BeforeAll {
        Push-Location $TestDrive
        $made = New-Esp32SigningKey key.pem EcdsaP256
        $null = Export-Esp32PublicKey key.pem key.pub.pem
    }

    AfterAll {
        Pop-Location
    }

    It 'is the same for both halves of a key' {
        (Get-ChildItem *.pem | Get-Esp32KeyDigest).Digest | Should -Be $made.Digest, $made.Digest
        $made | Out-String -Width 200 | Should -Match "EcdsaP256 $($made.Digest)"
    }

    It 'has 16 bytes for an ESP32-C2' {
        (Get-Esp32KeyDigest key.pem -Length 16).Digest | Should -Be $made.Digest.Substring(0, 32)
        { Get-Esp32KeyDigest key.pem -Length 20 } | Should -Throw
    }

    It 'refuses what is no key' {
        Set-Content text.pem 'no key'
        { Get-Esp32KeyDigest text.pem } | Should -Throw -ErrorId 'KeyFileInvalid,*'
    }
}
