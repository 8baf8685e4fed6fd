BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $key = [byte[]] (0..63)
    $plain = New-Esp32Nvs -Value ([ordered] @{ storage = [ordered] @{ n = [byte] 7 } }) -Size 0x3000 -Destination (Join-Path $TestDrive 'plain.bin')
}

Describe 'Protect-Esp32Nvs' {
    It 'encrypts each entry for its address' {
        $encrypted = $plain | Protect-Esp32Nvs -Key $key
        [System.Convert]::ToHexString([byte[]] $encrypted.GetBytes()[64..95]) | Should -Be '16F4A33E96C7B9E432AD9D478A048B1352F886EABD5D12A2F4F453AA926C86E4'
        $encrypted.GetBytes()[0..63] | Should -Be $plain.GetBytes()[0..63]
        $encrypted.GetBytes()[128..12287] | Sort-Object -Unique | Should -Be 255
        $encrypted.Path | Should -BeNullOrEmpty
        $encrypted.Encrypted | Should -BeTrue
    }

    It 'writes files, into a folder under their names' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'out')
        $result = Get-Item $plain.Path | Protect-Esp32Nvs -Key $key -Destination $folder
        $result.Path | Should -Be (Join-Path $folder 'plain.bin')
        { Protect-Esp32Nvs $plain.Path -Key $key -Destination $folder } | Should -Throw -ErrorId 'FileExists,*'
        Protect-Esp32Nvs $plain.Path -Key $key -Destination $folder -Force -WhatIf | Should -BeNullOrEmpty
    }

    It 'refuses what is encrypted already, a key that is none, and no key' {
        $encrypted = $plain | Protect-Esp32Nvs -Key $key
        { Protect-Esp32Nvs -InputObject $encrypted -Key $key } | Should -Throw -ErrorId 'NvsInvalid,*'
        { Protect-Esp32Nvs $plain.Path -Key ([byte[]] (1..32)) } | Should -Throw -ErrorId 'KeyLength,*'
        { Protect-Esp32Nvs $plain.Path -Key ([byte[]]::new(4096)) } | Should -Throw -ErrorId 'KeyFileInvalid,*'
        { Protect-Esp32Nvs $plain.Path } | Should -Throw -ErrorId 'SettingsConflict,*'
        { Protect-Esp32Nvs -InputObject ([byte[]]::new(100)) -Key $key } | Should -Throw -ErrorId 'NvsInvalid,*'
    }
}
