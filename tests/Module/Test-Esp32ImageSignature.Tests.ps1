BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Test-Esp32ImageSignature' {
    BeforeAll {
        Push-Location $TestDrive
        New-TestFirmware -Folder $TestDrive
        $null = 'a.pem', 'b.pem' | New-Esp32SigningKey -KeyType EcdsaP256
        $null = Add-Esp32ImageSignature app.bin signed.bin -Key a.pem
        $null = Add-Esp32ImageSignature app.bin v1.bin -Key a.pem -Version V1
        $bytes = [System.IO.File]::ReadAllBytes((Join-Path $TestDrive 'signed.bin'))
        $bytes[100] = $bytes[100] -bxor 1
        [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'changed.bin'), $bytes)
    }

    AfterAll {
        Pop-Location
    }

    It 'says <Reason> of <Image> with <Key>' -ForEach @(
        @{ Image = 'signed.bin'; Key = 'a.pem'; Version = 'V2'; Reason = '' }
        @{ Image = 'signed.bin'; Key = 'b.pem'; Version = 'V2'; Reason = 'signed with other keys' }
        @{ Image = 'changed.bin'; Key = 'a.pem'; Version = 'V2'; Reason = 'image changed since it was signed' }
        @{ Image = 'app.bin'; Key = 'a.pem'; Version = 'V2'; Reason = 'no signature' }
        @{ Image = 'v1.bin'; Key = 'a.pem'; Version = 'V1'; Reason = '' }
        @{ Image = 'v1.bin'; Key = 'b.pem'; Version = 'V1'; Reason = 'not signed with this key, or changed since' }
    ) {
        $check = Test-Esp32ImageSignature $Image $Key -Version $Version
        $check.IsValid | Should -Be ($Reason -eq '')
        $check.Reason | Should -Be $Reason
        $check | Out-String -Width 200 | Should -Match "$($check.IsValid) +$Version +$Key"
    }
}
