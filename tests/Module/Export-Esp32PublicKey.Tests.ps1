BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Export-Esp32PublicKey' {
    BeforeEach {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        Push-Location $folder
        $null = New-Esp32SigningKey key.pem EcdsaP256
    }

    AfterEach {
        Pop-Location
    }

    It 'writes the public half and nothing of the private one' {
        $file = Export-Esp32PublicKey key.pem public/
        $file.Name | Should -Be 'key.pub.pem'
        Get-Content $file.FullName -TotalCount 1 | Should -Be '-----BEGIN PUBLIC KEY-----'
        (Get-Esp32KeyDigest $file.FullName).Digest | Should -Be (Get-Esp32KeyDigest key.pem).Digest
    }

    It 'writes x and y of an ECDSA key alone' {
        (Export-Esp32PublicKey key.pem key.bin -Raw).Length | Should -Be 64
        $null = New-Esp32SigningKey rsa.pem
        { Export-Esp32PublicKey rsa.pem rsa.bin -Raw } | Should -Throw -ErrorId 'KeyTypeUnsupported,*'
    }

    It 'replaces nothing unasked, and writes nothing with -WhatIf' {
        Export-Esp32PublicKey key.pem new.pem -WhatIf | Should -BeNullOrEmpty
        'new.pem' | Should -Not -Exist
        { Export-Esp32PublicKey key.pem key.pem } | Should -Throw -ErrorId 'FileExists,*'
    }
}
