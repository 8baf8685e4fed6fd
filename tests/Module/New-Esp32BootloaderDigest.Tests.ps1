BeforeDiscovery {
    . "$PSScriptRoot/Vectors.ps1"
    $folder = Get-VectorPath secure-boot
    $cases = foreach ($case in Get-VectorCase secure-boot/cases.json digest_bootloader) {
        @{ Id = $case.id; Note = $case.note; Case = $case; Folder = $folder }
    }
}

BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'New-Esp32BootloaderDigest' {
    BeforeAll {
        $null = New-TestFirmware -Folder $TestDrive
        $bootloader = Join-Path $TestDrive 'bootloader.bin'
        $key = [byte[]] (1..32)
    }

    It 'makes what the reference makes: <Id>, <Note>' -ForEach @($cases) {
        $target = Join-Path $TestDrive "$Id.out"
        $vector = [System.IO.File]::ReadAllBytes((Join-Path $Folder $Case.iv))
        $make = { New-Esp32BootloaderDigest (Join-Path $Folder $Case.image) $target -Key (Join-Path $Folder $Case.key) -InitializationVector $vector -ErrorAction Stop }
        if ($Case.exit_code -eq 0) {
            $null = & $make
            (Get-FileHash $target).Hash | Should -Be (Get-FileHash (Join-Path $Folder $Case.output)).Hash
        }
        else {
            $make | Should -Throw
            Test-Path $target | Should -BeFalse
        }
    }

    It 'makes another file each time, with the same bootloader in it' {
        $first = New-Esp32BootloaderDigest $bootloader "$TestDrive/first.bin" -Key $key
        $second = New-Esp32BootloaderDigest $bootloader "$TestDrive/second.bin" -Key $key
        $first.Address | Should -Be 0
        $one = [System.IO.File]::ReadAllBytes($first.FullName)
        $two = [System.IO.File]::ReadAllBytes($second.FullName)
        [System.Convert]::ToHexString($one, 0, 192) | Should -Not -Be ([System.Convert]::ToHexString($two, 0, 192))
        [System.Convert]::ToHexString($one, 4096, 1024) | Should -Be ([System.Convert]::ToHexString([System.IO.File]::ReadAllBytes($bootloader), 0, 1024))
        [System.Convert]::ToHexString($one, 4096, 1024) | Should -Be ([System.Convert]::ToHexString($two, 4096, 1024))
    }

    It 'takes a private key in PEM, in both lengths' {
        $null = New-Esp32SigningKey "$TestDrive/v1.pem" EcdsaP256
        $vector = [byte[]]::new(128)
        $whole = New-Esp32BootloaderDigest $bootloader "$TestDrive/whole.bin" -Key "$TestDrive/v1.pem" -InitializationVector $vector
        $short = New-Esp32BootloaderDigest $bootloader "$TestDrive/short.bin" -Key "$TestDrive/v1.pem" -KeyLength 24 -InitializationVector $vector
        (Get-FileHash $whole).Hash | Should -Not -Be (Get-FileHash $short).Hash
    }

    It 'writes nothing with -WhatIf, over a file, or with a key that is none' {
        New-Esp32BootloaderDigest $bootloader "$TestDrive/none.bin" -Key $key -WhatIf
        { New-Esp32BootloaderDigest $bootloader "$TestDrive/none.bin" -Key ([byte[]] $key[0..20]) -ErrorAction Stop } | Should -Throw -ErrorId 'KeyLength,*'
        $null = New-Esp32SigningKey "$TestDrive/rsa.pem" Rsa3072
        { New-Esp32BootloaderDigest $bootloader "$TestDrive/none.bin" -Key "$TestDrive/rsa.pem" -ErrorAction Stop } | Should -Throw -ErrorId 'KeyTypeUnsupported,*'
        Test-Path "$TestDrive/none.bin" | Should -BeFalse
        { New-Esp32BootloaderDigest $bootloader $bootloader -Key $key -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists,*'
    }
}
