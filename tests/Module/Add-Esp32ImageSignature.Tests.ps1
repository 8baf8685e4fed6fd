BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Add-Esp32ImageSignature' {
    BeforeEach {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        Push-Location $folder
        New-TestFirmware -Folder $folder
        $null = 'a.pem', 'b.pem' | New-Esp32SigningKey -KeyType EcdsaP256
    }

    AfterEach {
        Pop-Location
    }

    It 'signs an image, which then verifies with its key alone' {
        $file = Add-Esp32ImageSignature app.bin signed.bin -Key a.pem
        $file | Should -BeOfType [System.IO.FileInfo]
        $file.Length % 4096 | Should -Be 0
        ($file | Test-Esp32ImageSignature -Key a.pem, b.pem).IsValid | Should -Be $true, $false
        (Get-Esp32Image -Path signed.bin).IsIntact | Should -BeTrue
    }

    It 'takes many from the pipeline, into a folder that it makes' {
        $files = Get-ChildItem app.bin, bootloader.bin | Add-Esp32ImageSignature -Key a.pem -Destination signed/
        $files.Name | Should -Be 'app.bin', 'bootloader.bin'
        $files.Directory.Name | Should -Be 'signed', 'signed'
        (Get-ChildItem signed/*.bin | Test-Esp32ImageSignature -Key a.pem).IsValid | Should -Be $true, $true
    }

    It 'adds to signatures that are good, and to no others' {
        $null = Add-Esp32ImageSignature app.bin one.bin -Key a.pem
        $null = Add-Esp32ImageSignature one.bin two.bin -Key b.pem
        (Get-Esp32ImageSignature two.bin).Index | Should -Be 0, 1
        (Get-Esp32ImageSignature two.bin).IsValid | Should -Be $true, $true
        { Add-Esp32ImageSignature two.bin four.bin -Key a.pem, b.pem } | Should -Throw -ErrorId 'SignatureLimit,*'
        $bytes = [System.IO.File]::ReadAllBytes((Join-Path $folder 'one.bin'))
        $bytes[100] = $bytes[100] -bxor 1
        [System.IO.File]::WriteAllBytes((Join-Path $folder 'bad.bin'), $bytes)
        { Add-Esp32ImageSignature bad.bin other.bin -Key b.pem } | Should -Throw -ErrorId 'SignatureInvalid,*'
        'other.bin' | Should -Not -Exist
        $null = Add-Esp32ImageSignature bad.bin other.bin -Key b.pem -Existing Replace
        @(Get-Esp32ImageSignature other.bin).KeyDigest | Should -Be (Get-Esp32KeyDigest b.pem).Digest
    }

    It 'puts a signature in that was made elsewhere' {
        $null = Export-Esp32PublicKey a.pem a.pub.pem
        $v1 = Add-Esp32ImageSignature app.bin v1.bin -Key a.pem -Version V1
        $bytes = [System.IO.File]::ReadAllBytes($v1.FullName)
        [System.IO.File]::WriteAllBytes((Join-Path $folder 'app.sig'), [byte[]] $bytes[-64..-1])
        $again = Add-Esp32ImageSignature app.bin again.bin -PublicKey a.pub.pem -Signature app.sig -Version V1
        (Get-FileHash $again.FullName).Hash | Should -Be (Get-FileHash $v1.FullName).Hash
        { Add-Esp32ImageSignature bootloader.bin other.bin -PublicKey a.pub.pem -Signature app.sig -Version V1 } | Should -Throw -ErrorId 'SignatureInvalid,*'
        { Add-Esp32ImageSignature app.bin other.bin -PublicKey a.pub.pem } | Should -Throw -ErrorId 'SettingsConflict,*'
        { Add-Esp32ImageSignature app.bin other.bin -Key a.pub.pem } | Should -Throw -ErrorId 'KeyNotPrivate,*'
    }

    It 'replaces nothing unasked, and writes nothing with -WhatIf' {
        { Add-Esp32ImageSignature app.bin app.bin -Key a.pem } | Should -Throw -ErrorId 'FileExists,*'
        Add-Esp32ImageSignature app.bin new.bin -Key a.pem -WhatIf | Should -BeNullOrEmpty
        'new.bin' | Should -Not -Exist
    }

    It 'makes what the vendor''s tool takes' {
        if (-not (Get-Command espsecure -ErrorAction SilentlyContinue)) {
            Set-ItResult -Skipped -Because 'espsecure, which would verify the signatures, is not on the PATH'
            return
        }

        foreach ($type in [enum]::GetNames([Esp32Tools.Crypto.Keys.SigningKeyType])) {
            $null = New-Esp32SigningKey "$type.pem" $type
            $null = Add-Esp32ImageSignature app.bin "$type.bin" -Key "$type.pem"
            $null = espsecure verify-signature --version 2 --keyfile "$type.pem" "$type.bin" 2>&1
            $LASTEXITCODE | Should -Be 0 -Because $type
        }

        $null = Add-Esp32ImageSignature app.bin v1.bin -Key a.pem -Version V1
        $null = espsecure verify-signature --version 1 --keyfile a.pem v1.bin 2>&1
        $LASTEXITCODE | Should -Be 0
    }

    It 'shows no private key in any stream' {
        $all = Add-Esp32ImageSignature app.bin signed.bin -Key a.pem -Verbose -Debug *>&1 | Out-String
        $body = Get-Content a.pem | Where-Object { $_ -notmatch '-----' }
        foreach ($line in $body) { $all.Contains($line) | Should -BeFalse }
    }
}
