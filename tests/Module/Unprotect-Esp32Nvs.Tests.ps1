BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $hmac = [byte[]] (0..31)
    $plain = New-Esp32Nvs -Value @{ storage = @{ n = [byte] 7; s = 'text' } } -Size 0x3000
    $encrypted = $plain | Protect-Esp32Nvs -HmacKey $hmac -Destination (Join-Path $TestDrive 'encrypted.bin')
}

Describe 'Unprotect-Esp32Nvs' {
    It 'gives back what was encrypted' {
        $result = Unprotect-Esp32Nvs $encrypted.Path -HmacKey $hmac -Destination (Join-Path $TestDrive 'plain.bin')
        $result.GetBytes() | Should -Be $plain.GetBytes()
        $result.Encrypted | Should -BeFalse
        [System.IO.File]::ReadAllBytes($result.Path) | Should -Be $plain.GetBytes()
    }

    It 'writes nothing when the key is another one, or the partition plain' {
        $target = Join-Path $TestDrive 'nothing.bin'
        { Unprotect-Esp32Nvs $encrypted.Path -Key ([byte[]] (1..64)) -Destination $target } | Should -Throw -ErrorId 'NvsInvalid,*'
        { Unprotect-Esp32Nvs -InputObject $plain -HmacKey $hmac -Destination $target } | Should -Throw -ErrorId 'NvsInvalid,*'
        Unprotect-Esp32Nvs $encrypted.Path -HmacKey $hmac -Destination $target -WhatIf | Should -BeNullOrEmpty
        Test-Path $target | Should -BeFalse
    }
}
