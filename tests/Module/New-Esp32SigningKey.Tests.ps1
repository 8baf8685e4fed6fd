BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'New-Esp32SigningKey' {
    BeforeEach {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        Push-Location $folder
    }

    AfterEach {
        Pop-Location
    }

    It 'makes a key of the kind <_>' -ForEach 'Rsa3072', 'EcdsaP192', 'EcdsaP256', 'EcdsaP384' {
        $made = New-Esp32SigningKey key.pem $_
        $made.KeyType | Should -Be $_
        $made.Path | Should -Be (Join-Path $folder 'key.pem')
        $made.Digest | Should -Match '^[0-9a-f]{64}$'
        (Get-Esp32KeyDigest key.pem).Digest | Should -Be $made.Digest
    }

    It 'gives the file to its owner alone' {
        if ($PSVersionTable.PSVersion.Major -lt 7 -or $IsWindows) {
            Set-ItResult -Skipped -Because 'there are no file modes here to look at'
            return
        }

        $null = New-Esp32SigningKey key.pem EcdsaP256
        (Get-Item key.pem).UnixMode | Should -Be '-rw-------'
    }

    It 'replaces no key unasked' {
        $first = New-Esp32SigningKey key.pem EcdsaP256
        { New-Esp32SigningKey key.pem EcdsaP256 } | Should -Throw -ErrorId 'FileExists,*'
        (Get-Esp32KeyDigest key.pem).Digest | Should -Be $first.Digest
        (New-Esp32SigningKey key.pem EcdsaP256 -Force).Digest | Should -Not -Be $first.Digest
        (Get-ChildItem).Name | Should -Be 'key.pem'
    }

    It 'writes nothing with -WhatIf' {
        New-Esp32SigningKey key.pem EcdsaP256 -WhatIf | Should -BeNullOrEmpty
        'key.pem' | Should -Not -Exist
    }

    It 'encrypts it with a passphrase, which nothing shows' {
        $secret = ConvertTo-SecureString 'correct horse' -AsPlainText -Force
        $made = New-Esp32SigningKey key.pem EcdsaP256 -Passphrase $secret -Verbose -Debug *>&1
        Get-Content key.pem -TotalCount 1 | Should -Be '-----BEGIN ENCRYPTED PRIVATE KEY-----'
        $made | Out-String | Should -Not -MatchExactly 'horse|PRIVATE'
        { Get-Esp32KeyDigest key.pem } | Should -Throw -ErrorId 'KeyPassphrase,*'
        { Get-Esp32KeyDigest key.pem -Passphrase (ConvertTo-SecureString 'wrong' -AsPlainText -Force) } | Should -Throw -ErrorId 'KeyPassphrase,*'
        (Get-Esp32KeyDigest key.pem -Passphrase $secret).KeyType | Should -Be 'EcdsaP256'
    }
}
