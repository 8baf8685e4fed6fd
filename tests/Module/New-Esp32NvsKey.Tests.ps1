BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'New-Esp32NvsKey' {
    BeforeEach {
        $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).key"
    }

    It 'makes a key file, never the same' {
        $keys = New-Esp32NvsKey $file, "$file.2"
        (Get-Item $file).Length | Should -Be 4096
        $keys[0].Fingerprint | Should -Match '^[0-9a-f]{8}$'
        $keys[0].Fingerprint | Should -Not -Be $keys[1].Fingerprint
        $bytes = [System.IO.File]::ReadAllBytes($file)
        $sha = [System.Security.Cryptography.SHA256]::HashData([byte[]] $bytes[0..63])
        $keys[0].Fingerprint | Should -Be ([System.Convert]::ToHexString($sha).Substring(0, 8).ToLowerInvariant())
        $bytes[68..4095] | Sort-Object -Unique | Should -Be 255
    }

    It 'makes the key that a chip derives from an HMAC key' {
        $null = New-Esp32NvsKey $file -HmacKey ([byte[]] (0..31))
        $hex = [System.Convert]::ToHexString([byte[]] [System.IO.File]::ReadAllBytes($file)[0..63])
        $hex | Should -Be '813A141220DDB819F4D73D59FA3032AB9F592CC26A18CF1FDE692F712B6A025CB20AD6B6DDD1658A6E14D1B5B726E42356ADF4FF2F68FCD8826AC2908408ADDF'
        { New-Esp32NvsKey "$file.2" -HmacKey ([byte[]] (0..30)) } | Should -Throw -ErrorId 'KeyLength,*'
        Test-Path "$file.2" | Should -BeFalse
    }

    It 'makes a file for its owner alone' {
        if ($PSVersionTable.PSVersion.Major -lt 7 -or $IsWindows) {
            Set-ItResult -Skipped -Because 'there are no file modes here to look at'
            return
        }

        $null = New-Esp32NvsKey $file
        [int] [System.IO.File]::GetUnixFileMode($file) | Should -Be 0x180
    }

    It 'never replaces a key without -Force, and writes nothing with -WhatIf' {
        New-Esp32NvsKey $file -WhatIf | Should -BeNullOrEmpty
        Test-Path $file | Should -BeFalse
        $first = New-Esp32NvsKey $file
        { New-Esp32NvsKey $file } | Should -Throw -ErrorId 'FileExists,*'
        (New-Esp32NvsKey $file -Force).Fingerprint | Should -Not -Be $first.Fingerprint
        @(Get-ChildItem "$file*").Count | Should -Be 1
    }

    It 'shows no byte of the key in any stream' {
        $shown = Get-Shown "New-Esp32NvsKey '$file' -Verbose -Debug; New-Esp32Nvs -Value @{ n = @{ v = 1 } } -Size 0x3000 -Key '$file' -Verbose -Debug | Select-Object * -ExcludeProperty Bytes"
        $key = [byte[]] [System.IO.File]::ReadAllBytes($file)[0..63]

        # The fingerprint is of the key, and not the key.
        Assert-NoKeyIn ($shown -replace '[0-9a-f]{8}') $key
    }
}
